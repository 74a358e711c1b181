// What this machine has, and how more is put on it. Used before node_modules exist: imports nothing but node: modules.
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const logFile = path.join(root, 'test-output', 'prepare.log');
export const isRoot = process.getuid?.() === 0;

/** A step that failed; the message is what a person reads, the remedy what they do about it. */
export class StepFailed extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

export const say = (line) => console.error(`[准备] ${line}`);

/** Runs a program, its output kept in the log; gives its exit code and the last of what it said. */
export function run(command, args, env = {}) {
  mkdirSync(path.dirname(logFile), { recursive: true });
  appendFileSync(logFile, `\n$ ${[command, ...args].join(' ')}\n`);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  const output = `${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`;
  appendFileSync(logFile, output);
  return { isOk: status === 0, tail: output.trimEnd().split('\n').slice(-25).join('\n') };
}

export const onPath = (name) => {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    if (folder && isProgram(file)) return file;
  }
  return null;
};

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // not there, or not ours to run
  }
}

let hasUpdated = false;

/** Installs Debian packages without questions and without starting any service; false when that is not possible here. */
export function installPackages(...names) {
  if (!isRoot || !onPath('apt-get')) return false;
  const policy = '/usr/sbin/policy-rc.d';
  const holdsServices = !existsSync(policy);
  if (holdsServices) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
    const lock = ['-o', 'DPkg::Lock::Timeout=300'];
    const install = () => run('apt-get', [...lock, 'install', '-y', '-q', '--no-install-recommends', ...names], env);
    if (!hasUpdated) hasUpdated = run('apt-get', [...lock, 'update', '-q'], env).isOk;
    let outcome = install();
    if (!outcome.isOk) {
      run('apt-get', [...lock, 'update', '-q'], env);
      outcome = install();
    }
    if (!outcome.isOk)
      say(`apt-get install ${names.join(' ')} 失败，最后的输出：\n${outcome.tail}\n（全文见 ${logFile}）`);
    return outcome.isOk;
  } finally {
    if (holdsServices) rmSync(policy, { force: true });
  }
}

/** Browsers that Playwright downloaded earlier, the headless shell first. */
function playwrightBrowser() {
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? path.join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(folder)) return null;
  const programs = ['chrome-headless-shell', 'headless_shell', 'chrome'];
  const builds = readdirSync(folder)
    .filter((name) => /^chromium(_headless_shell)?-\d+$/.test(name))
    .sort()
    .reverse();
  for (const build of builds.sort((a, b) => Number(b.includes('shell')) - Number(a.includes('shell')))) {
    for (const inner of readdirSync(path.join(folder, build)).filter((name) => name.startsWith('chrome-'))) {
      const program = programs.map((name) => path.join(folder, build, inner, name)).find(isProgram);
      if (program) return program;
    }
  }
  return null;
}

/** The browser that will be used, in the order the README names. */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (isProgram(named)) return named;
    throw new StepFailed(`CHROMIUM_PATH 指向 ${named}，但那里没有可执行文件`, '改正或清除环境变量 CHROMIUM_PATH');
  }
  return ['chromium-headless-shell', 'chromium', 'google-chrome'].map(onPath).find(Boolean) ?? playwrightBrowser();
}

const fontFolders = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  path.join(homedir(), '.fonts'),
  path.join(homedir(), '.local/share/fonts'),
];

/** Whether a font whose file name matches is installed. */
export function hasFont(pattern) {
  const listed = onPath('fc-list') ? spawnSync('fc-list', [':lang=zh', 'file'], { encoding: 'utf8' }).stdout : '';
  if (pattern.test(listed ?? '')) return true;
  return fontFolders.some(
    (folder) =>
      existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => pattern.test(String(file))),
  );
}

/** The folder of PostgreSQL's programs, 15 or later. */
export function findPostgres() {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const folders = versions.filter((name) => Number(name) >= 15).map((name) => `/usr/lib/postgresql/${name}/bin`);
  const folder = folders.find((one) => isProgram(path.join(one, 'initdb')) && isProgram(path.join(one, 'postgres')));
  return folder ?? (onPath('initdb') && onPath('postgres') ? path.dirname(onPath('postgres')) : null);
}
