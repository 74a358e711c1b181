import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { programPath } from '../support/binaries';
import { aThrowAwayPostgres } from '../support/throw-away-postgres';

/**
 * Compares crawls of one generated site, interleaved: bare undici with cheerio, Crawlee's CheerioCrawler as shipped,
 * wget with WARC, Scrapy where it is installed, and our whole line (fetch, seal, sync, text, judge, rows) on PostgreSQL
 * and on the embedded store. Prints a line for each and the ratios of medians to standard output.
 *
 * npm run bench:crawl -- [--rounds 3] [--pages 1000] [--latency MS] [--only NAME,NAME]
 *
 * Seconds are those inside the crawl where a contestant tells them, else its whole process (wget); CPU and memory are
 * of the whole process as GNU time (`/usr/bin/time`) tells them, PostgreSQL's own not included; that server runs with
 * fsync off. Ours looks over plain HTTP alone, since none of the others renders.
 */

interface Figures {
  readonly pages: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

const optionOf = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
};
const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const here = (file: string): string => path.join(__dirname, file);
const CLI = path.join(__dirname, '../../apps/cli/main.js');

/** Runs a program under GNU time; gives what it printed and what it took. */
async function measured(
  command: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<{ output: string; seconds: number; cpuSeconds: number; peakMb: number }> {
  const file = path.join(options.cwd, 'time.txt');
  const child = spawn('/usr/bin/time', ['-o', file, '-f', '%e %U %S %M', ...command], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  const [elapsed = 0, user = 0, system = 0, kb = 0] = (readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { output, seconds: elapsed, cpuSeconds: user + system, peakMb: kb / 1024 };
}

type Contestant = (origin: string, cwd: string) => Promise<Figures>;

const other =
  (how: 'bare' | 'crawlee'): Contestant =>
  async (origin, cwd) => {
    const { output, ...took } = await measured([process.execPath, here('crawl-contestant.js'), how, origin], { cwd });
    return { ...took, ...(JSON.parse(output) as { pages: number; seconds: number }) };
  };

const wget: Contestant = async (origin, cwd) => {
  const wanted = ['--recursive', '--level=inf', '--warc-file=site', '--no-verbose', '--tries=1', '--quiet'];
  const { seconds, cpuSeconds, peakMb } = await measured(['wget', ...wanted, `${origin}/`], { cwd });
  return { seconds, cpuSeconds, peakMb, pages: await servedBy(origin) };
};

const ours =
  (database: (() => Promise<string>) | null): Contestant =>
  async (origin, cwd) => {
    const orders = ['--pace', 'none', '--allow-address', '127.0.0.0/8', '--render', 'http', '--max-pages', '2000'];
    const command = [
      process.execPath,
      CLI,
      'crawl',
      `${origin}/`,
      ...orders,
      '--data',
      path.join(cwd, 'data'),
      '--json',
    ];
    const env = database === null ? { DATABASE_URL: '' } : { DATABASE_URL: await database() };
    const { output, ...took } = await measured(command, { cwd, env: { ...env, LOG_LEVEL: 'error' } });
    const report = JSON.parse(output) as {
      run: { startedAt: string; finishedAt: string };
      targets: { visits: { outcome: string }[] }[];
    };
    const pages = report.targets[0]?.visits.filter(({ outcome }) => outcome === 'ok').length ?? 0;
    return { ...took, pages, seconds: (Date.parse(report.run.finishedAt) - Date.parse(report.run.startedAt)) / 1000 };
  };

/** Pages that the site served since it was asked before. */
async function servedBy(origin: string): Promise<number> {
  return ((await (await fetch(`${origin}/-/served`)).json()) as { pages: number }).pages;
}

async function startSite(): Promise<{ origin: string; process: ChildProcess }> {
  const options = ['--pages', optionOf('pages', '1000'), '--latency', optionOf('latency', '0')];
  const site = spawn(process.execPath, [here('crawl-site.js'), ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(site.stdout, 'data')) as [Buffer];
  return { origin: line.toString().trim(), process: site };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

function contestants(): Map<string, Contestant> {
  const all = new Map<string, Contestant>([
    ['bare undici + cheerio', other('bare')],
    ['CheerioCrawler as shipped', other('crawlee')],
  ]);
  if (programPath('wget') !== null) all.set('wget --warc-file', wget);
  if (programPath('postgres') !== null) all.set('ours, PostgreSQL', ours(aThrowAwayPostgres));
  all.set('ours, embedded', ours(null));
  const only = optionOf('only', '');
  return only === '' ? all : new Map([...all].filter(([name]) => only.split(',').some((part) => name.includes(part))));
}

function tell(taken: ReadonlyMap<string, readonly Figures[]>): void {
  const of = (name: string, pick: (figures: Figures) => number): number => median((taken.get(name) ?? []).map(pick));
  say('contestant | pages | s | pages/s | CPU s | peak MB');
  for (const [name] of taken) {
    const [pages, seconds] = [of(name, (f) => f.pages), of(name, (f) => f.seconds)];
    const rate = pages / seconds;
    say(
      `${name} | ${pages} | ${seconds.toFixed(2)} | ${rate.toFixed(0)} | ${of(name, (f) => f.cpuSeconds).toFixed(2)} | ${of(name, (f) => f.peakMb).toFixed(0)}`,
    );
  }
  for (const own of [...taken.keys()].filter((name) => name.startsWith('ours')))
    for (const name of [...taken.keys()].filter((name) => !name.startsWith('ours'))) {
      const ratio = (pick: (f: Figures) => number): string =>
        median((taken.get(own) ?? []).map((f, nth) => pick(taken.get(name)?.[nth] ?? f) / pick(f))).toFixed(2);
      say(
        `${own} against ${name}: wall ${ratio((f) => f.seconds / f.pages)}x, CPU ${ratio((f) => f.cpuSeconds / f.pages)}x`,
      );
    }
}

async function main(): Promise<void> {
  execFileSync('/usr/bin/time', ['-f', '%e', 'true'], { stdio: 'ignore' });
  const { origin, process: site } = await startSite();
  const taken = new Map<string, Figures[]>();
  try {
    say(programPath('scrapy') === null ? 'Scrapy: skipped, it is not installed' : 'Scrapy: not driven by this bench');
    for (let round = 1; round <= Number(optionOf('rounds', '3')); round += 1)
      for (const [name, run] of contestants()) {
        const cwd = mkdtempSync(path.join(tmpdir(), 'bench-crawl-'));
        await servedBy(origin);
        const figures = await run(origin, cwd);
        taken.set(name, [...(taken.get(name) ?? []), figures]);
        say(
          `round ${round} | ${name} | ${figures.pages} pages | ${figures.seconds.toFixed(2)} s | CPU ${figures.cpuSeconds.toFixed(2)} s`,
        );
        rmSync(cwd, { recursive: true, force: true });
      }
    tell(taken);
  } finally {
    site.kill();
  }
  process.exit(0); // the throw-away server ends with the process
}

void main();
