import { type Visit } from './visit';

/** Header pairs as they came over the wire: order, case and duplicates kept. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

/** One request and its answer, as they were on the wire or as the browser saw them. */
export interface Exchange {
  readonly url: string;
  readonly method: string;
  readonly requestHeaders: HeaderPairs;
  readonly status: number;
  readonly statusText: string;
  readonly responseHeaders: HeaderPairs;
  /** Body as received; over plain HTTP still in its content encoding, from the browser decoded. */
  readonly body: Uint8Array;
  /** Why the body ends early; null when it is whole. — WARC 1.1, WARC-Truncated */
  readonly truncated: 'length' | 'time' | 'disconnect' | null;
  readonly isBodyDecoded: boolean;
  readonly remoteAddress: string | null;
  readonly startedAt: Date;
}

/** The names parts may have; `exchange-0` is the document itself, further exchanges follow in order of their start. */
export type PartName = `exchange-${number}` | 'dom' | 'layout' | 'screenshot' | 'pageinfo';

/** One thing to be sealed. */
export type CapturePart =
  | { readonly name: `exchange-${number}`; readonly kind: 'exchange'; readonly exchange: Exchange }
  | {
      readonly name: Exclude<PartName, `exchange-${number}`>;
      readonly kind: 'resource';
      readonly mediaType: string;
      readonly bytes: Uint8Array;
    };

/** What was seen in one visit, not yet sealed; exists in memory only. */
export interface Capture {
  readonly visit: Visit;
  readonly capturedAt: Date;
  readonly parts: readonly CapturePart[];
  /** What the capture lacks and why, one line each; empty when whole. */
  readonly incomplete: readonly string[];
}
