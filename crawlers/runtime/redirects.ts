import { isUtf8 } from 'node:buffer';
import { type Exchange, type Redirect } from '#libs/domain';
import { headerOf } from './content-coding';
import { isAnswer } from './http-request';
import { type Permit } from './looker';
import { type NetworkFailure } from './network-failure';
import { resolveUrl } from './url-key';

/** Hops that are followed. */
export const MAX_REDIRECTS = 10;

/** The way to a page: every answer on it, and where and how it ended. */
export interface Chain {
  /** In the order they came; the last one is the document, unless `failure` says otherwise. */
  readonly exchanges: readonly Exchange[];
  readonly redirects: readonly Redirect[];
  readonly finalUrl: string;
  /** Null when the last exchange is an answer to be judged. */
  readonly failure: NetworkFailure | null;
  /** What robots.txt said of the last address asked about. */
  readonly rule: string;
}

const REDIRECT_STATUS: readonly number[] = [301, 302, 303, 307, 308];

/** Where an answer sends us, as it was written; null when it does not. Bytes above 0x7f are taken for UTF-8 when they are. */
function locationOf(exchange: Exchange): string | null {
  if (!REDIRECT_STATUS.includes(exchange.status)) return null;
  const raw = headerOf(exchange.responseHeaders, 'location');
  if (raw === null || raw.trim() === '') return null;
  const bytes = Buffer.from(raw, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : raw;
}

class ChainBuilder {
  readonly exchanges: Exchange[] = [];
  readonly redirects: Redirect[] = [];
  rule = '';
  url: string;

  constructor(startUrl: string) {
    this.url = startUrl;
  }

  end(failure: NetworkFailure | null): Chain {
    return { exchanges: this.exchanges, redirects: this.redirects, finalUrl: this.url, failure, rule: this.rule };
  }

  /** Why the next hop must not be made; null when it may, and then `url` is where it leads. */
  step(status: number, location: string): NetworkFailure | null {
    const next = resolveUrl(location, this.url);
    this.redirects.push({ url: this.url, status, location: (next?.url ?? location).slice(0, 2_000) });
    if (next === null) return { outcome: 'refused-address', detail: 'redirect to what is no http(s) address' };
    if (next.url === this.url || this.redirects.some((hop) => hop.url === next.url))
      return {
        outcome: 'redirect-loop',
        detail: `redirected back to an address of the same chain after ${this.redirects.length} hops`,
      };
    if (this.redirects.length > MAX_REDIRECTS)
      return { outcome: 'redirect-loop', detail: `more than ${MAX_REDIRECTS} redirects` };
    this.url = next.url;
    return null;
  }
}

/**
 * Goes from an address to where it leads. Every hop is asked of robots.txt, checked as an address when it is
 * connected to, and kept.
 */
export async function followRedirects(
  startUrl: string,
  permit: Permit,
  request: (url: string) => Promise<Exchange | NetworkFailure>,
): Promise<Chain> {
  const chain = new ChainBuilder(startUrl);
  for (;;) {
    const permission = permit(chain.url);
    chain.rule = permission.rule;
    if (!permission.isAllowed) return chain.end({ outcome: permission.outcome, detail: permission.rule });
    const result = await request(chain.url);
    if (!isAnswer(result)) return chain.end(result);
    chain.exchanges.push(result);
    const location = locationOf(result);
    if (location === null) return chain.end(null);
    const failure = chain.step(result.status, location);
    if (failure) return chain.end(failure);
  }
}
