import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '#libs/config';

/** A TypeScript program of the tests, running as a process of its own. */
export interface SecondProcess {
  readonly child: ChildProcess;
  /** Lines of standard output, as they came. */
  readonly lines: readonly string[];
  /** Resolves with the exit code, or null when it was killed. */
  readonly ended: Promise<number | null>;
  /** Resolves when so many lines have come; throws with what it said when it ends before. */
  linesCame(count: number): Promise<void>;
  /** `kill -9`, and waits for the end. */
  kill(): Promise<void>;
}

/**
 * Starts `test/support/<program>.main.ts` with one JSON argument.
 *
 * @param shell What the shell does to itself before it becomes the program: a limit, for instance.
 */
export function startProcess(program: string, order: object, shell = ':'): SecondProcess {
  const root = projectRoot();
  const hook = path.join(root, 'test', 'support', 'run-typescript.cjs');
  const file = path.join(root, 'test', 'support', `${program}.main.ts`);
  const node = [process.execPath, '--conditions=source', '--require', hook, file, JSON.stringify(order)];
  const child = spawn('/bin/sh', ['-c', `${shell}; exec "$@"`, 'sh', ...node], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: root,
  });
  const lines: string[] = [];
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-4000)));
  const reader = createInterface({ input: child.stdout });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  reader.on('line', (line) => void lines.push(line));
  return {
    child,
    lines,
    ended,
    linesCame: async (count) => {
      let isOver = false;
      const over = ended.then(() => (isOver = true));
      while (lines.length < count && !isOver) await Promise.race([once(reader, 'line'), over]);
      if (lines.length < count) throw new Error(`${program} ended after ${lines.length} lines: ${complaints}`);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
