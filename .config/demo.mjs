// `npm run demo`: sets everything up, crawls the bundled sample platforms through the whole line and shows what was
// found. Walks through public doors only: the command line and its JSON report.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { findBrowser, root } from './machine.mjs';

const AS_OF = '2018-03-15';
const CLI = 'dist/apps/cli/main.js';
const WORLD = 'dist/test/support/sample-world.main.js';
const VERDICTS = { flag: '疑似', review: '待核' };
const FAMILIES = {
  'risk-reserve': '风险备付金宣传',
  'missing-disclosure': '信息披露缺失',
  'campus-loan': '校园贷',
  'cash-loan': '现金贷',
  'down-payment-loan': '首付贷',
  'offline-promotion': '线下宣传',
};

const { values: options } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    data: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(
    '用法：npm run demo -- [--once] [--data 目录]\n  --once  巡查并核对结果后即退出，不启动控制台\n  --data  数据目录；不给则新建一个临时目录',
  );
  process.exit(0);
}

const children = new Set();
let isServing = false;

/** Ends every program that was started and waits until it is gone; the embedded database closes in order. */
async function stopChildren() {
  const all = [...children];
  for (const child of all) child.kill('SIGTERM');
  const late = setTimeout(() => all.forEach((child) => child.kill('SIGKILL')), 15_000);
  await Promise.all(all.map((child) => child.exitCode ?? child.signalCode ?? ended(child)));
  clearTimeout(late);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await stopChildren();
    process.exit(isServing ? 0 : 130);
  });
}

/** What the programs are told: embedded database, whatever this terminal is set up for. */
function environment() {
  const browser = findBrowser();
  const own = { ...process.env, ...(browser ? { CHROMIUM_PATH: browser } : {}) };
  return { LOG_LEVEL: 'warn', ...own, DATABASE_URL: '', REDIS_URL: '' };
}

function start(args, stdio) {
  const child = spawn(process.execPath, args, { cwd: root, env: environment(), stdio });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

const ended = (child) => new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 70)));

/** Starts the sample platforms; gives them as soon as they listen. */
async function startWorld() {
  const child = start([WORLD], ['ignore', 'pipe', 'inherit']);
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line).platforms;
  throw new Error('样例平台没有启动');
}

/** Runs one command of the command line; gives its JSON answer. */
async function ask(...args) {
  const child = start([CLI, ...args, '--json'], ['ignore', 'pipe', 'inherit']);
  const code = ended(child);
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) text += chunk;
  if ((await code) !== 0) throw new Error(`mingcha ${args.join(' ')} 以退出码 ${await code} 结束`);
  return JSON.parse(text);
}

function targetTable(platforms) {
  const rows = platforms.flatMap(({ name, uscc, region, targets }) =>
    targets.map(({ channel, url }) => [name, uscc, region, channel, url].join(',')),
  );
  return ['机构名称,统一社会信用代码,所在地区,渠道,网址', ...rows, ''].join('\n');
}

async function importTargets(platforms, data) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mingcha-list-'));
  try {
    const table = path.join(folder, 'targets.csv');
    writeFileSync(table, targetTable(platforms));
    await ask('targets', 'import', table, '--data', data);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Columns a text takes on a terminal: Chinese characters and their punctuation take two. */
const widthOf = (text) =>
  [...text].reduce(
    (width, c) =>
      width +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(c) ? 2 : 1),
    0,
  );

function fitted(text, width) {
  const line = text.replace(/\s+/g, ' ');
  if (widthOf(line) <= width) return line + ' '.repeat(width - widthOf(line));
  let shown = '';
  for (const character of line) {
    if (widthOf(`${shown}${character}…`) > width) break;
    shown += character;
  }
  return `${shown}…${' '.repeat(width - widthOf(shown) - 1)}`;
}

const COLUMNS = [
  ['机构', 12],
  ['规则', 26],
  ['级别', 4],
  ['判断', 4],
  ['处数', 5],
  ['引文或缺项', 56],
];

function row(cells) {
  return cells.map((cell, i) => (i < COLUMNS.length ? fitted(String(cell), COLUMNS[i][1]) : cell)).join('  ');
}

function printFindings(targets) {
  console.log(`\n${row([...COLUMNS.map(([title]) => title), '网址'])}`);
  for (const { platform, findings } of targets) {
    const order = [...findings].sort(
      (a, b) =>
        a.severity.localeCompare(b.severity) || a.verdict.localeCompare(b.verdict) || a.ruleId.localeCompare(b.ruleId),
    );
    for (const { ruleId, severity, verdict, quote, absence, url, occurrences } of order) {
      const about = quote ?? (absence ? `未见：${absence.items.join('、')}` : '');
      console.log(row([platform, ruleId, severity, VERDICTS[verdict] ?? verdict, occurrences, about, url ?? '']));
    }
    if (findings.length === 0) console.log(row([platform, '（没有线索）', '', '', '', '']));
  }
}

