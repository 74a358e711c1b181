import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A user of the system; null is whoever runs the tests. */
export type SystemUser = { readonly uid: number; readonly gid: number } | null;

/** The first of some users that exists here, when the tests run as root; PostgreSQL refuses to run as root. */
export function unprivileged(names: readonly string[]): SystemUser {
  if (process.getuid?.() !== 0) return null;
  for (const name of names) {
    try {
      const id = (option: string): number => Number(execFileSync('id', [option, name], { stdio: 'pipe' }).toString());
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error(`none of the users ${names.join(', ')} exists here, and root may not run the server`);
}

/** An empty directory under the system's temporary one. */
export function temporaryDirectory(owner: SystemUser = null): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'mingcha-test-'));
  if (owner !== null) chownSync(directory, owner.uid, owner.gid);
  return directory;
}

/** A port of 127.0.0.1 that nobody listens at now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A started program. */
export interface RunningServer {
  readonly processId: number;
  /** Whether it ended, by itself or not. */
  hasEnded(): boolean;
  /** Ends it, removes its directory, and resolves when both is done. */
  stop(): Promise<void>;
}

/**
 * The shell keeps watch: when the pipe from the tests closes, for whatever reason (also a `kill -9`), it ends the
 * program and removes the directory. `$1` signal, `$2` directory, then the command.
 */
const WATCH = `signal=$1; directory=$2; shift 2
"$@" >"$directory/output.log" 2>&1 </dev/null & child=$!
echo $child
cat >/dev/null
kill -$signal $child 2>/dev/null
wait $child 2>/dev/null
rm -rf -- "$directory"`;

/** Starts a program that lives no longer than the tests. */
export async function startServer(
  command: readonly string[],
  directory: string,
  options: { user: SystemUser; stopSignal: 'QUIT' | 'KILL' },
): Promise<RunningServer> {
  const watch: ChildProcess = spawn('/bin/sh', ['-c', WATCH, 'sh', options.stopSignal, directory, ...command], {
    cwd: directory,
    detached: true, // Ctrl-C at the terminal is for the tests; the pipe tells the watch
    stdio: ['pipe', 'pipe', 'ignore'],
    ...(options.user ?? {}),
  });
  const { stdin, stdout } = watch;
  if (stdin === null || stdout === null) throw new Error('the watch has no pipes');
  const lines = createInterface({ input: stdout });
  const [line] = (await once(lines, 'line')) as [string];
  lines.close();
  const processId = Number(line);
  stdout.destroy();
  watch.unref();
  (stdin as unknown as { unref(): void }).unref();
  return {
    processId,
    hasEnded: () => !isAlive(processId),
    stop: async () => {
      if (watch.exitCode !== null || watch.signalCode !== null) return;
      const ended = once(watch, 'exit');
      watch.ref();
      stdin.end();
      await ended;
    },
  };
}

function isAlive(processId: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(processId)], { stdio: 'pipe' }).toString();
    return !state.startsWith('Z');
  } catch {
    return false;
  }
}
