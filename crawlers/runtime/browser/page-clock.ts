const TICK_MS = 25;

/** Counts time, but not while it is held: a page is not slow because we make it wait. */
export class PageClock {
  #elapsedMs = 0;
  #last = performance.now();
  readonly #timer: NodeJS.Timeout;
  #expire: () => void = () => undefined;
  /** Resolves when the time is over; never when the clock is stopped before. */
  readonly expired = new Promise<void>((resolve) => (this.#expire = resolve));
  isOver = false;

  constructor(
    private readonly limitMs: number,
    private readonly isHeld: () => boolean,
  ) {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  get elapsedMs(): number {
    return this.#elapsedMs;
  }

  get leftMs(): number {
    return Math.max(0, this.limitMs - this.#elapsedMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = performance.now();
    if (!this.isHeld()) this.#elapsedMs += now - this.#last;
    this.#last = now;
    if (this.#elapsedMs < this.limitMs || this.isOver) return;
    this.isOver = true;
    this.stop();
    this.#expire();
  }
}
