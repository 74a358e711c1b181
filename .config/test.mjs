// `npm test`: prepares the machine, runs `npm run check`, then every layer of tests, and ends with one line of counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findBrowser, root } from './machine.mjs';

/** Folders of each layer; the heavy ones run one file at a time. */
const LAYERS = [
  {
    name: '单元与规则样例',
    folders: ['apps', 'crawlers', 'classifiers', 'libs', 'test/support', 'test/bench'],
    isHeavy: false,
  },
  { name: '契约', folders: ['test/contract'], isHeavy: true },
  { name: '集成', folders: ['test/integration'], isHeavy: true },
  { name: '故障', folders: ['test/faults'], isHeavy: true },
  { name: '端到端', folders: ['test/e2e'], isHeavy: true },
];
const LAYER_TIMEOUT_MS = 20 * 60 * 1000;
const outputFolder = path.join(root, 'test-output');

const say = (line) => console.error(`[测试] ${line}`);
const seconds = (startedAt) => `${((Date.now() - startedAt) / 1000).toFixed(1)} 秒`;

/** Runs a program in sight of the person, with no standard input; gives whether it ended well. */
function runs(command, args, options = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  return status === 0;
}

/** The counts in jest's own report; a file that could not be run at all counts as one failure. */
function countsIn(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const skipped = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'pending' || status === 'todo').map(({ fullName }) => fullName),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped,
  };
}

function runLayer({ name, folders, isHeavy }, index, env) {
  const report = path.join(outputFolder, `layer-${index}.json`);
  rmSync(report, { force: true });
  const patterns = folders.map((folder) => `^${path.join(root, folder).replace(/[.+*?^$()[\]{}|\\]/g, '\\$&')}/`);
  const workers = isHeavy ? ['--runInBand'] : ['--maxWorkers=2'];
  const jest = ['node_modules/jest/bin/jest.js', '-c', '.config/jest.cjs', '--ci', '--passWithNoTests', ...workers];
  const startedAt = Date.now();
  const isGood = runs(process.execPath, [...jest, '--json', `--outputFile=${report}`, ...patterns], {
    env,
    timeout: LAYER_TIMEOUT_MS,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'ignore', 'inherit'], // with --json the report goes to standard output as well
  });
  let counts = { passed: 0, failed: 1, skipped: [] };
  try {
    counts = countsIn(report);
  } catch (error) {
    say(`${name}：jest 没有留下报告（${error.message}），可能超过了 ${LAYER_TIMEOUT_MS / 60_000} 分钟`);
  }
  say(`${name}：${counts.passed} 通过，${counts.failed} 失败，${counts.skipped.length} 跳过（${seconds(startedAt)}）`);
  for (const title of counts.skipped) say(`  跳过：${title}`);
  // A run that ended badly although no test failed (a handle left open, a crash) is still a failure.
  return { ...counts, failed: Math.max(counts.failed, isGood ? 0 : 1) };
}

if (!runs(process.execPath, ['.config/prepare.mjs', 'test'])) {
  console.log('0 passed, 0 failed, 0 skipped');
  process.exit(1);
}
mkdirSync(outputFolder, { recursive: true });

const startedAt = Date.now();
const isChecked = runs('npm', ['run', '--silent', 'check']);
say(`检查（npm run check）：${isChecked ? '通过' : '未通过'}（${seconds(startedAt)}）`);

const browser = findBrowser();
const env = { ...process.env, NODE_ENV: 'test', ...(browser ? { CHROMIUM_PATH: browser } : {}) };
const layers = LAYERS.map((layer, index) => runLayer(layer, index, env));
const sum = (pick) => layers.reduce((all, layer) => all + pick(layer), 0);
const [passed, failed] = [sum((layer) => layer.passed), sum((layer) => layer.failed)];
if (!isChecked) say('检查未通过，见上文');
console.log(`${passed} passed, ${failed} failed, ${sum((layer) => layer.skipped.length)} skipped`);
const code = isChecked && failed === 0 && passed > 0 ? 0 : 1;
// For `.ci/run`: npm has been seen to end with 1 although everything, this program included, had ended well.
writeFileSync(path.join(outputFolder, 'verdict'), `${code}\n`);
process.exit(code);
