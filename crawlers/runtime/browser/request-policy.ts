import { type RequestPaused } from './protocol';

/** What the recorder knows when a request asks to go out. */
export interface PolicyFacts {
  readonly mainFrameId: string | null;
  /** Frames of windows that the page opened. */
  readonly popups: ReadonlySet<string>;
  /** The page has settled: it must stay where it is. */
  readonly isLocked: boolean;
  readonly asked: number;
  readonly maxRequests: number;
  /** Documents the main frame asked for by itself, hops of redirects not counted. */
  readonly navigations: number;
  /** How often this very thing was asked for before. */
  readonly repeats: number;
}

/** Why a request does not go out. */
export interface PolicyRefusal {
  readonly reason: 'BlockedByClient' | 'Aborted';
  readonly why: string;
}

/** What is said of a page that never stays. */
export const WITHOUT_END = 'the page goes from one address to the next without end';
const MAX_NAVIGATIONS = 12;
const MAX_REPEATS = 20;
/** Streams of sound and moving pictures, and messages that fetch nothing. */
const LEFT_OUT = new Set(['Media', 'Ping', 'CSPViolationReport', 'Prefetch']);

const blocked = (why: string): PolicyRefusal => ({ reason: 'BlockedByClient', why });

function refusalOfDocument(event: RequestPaused, facts: PolicyFacts): PolicyRefusal | null {
  if (event.resourceType !== 'Document') return null;
  if (facts.popups.has(event.frameId)) return blocked('windows that a page opens are not followed');
  if (event.frameId !== facts.mainFrameId || event.redirectedRequestId !== undefined) return null;
  if (facts.isLocked) return { reason: 'Aborted', why: 'leaving the page is prevented after it has settled' };
  if (facts.navigations >= MAX_NAVIGATIONS) return { reason: 'Aborted', why: WITHOUT_END };
  return null;
}

/** Says why a request must not go out; null when it may. Addresses are the proxy's concern, not decided here. */
export function refusalOf(event: RequestPaused, facts: PolicyFacts): PolicyRefusal | null {
  if (!/^https?:/i.test(event.request.url)) return blocked('not http(s)');
  if (LEFT_OUT.has(event.resourceType)) return blocked(`blocked by policy: ${event.resourceType}`);
  const ofDocument = refusalOfDocument(event, facts);
  if (ofDocument !== null) return ofDocument;
  if (facts.asked >= facts.maxRequests) return blocked(`more than ${facts.maxRequests} requests of one page`);
  if (facts.repeats >= MAX_REPEATS) return blocked(`asked for more than ${MAX_REPEATS} times`);
  return null;
}

/** Repeats after which a request is taken for chatter that no longer keeps the page from being called quiet. */
const CHATTER = 4;

export const isChatter = (repeats: number): boolean => repeats >= CHATTER;

/** What is counted as the same request: polls change their query, pictures of a list differ by theirs. */
export function repeatKeyOf(event: RequestPaused): string {
  const { url, method } = event.request;
  const isPoll = event.resourceType === 'XHR' || event.resourceType === 'Fetch';
  return `${method} ${isPoll ? (url.split('?', 1)[0] ?? url) : url}`;
}
