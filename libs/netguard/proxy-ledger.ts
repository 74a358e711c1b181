/** Why the proxy did not reach a host. */
export type ProxyFailureCode = 'refused-address' | 'name-not-resolved' | 'unreachable' | 'timeout' | 'too-large';

/** One attempt that ended without an answer from the host asked for. */
export interface ProxyFailure {
  readonly at: Date;
  readonly host: string;
  readonly port: number;
  readonly code: ProxyFailureCode;
  readonly detail: string;
}

/** Entries kept of each kind; a page that asks for more loses its oldest. */
const MAX_ENTRIES = 2_000;

const keyOf = (host: string, port: number): string => `${host.replace(/^\[|\]$/g, '').toLowerCase()}:${port}`;

function put<T>(entries: Map<string, T>, key: string, entry: T): void {
  entries.delete(key);
  entries.set(key, entry);
  const oldest = entries.keys().next();
  if (entries.size > MAX_ENTRIES && oldest.done !== true) entries.delete(oldest.value);
}

/** What a proxy did: which address each host was reached at, and which hosts were not reached and why. */
export class ProxyLedger {
  readonly #reached = new Map<string, string>();
  readonly #failed = new Map<string, ProxyFailure>();
  readonly #cut = new Map<string, true>();
  readonly #refusals: ProxyFailure[] = [];

  noteReached(host: string, port: number, address: string): void {
    this.#failed.delete(keyOf(host, port));
    put(this.#reached, keyOf(host, port), address);
  }

  /** Notes whether an answer over plain HTTP came whole. */
  noteEnd(url: string, isWhole: boolean): void {
    if (isWhole) this.#cut.delete(url);
    else put(this.#cut, url, true);
  }

  /** Says whether the latest answer for an address broke off; of what went through tunnels nothing is known. */
  wasCut(url: string): boolean {
    return this.#cut.has(url);
  }

  noteFailure(failure: ProxyFailure): void {
    put(this.#failed, keyOf(failure.host, failure.port), failure);
    if (failure.code !== 'refused-address') return;
    this.#refusals.push(failure);
    if (this.#refusals.length > MAX_ENTRIES) this.#refusals.shift();
  }

  /** The address the latest connection to a host went to; null when there was none. */
  remoteAddressOf(host: string, port: number): string | null {
    return this.#reached.get(keyOf(host, port)) ?? null;
  }

  /** Why the latest connection to a host failed; null when it did not. */
  failureOf(host: string, port: number): ProxyFailure | null {
    return this.#failed.get(keyOf(host, port)) ?? null;
  }

  /** Everything that was refused, oldest first. */
  get refusals(): readonly ProxyFailure[] {
    return this.#refusals;
  }
}
