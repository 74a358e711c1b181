import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '#libs/config';

/** How a command ended and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Settings of the house that must not leak from the tester's shell into a test. */
const SETTINGS = ['DATABASE_URL', 'REDIS_URL', 'MINGCHA_DATA', 'PORT', 'HOST', 'CRAWL_PACE_PER_SECOND', 'LOG_LEVEL'];

/** Starts the built command line as a person would; `dist` must be there (`npm run build`). */
export function startMingcha(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.includes(name)));
  const child = spawn(process.execPath, [path.join(projectRoot(), 'dist/apps/cli/main.js'), ...args], {
    env: { ...clean, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      output.then(([stdout, stderr]) => resolve({ code, signal, stdout, stderr }), reject);
    });
  });
  return { child, ended };
}

/** Runs the built command line to its end; `input` goes to its standard input. */
export function mingcha(
  args: readonly string[],
  options: { env?: Readonly<Record<string, string>>; input?: string } = {},
): Promise<Ended> {
  const { child, ended } = startMingcha(args, options.env);
  child.stdin.end(options.input ?? '');
  return ended;
}

/** A fresh directory, removed by `clear`. */
export async function aDirectory(): Promise<{ path: string; clear: () => Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'mingcha-test-'));
  return { path: directory, clear: () => rm(directory, { recursive: true, force: true }) };
}
