import { TooManyAttemptsError } from '#libs/domain';

const WINDOW_MS = 15 * 60 * 1000;
const MOST_PER_NAME = 5;
const MOST_PER_ADDRESS = 50;
const MOST_KEPT = 10_000;

interface Count {
  attempts: number;
  readonly since: number;
}

/**
 * Counts attempts to sign in per name and address, and per address for those who try many names. Attempts count
 * before the password is checked, so a hundred at once do not slip through; success takes the name's count away.
 * In memory: a restart forgives.
 */
export class SignInThrottle {
  private readonly counts = new Map<string, Count>();

  constructor(private readonly now: () => Date) {}

  /** @throws {TooManyAttemptsError} when this is one attempt too many; it is not counted. */
  count(name: string, address: string): void {
    const at = this.now().getTime();
    const byName = this.current(`${address} ${name}`, at);
    const byAddress = this.current(address, at);
    this.refuse(byName, MOST_PER_NAME, at);
    this.refuse(byAddress, MOST_PER_ADDRESS, at);
    byName.attempts += 1;
    byAddress.attempts += 1;
  }

  forgive(name: string, address: string): void {
    this.counts.delete(`${address} ${name}`);
    const byAddress = this.counts.get(address);
    if (byAddress !== undefined) byAddress.attempts = Math.max(0, byAddress.attempts - 1);
  }

  private current(key: string, at: number): Count {
    const known = this.counts.get(key);
    if (known !== undefined && at - known.since < WINDOW_MS) return known;
    const fresh = { attempts: 0, since: at };
    this.counts.delete(key);
    this.counts.set(key, fresh);
    const oldest = this.counts.keys().next();
    if (this.counts.size > MOST_KEPT && oldest.done !== true) this.counts.delete(oldest.value);
    return fresh;
  }

  private refuse(count: Count, most: number, at: number): void {
    if (count.attempts < most) return;
    throw new TooManyAttemptsError(Math.max(1, Math.ceil((count.since + WINDOW_MS - at) / 1000)));
  }
}
