import { type Exchange, type HeaderPairs } from '#libs/domain';
import { type ProxyFailureCode } from '#libs/netguard';
import { type Permission } from '../looker';

/** How far a request of the page has come. */
export type RequestPhase = 'waiting' | 'in-flight' | 'reading' | 'ended';

/** One request the browser made, from asking to the last byte. */
export interface Asked {
  readonly id: string;
  /** Joins it to the events of the network; null for what has none. */
  readonly networkId: string | null;
  readonly frameId: string;
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
  readonly requestHeaders: HeaderPairs;
  /** When it was let go; until then, when it was asked for. */
  startedAt: Date;
  readonly isMainDocument: boolean;
  phase: RequestPhase;
  /** Why no whole answer was kept; null when one was. */
  failure: string | null;
  status: number | null;
  statusText: string;
  responseHeaders: HeaderPairs;
  body: Uint8Array | null;
  truncated: Exchange['truncated'];
  location: string | null;
  remoteAddress: string | null;
  /** What the proxy said when it did not reach the host. */
  proxyFailure: ProxyFailureCode | null;
  /** The main document is a file to be saved, not a page to be shown. */
  isDownload: boolean;
  /** What robots.txt said when it did not let the document be asked for. */
  refusedBy: Permission | null;
}

/** Header names by which the browser speaks to our own proxy. */
const OF_PROXY = /^proxy-/i;

/** Pairs of a map; values that were sent several times come joined by line breaks. */
export function pairsOf(headers: Readonly<Record<string, string>>): HeaderPairs {
  return Object.entries(headers)
    .filter(([name]) => !OF_PROXY.test(name))
    .flatMap(([name, value]) => value.split('\n').map((part) => [name, part] as const));
}

/** Pairs of a raw header block: order, case and duplicates as on the wire; the status line is left out. */
export function pairsOfBlock(block: string): HeaderPairs {
  return block
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()] as const] : [];
    });
}

interface Extra {
  readonly sent: HeaderPairs[];
  readonly received: { readonly status: number; readonly headers: HeaderPairs }[];
}

/** Headers as they were on the wire, told by another domain of the protocol than the bodies, in its own time. */
export class WireHeaders {
  readonly #byNetworkId = new Map<string, Extra>();

  noteSent(networkId: string, headers: Readonly<Record<string, string>>): void {
    this.#of(networkId).sent.push(pairsOf(headers));
  }

  noteReceived(networkId: string, status: number, headers: HeaderPairs): void {
    this.#of(networkId).received.push({ status, headers });
  }

  /**
   * What was sent for the nth request under one id (redirects share it) and what came; null where it was not told.
   *
   * @param status Of the answer; a telling with another status belongs to something else and is not taken.
   */
  at(networkId: string, nth: number, status: number): { sent: HeaderPairs | null; received: HeaderPairs | null } {
    const extra = this.#byNetworkId.get(networkId);
    const received = extra?.received[nth];
    return {
      sent: extra?.sent[nth] ?? null,
      received: received !== undefined && received.status === status ? received.headers : null,
    };
  }

  #of(networkId: string): Extra {
    const known = this.#byNetworkId.get(networkId);
    if (known !== undefined) return known;
    const extra: Extra = { sent: [], received: [] };
    this.#byNetworkId.set(networkId, extra);
    return extra;
  }
}

const NO_BYTES = new Uint8Array(0);

/** The exchanges of requests that were answered, in the order given. */
export function exchangesOf(asked: readonly Asked[], wire: WireHeaders): { of: Asked; exchange: Exchange }[] {
  const counts = new Map<string, number>();
  return asked.flatMap((one) => {
    const key = one.networkId ?? one.id;
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    if (one.status === null) return [];
    const { sent, received } = wire.at(key, nth, one.status);
    return [{ of: one, exchange: exchangeOf(one, sent, received) }];
  });
}

/** Over plain HTTP these are said between the browser and our own proxy; what the host said on them is not known. */
const OF_OUR_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding']);

function withoutOurHop(url: string, headers: HeaderPairs): HeaderPairs {
  return url.startsWith('http:') ? headers.filter(([name]) => !OF_OUR_HOP.has(name.toLowerCase())) : headers;
}

function exchangeOf(one: Asked, sent: HeaderPairs | null, received: HeaderPairs | null): Exchange {
  return {
    url: one.url,
    method: one.method,
    requestHeaders: sent ?? one.requestHeaders,
    status: one.status ?? 0,
    statusText: one.statusText,
    responseHeaders: withoutOurHop(one.url, received ?? one.responseHeaders),
    body: one.body ?? NO_BYTES,
    truncated: one.truncated,
    isBodyDecoded: true,
    remoteAddress: one.remoteAddress,
    startedAt: one.startedAt,
  };
}
