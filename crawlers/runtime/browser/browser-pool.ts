import { type BrowserProcess } from './browser-process';

/** Hands out browsers, each to one look at a time, so that what a browser does belongs to one page alone. */
export class BrowserPool {
  readonly #idle: BrowserProcess[];
  readonly #waiting: ((process: BrowserProcess) => void)[] = [];

  constructor(private readonly all: readonly BrowserProcess[]) {
    this.#idle = [...all].reverse();
  }

  /** Runs a look when a browser is free, in the order of asking. */
  async lend<T>(look: (process: BrowserProcess) => Promise<T>): Promise<T> {
    const process = this.#idle.pop() ?? (await new Promise<BrowserProcess>((resolve) => this.#waiting.push(resolve)));
    try {
      return await look(process);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(process);
      else next(process);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((process) => process.close()));
  }
}
