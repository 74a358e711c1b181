import { type PageId, type TaskId, type VisitId } from './ids';
import { type Persona } from './page';

/** Every way an attempt can end. */
export const OUTCOMES = [
  'ok',
  'not-modified',
  'partial',
  'blocked',
  'captcha',
  'login-wall',
  'error-page',
  'empty',
  'timeout',
  'too-large',
  'unreachable',
  'tls-error',
  'throttled',
  'redirect-loop',
  'parked',
  'maintenance',
  'download',
  'refused-by-robots',
  'refused-address',
  'gone',
] as const;

/** How an attempt to see a page ended. Only `ok` and `not-modified` count as seen; absence and "fixed" need `ok`. */
export type Outcome = (typeof OUTCOMES)[number];

/** Says whether the page was seen, so that its text may be called tonight's. */
export function isSeen(outcome: Outcome): boolean {
  return outcome === 'ok' || outcome === 'not-modified';
}

/** Outcomes after which another attempt may end better. */
export function isWorthAnotherTry(outcome: Outcome): boolean {
  return outcome === 'timeout' || outcome === 'unreachable' || outcome === 'throttled' || outcome === 'error-page';
}

/** One hop of a redirect, in the order they happened. */
export interface Redirect {
  readonly url: string;
  readonly status: number;
  readonly location: string;
}

/** One attempt to see a page, also when it failed. */
export interface Visit {
  readonly id: VisitId;
  readonly taskId: TaskId;
  readonly pageId: PageId;
  readonly requestedUrl: string;
  readonly finalUrl: string;
  readonly redirects: readonly Redirect[];
  readonly outcome: Outcome;
  /** What showed the outcome: an error code, the words of a block page; empty for a plain `ok`. English, no page text of persons. */
  readonly detail: string;
  readonly httpStatus: number | null;
  readonly isRendered: boolean;
  readonly persona: Persona;
  readonly startedAt: Date;
  readonly durationMs: number;
}
