import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OcrUnavailableError } from '#libs/domain';
import { type EngineIdentity, type OcrResult } from './ocr-engine';
import { type Answer } from './reader-messages';

/** What is started as the reader; tests start it from its source. */
export interface ReaderProgram {
  readonly file: string;
  readonly execArgv: readonly string[];
}

const BUILT: ReaderProgram = { file: path.join(__dirname, 'reader.main.js'), execArgv: [] };
/** Loading models and proving them takes about half a second on an idle machine. */
const START_MS = 60_000;
const WATCH_EVERY_MS = 250;
const PAGE_BYTES = 4096;

/** How the reading of one picture ended. */
export type ReadEnd =
  { readonly result: OcrResult } | { readonly status: 'failed' | 'timeout'; readonly reason: string };

/** One process that reads pictures; dead for good once it was killed. */
export class ReaderProcess {
  readonly #child: ChildProcess;
  #isAlive = true;
  #orders = 0;

  constructor(
    private readonly adapter: string,
    program: ReaderProgram = BUILT,
  ) {
    this.#child = fork(program.file, [adapter], {
      execArgv: [...program.execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { PATH: '/usr/bin:/bin', OMP_NUM_THREADS: '1' },
    });
    this.#child.once('exit', () => (this.#isAlive = false));
    this.#child.once('error', () => (this.#isAlive = false));
  }

  get isAlive(): boolean {
    return this.#isAlive && this.#child.connected;
  }

  /** @throws {OcrUnavailableError} when it says that it cannot work, dies, or says nothing for a minute. */
  async ready(): Promise<EngineIdentity> {
    const answer = await this.answered((it) => it.kind === 'ready' || it.kind === 'unusable', START_MS);
    if (answer !== 'dead' && answer !== 'late' && answer.kind === 'ready') return answer.identity;
    await this.end();
    const why = typeof answer === 'string' ? `the reader was ${answer}` : 'message' in answer ? answer.message : '';
    throw new OcrUnavailableError(this.adapter, why);
  }

  /** Reads one picture; kills the process at the deadline or above the memory cap. */
  async read(picture: Uint8Array, cap: { readonly deadlineMs: number; readonly killBytes: number }): Promise<ReadEnd> {
    const id = (this.#orders += 1);
    let isTooLarge = false;
    const watch = setInterval(() => {
      if (rssOf(this.#child.pid) <= cap.killBytes) return;
      isTooLarge = true;
      this.#child.kill('SIGKILL');
    }, WATCH_EVERY_MS);
    try {
      const waiting = this.answered((it) => 'id' in it && it.id === id, cap.deadlineMs);
      if (this.#child.connected) this.#child.send({ id, picture }, () => undefined);
      const answer = await waiting;
      if (answer === 'late') {
        await this.end();
        return { status: 'timeout', reason: 'deadline' };
      }
      if (answer === 'dead') return { status: 'failed', reason: isTooLarge ? 'memory-cap' : 'reader-died' };
      if (answer.kind === 'read') return { result: answer.result };
      return { status: 'failed', reason: 'reader-error' };
    } finally {
      clearInterval(watch);
    }
  }

  /** `kill -9`, and waits for the end. Twice is once. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  private answered(isIt: (answer: Answer) => boolean, withinMs: number): Promise<Answer | 'dead' | 'late'> {
    return new Promise((resolve) => {
      const settle = (end: Answer | 'dead' | 'late') => {
        clearTimeout(timer);
        this.#child.off('message', onMessage);
        this.#child.off('exit', onExit);
        this.#child.off('error', onExit);
        resolve(end);
      };
      const onMessage = (answer: Answer) => isIt(answer) && settle(answer);
      const onExit = () => settle('dead');
      const timer = setTimeout(() => settle('late'), withinMs);
      this.#child.on('message', onMessage);
      this.#child.on('exit', onExit);
      this.#child.on('error', onExit);
      if (!this.isAlive) settle('dead');
    });
  }
}

/** Resident bytes of a process; 0 where the system does not tell (only Linux does, this way). */
function rssOf(processId: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${processId}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