function printCoverage(targets) {
  console.log('\n巡查范围（没有看到的也是结果的一部分）');
  for (const { platform, url, channel, coverage } of targets) {
    const { pagesSeen, pagesKnown, score, gaps } = coverage;
    console.log(
      `  ${platform}（${channel}）${url}：已看 ${pagesSeen}/${pagesKnown} 页，覆盖 ${(score * 100).toFixed(0)}%，未覆盖 ${gaps.length} 处`,
    );
    for (const { url: place, code, detail } of gaps.slice(0, 5)) console.log(`    未覆盖 ${code}：${place} ${detail}`);
    if (gaps.length > 5) console.log(`    …… 另有 ${gaps.length - 5} 处，见 JSON 报告`);
  }
}

/** What the sample world must show: every family flagged somewhere on the bad platforms, nothing on the clean one. */
function shortfalls(platforms, targets) {
  const truth = JSON.parse(readFileSync(path.join(root, 'test/fixtures/sites/expected.json'), 'utf8'));
  const nameOf = (slug) => platforms.find((platform) => platform.slug === slug)?.name;
  const clean = Object.keys(truth.platforms)
    .filter((slug) => truth.platforms[slug].clean)
    .map(nameOf);
  const onClean = targets.filter(({ platform }) => clean.includes(platform)).flatMap(({ findings }) => findings);
  const flags = targets
    .filter(({ platform }) => !clean.includes(platform))
    .flatMap(({ findings }) => findings.filter(({ verdict }) => verdict === 'flag'));
  const missing = Object.keys(FAMILIES).filter(
    (family) => !flags.some(({ ruleId }) => truth.families[family].includes(ruleId)),
  );
  return [
    ...missing.map((family) => `违规样例平台上没有“${FAMILIES[family]}”类疑似线索`),
    ...onClean.map(({ ruleId, url, quote }) => `合规样例平台上不应有线索：${ruleId} ${url ?? ''} ${quote ?? ''}`),
    ...targets
      .filter(({ coverage }) => coverage.pagesSeen === 0)
      .map(({ platform, url }) => `${platform} ${url} 一页也没有看到`),
  ];
}

/** The port asked for, or any free one when the usual one is taken. */
function consolePort(wanted) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => (wanted === 0 ? reject(new Error('没有空闲端口')) : resolve(consolePort(0))));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function serve(data) {
  const port = await consolePort(Number(process.env.PORT ?? 8720));
  console.log(`\n控制台：http://127.0.0.1:${port}/`);
  console.log('登录：首位管理员的用户名与一次性口令由服务首次启动时打印在下面；按 Ctrl-C 结束。\n');
  isServing = true;
  return ended(start([CLI, 'serve', '--data', data, '--port', String(port)], ['ignore', 'inherit', 'inherit']));
}

async function main() {
  const prepared = spawnSync(process.execPath, ['.config/prepare.mjs', 'demo'], { cwd: root, stdio: 'inherit' });
  if (prepared.status !== 0) return prepared.status ?? 1;
  const data = options.data ? path.resolve(options.data) : mkdtempSync(path.join(tmpdir(), 'mingcha-demo-'));
  const platforms = await startWorld();
  console.log(`\n样例平台（均为虚构）已在本机回环地址启动；数据目录 ${data}`);
  await importTargets(platforms, data);
  console.log(
    `开始巡查，按 ${AS_OF} 的规则判断。样例都在本机，故不限速（--pace none，仅对 --allow-address 之内的地址允许）；巡查真实网站时默认每主机每秒一次。`,
  );
  const startedAt = Date.now();
  const report = await ask(
    'run',
    '--all',
    '--data',
    data,
    '--allow-address',
    '127.0.0.0/8',
    '--as-of',
    AS_OF,
    '--pace',
    'none',
  );
  const { targets, evidence } = report;
  printFindings(targets);
  printCoverage(targets);
  console.log(
    `\n证据：WARC 文件 ${evidence.warcFiles} 个，共 ${evidence.bytes} 字节；日志 ${evidence.treeSize} 条，根 ${evidence.root}`,
  );
  console.log(`巡查用时 ${((Date.now() - startedAt) / 1000).toFixed(1)} 秒；线索一律为“疑似”，须经人工核查。`);
  const problems = shortfalls(platforms, targets);
  for (const problem of problems) console.log(`与样例应有结果不符：${problem}`);
  if (problems.length === 0) console.log('与样例应有结果相符：各类线索齐全，合规样例平台上没有线索。');
  if (options.once) return problems.length === 0 ? 0 : 1;
  return serve(data);
}

let code = 1;
try {
  code = await main();
} catch (error) {
  console.error(`演示失败：${error.message}`);
}
await stopChildren();
process.exit(code);
