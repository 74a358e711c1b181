// Brings a machine that has Node and nothing else to the point where `npm run demo` and `npm test` work.
// Runs before node_modules exist: imports nothing but node: modules.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  findBrowser,
  findPostgres,
  hasFont,
  installPackages,
  isRoot,
  logFile,
  onPath,
  root,
  run,
  say,
  StepFailed,
} from './machine.mjs';

const at = (...parts) => path.join(root, ...parts);

/** Runs one step: skipped when done, timed when not, and its failure names the remedy. */
function step(title, isDone, work) {
  const startedAt = Date.now();
  const done = isDone();
  if (done) return say(`${title}：${done === true ? '已就绪' : done}`);
  say(`${title}……`);
  const note = work();
  return say(`${title}：${note ?? '完成'}（${((Date.now() - startedAt) / 1000).toFixed(1)} 秒）`);
}

/** Says what is missing and what to do, and goes on: what needs it is skipped by name later, never silently. */
const missing = (what, remedy) => `【缺少】${what}。处理办法：${remedy}`;

function checkNode() {
  step(
    'Node 版本',
    () => {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      return ((major === 20 && minor >= 19) || major === 21 || major === 22) && process.versions.node;
    },
    () => {
      throw new StepFailed(
        `当前为 ${process.versions.node}，需要 20.19 以上、23 以下`,
        '安装 Node 20（20.19 以上）或 22 后重试',
      );
    },
  );
}

/** Whether every package of the lock file stands in node_modules in its version. Compares contents, not times. */
function hasModules() {
  const installed = at('node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const there = packagesIn(installed);
  return Object.entries(packagesIn(at('package-lock.json'))).every(([place, wanted]) => {
    if (place === '') return true;
    const found = there[place];
    return found ? found.version === wanted.version : Boolean(wanted.optional || wanted.devOptional);
  });
}

function installModules() {
  step('npm 依赖', hasModules, () => {
    const { isOk, tail } = run('npm', ['ci', '--no-progress', '--no-audit', '--no-fund']);
    if (!isOk)
      throw new StepFailed(
        `npm ci 失败，最后的输出：\n${tail}`,
        '检查网络与 npm 源（npm config get registry），然后重试',
      );
    return undefined;
  });
}

function installBrowser() {
  step('浏览器', findBrowser, () => {
    if (installPackages('chromium-headless-shell') && findBrowser()) return `已用 apt 安装：${findBrowser()}`;
    const withSystem = isRoot ? ['--with-deps'] : [];
    const { isOk } = run('npx', ['playwright', 'install', ...withSystem, 'chromium-headless-shell']);
    if (isOk && findBrowser()) return `已由 Playwright 安装：${findBrowser()}`;
    return missing(
      '浏览器（本机巡查将不渲染页面，脚本生成的内容看不到，报告会逐页注明 not-rendered）',
      '以 root 运行 apt-get install chromium-headless-shell，或设 CHROMIUM_PATH 指向已有的 Chromium',
    );
  });
}

function installFonts() {
  const fonts = [
    ['屏幕用中文字体', 'fonts-noto-cjk', /noto[^/]*cjk|source-?han|msyh|simsun|pingfang|wqy/i],
    ['PDF 用中文字体', 'fonts-wqy-zenhei', /wqy-zenhei/i],
  ];
  for (const [title, name, pattern] of fonts) {
    step(
      title,
      () => hasFont(pattern),
      () => {
        if (installPackages(name) && hasFont(pattern)) return `已用 apt 安装 ${name}`;
        return missing(`${title}（截图或文书中的汉字会显示为方框）`, `以 root 运行 apt-get install ${name}`);
      },
    );
  }
}

function installServers() {
  const servers = [
    ['PostgreSQL（测试用，临时实例）', 'postgresql', findPostgres],
    ['Redis（测试用，临时实例）', 'redis-server', () => onPath('redis-server')],
  ];
  for (const [title, name, find] of servers) {
    step(title, find, () => {
      if (installPackages(name) && find()) return `已用 apt 安装：${find()}`;
      return missing(`${title}，需要它的测试会按名称注明跳过`, `以 root 运行 apt-get install ${name}`);
    });
  }
}

/** The newest change among files of a folder that match; 0 when there is none. */
function newestUnder(folder, pattern) {
  let newest = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !pattern.test(entry.name)) continue;
    newest = Math.max(newest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
  }
  return newest;
}

const timeOf = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

/** Builds when a source is newer than the mark of the last build that went through. */
function build(title, mark, newest, command) {
  step(
    title,
    () => timeOf(mark) > newest(),
    () => {
      const startedAt = new Date();
      const { isOk, tail } = run(process.execPath, command);
      if (!isOk)
        throw new StepFailed(
          `${title}失败，最后的输出：\n${tail}`,
          '按上面的提示改正源码后重试；若依赖有变，先删除 node_modules',
        );
      mkdirSync(path.dirname(mark), { recursive: true });
      writeFileSync(mark, `${startedAt.toISOString()}\n`);
      // What changed while the build ran is newer than it.
      utimesSync(mark, startedAt, startedAt);
      return undefined;
    },
  );
}

function buildPrograms() {
  const rooms = ['apps', 'crawlers', 'classifiers', 'libs', 'test'].map((name) => at(name));
  const newest = () =>
    Math.max(
      timeOf(at('tsconfig.json')),
      timeOf(at('package.json')),
      ...rooms.map((room) => newestUnder(room, /\.ts$/)),
    );
  build('编译程序', at('dist', '.programs-built'), newest, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
  if (existsSync(at('apps/console/vite.config.mts'))) {
    const config = ['build', '--config', 'apps/console/vite.config.mts'];
    build(
      '编译界面',
      at('dist', '.console-built'),
      () => newestUnder(at('apps/console'), /\.(tsx?|mts|html|css|json)$/),
      ['node_modules/vite/bin/vite.js', ...config],
    );
  }
  linkCommand();
  trainRules();
}

/** Teaches the rule pack; what it learns is never committed, so every checkout learns it anew from the same texts. */
function trainRules() {
  const pack = at('classifiers/rulepacks/notice-57');
  const newest = () => Math.max(timeOf(at('dist', '.programs-built')), newestUnder(pack, /\.(ya?ml|jsonl)$/));
  build('训练规则模型', at('dist', '.rules-trained'), newest, ['dist/apps/cli/main.js', 'rules', 'train']);
}

/** Makes `npx mingcha` find this checkout's own program: npm links the bins of dependencies, not of the project. */
function linkCommand() {
  const program = at('dist/apps/cli/main.js');
  const link = at('node_modules/.bin/mingcha');
  if (!existsSync(program)) return;
  chmodSync(program, 0o755);
  if (existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(path.relative(path.dirname(link), program), link);
}

const plans = {
  demo: [checkNode, installModules, installBrowser, installFonts, buildPrograms],
  test: [checkNode, installModules, installBrowser, installFonts, installServers, buildPrograms],
  build: [checkNode, installModules, buildPrograms],
};

const plan = plans[process.argv[2]];
if (!plan) {
  console.error('用法：node .config/prepare.mjs demo|test|build');
  process.exit(2);
}
const startedAt = Date.now();
try {
  for (const one of plan) one();
  say(`准备完毕，共 ${((Date.now() - startedAt) / 1000).toFixed(1)} 秒`);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  say(`失败：${error.message}`);
  say(`处理办法：${error.remedy}`);
  say(`完整输出见 ${logFile}`);
  process.exit(1);
}
