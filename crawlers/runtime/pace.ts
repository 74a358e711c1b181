import { setTimeout as sleep } from 'node:timers/promises';

/** Time as pacing and backing off see it; a test hands in its own. */
export interface PaceClock {
  /** Milliseconds that never run backwards. */
  now(): number;
  /** Resolves after so many milliseconds, or a little earlier; rejects when the signal aborts. */
  wait(delayMs: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export const monotonicClock: PaceClock = {
  now: () => performance.now(),
  wait: (delayMs, signal) => sleep(delayMs, undefined, { signal }),
};

/** Longest `Crawl-delay` that is honoured, in seconds; a longer one would stop a night's run at one site. */
export const MAX_CRAWL_DELAY_SECONDS = 30;

/** Laid on top of every interval, for clocks that are slewed while we wait. */
const MARGIN_MS = 5;

/** Hosts remembered; beyond it the idle ones go, which is safe: a host not known waits. */
const MAX_HOSTS = 10_000;

interface HostState {
  /** Settles when the turn before has ended. */
  tail: Promise<void>;
  /** When the last request ended; for a host not seen before, when it was first asked for. */
  lastEnd: number;
  waiting: number;
  crawlDelayMs: number;
}

/**
 * Keeps requests to one host apart. Every request to a host goes through the same object, whoever makes it: plain
 * HTTP, every hop of a redirect, robots.txt, and each request a browser makes for a page.
 *
 * The next request starts only when the interval has passed since the one before ENDED (its headers came, or it
 * failed). Since a request arrives before its answer leaves, two arrivals are never closer than the interval, however
 * late the network delivers either. A host not seen before waits one interval too: another process may just have left.
 */
export class HostPace {
  readonly #hosts = new Map<string, HostState>();

  /** @param perSecond Requests per second and host; null paces nothing and lets requests overlap. */
  constructor(
    readonly perSecond: number | null,
    private readonly clock: PaceClock = monotonicClock,
  ) {}

  /** The key under which an address is paced: host name and port, as the server sees it. */
  static hostOf(url: string | URL): string {
    const { hostname, port, protocol } = new URL(url);
    return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  }

  /** The least time between the end of one request to a host and the start of the next. */
  intervalMs(host: string): number {
    if (this.perSecond === null) return 0;
    return Math.max(1000 / this.perSecond, this.#hosts.get(host)?.crawlDelayMs ?? 0);
  }

  /** Honours a `Crawl-delay` when it is longer than the pace; capped, and without effect where nothing is paced. */
  slowDown(host: string, crawlDelaySeconds: number): void {
    if (!(crawlDelaySeconds > 0)) return;
    this.#stateOf(host).crawlDelayMs = Math.min(crawlDelaySeconds, MAX_CRAWL_DELAY_SECONDS) * 1000;
  }

  /**
   * Runs `start` when it is this host's turn; turns of one host come in the order they were asked for.
   *
   * @param start Makes one request and settles when its headers came or it failed; the body may still be on its way.
   * @param signal Gives the turn up while it waits; a request that has begun is its owner's to abort.
   */
  async turn<T>(host: string, start: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.perSecond === null) return start();
    const state = this.#stateOf(host);
    const before = state.tail;
    let release = (): void => undefined;
    state.tail = new Promise<void>((resolve) => (release = resolve));
    state.waiting += 1;
    try {
      await before;
      await this.#waitUntilDue(host, state, signal);
      return await start().finally(() => (state.lastEnd = this.clock.now()));
    } finally {
      state.waiting -= 1;
      release();
    }
  }

  async #waitUntilDue(host: string, state: HostState, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const due = state.lastEnd + this.intervalMs(host) + MARGIN_MS;
    // Timers may fire early by a fraction; only the clock says that the interval has passed.
    for (let left = due - this.clock.now(); left > 0; left = due - this.clock.now())
      await this.clock.wait(Math.ceil(left), signal);
  }

  #stateOf(host: string): HostState {
    const known = this.#hosts.get(host);
    if (known) return known;
    if (this.#hosts.size >= MAX_HOSTS) this.#forgetIdle();
    const state: HostState = { tail: Promise.resolve(), lastEnd: this.clock.now(), waiting: 0, crawlDelayMs: 0 };
    this.#hosts.set(host, state);
    return state;
  }

  #forgetIdle(): void {
    for (const [host, state] of this.#hosts) if (state.waiting === 0) this.#hosts.delete(host);
  }
}
