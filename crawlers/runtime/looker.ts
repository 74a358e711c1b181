import { type Outcome, type PlannedPage } from '#libs/domain';
import { type CrawlPass, type Look } from './look';

/** Whether an address may be requested, and what says so. */
export interface Permission {
  readonly isAllowed: boolean;
  /** The line of robots.txt that decided, or in English why there was none; kept with the capture. */
  readonly rule: string;
  /** How the visit ends when it is not allowed. */
  readonly outcome: Outcome;
}

/** Asked before every request for a document, each hop of a redirect included. */
export type Permit = (url: string) => Permission;

/**
 * Makes one attempt to see one page, over plain HTTP or in a browser. Whatever happens on the way is the visit's
 * outcome: a look rejects only on faults of our own.
 *
 * `found` is left empty and `willRetry` false: links are the crawler's work, and so are further attempts.
 */
export interface Looker {
  /** @param permit Left out: nothing was asked, everything is allowed. */
  look(page: PlannedPage, pass: CrawlPass, permit?: Permit): Promise<Look>;
}
