import { isWorthAnotherTry, newId, type PlannedPage, type Visit } from '#libs/domain';
import { type CrawlDesk, type CrawlPass, type Look } from './look';
import { type Looker, type Permission, type Permit } from './looker';
import { type HostPace, monotonicClock, type PaceClock } from './pace';
import { retryDelayMs } from './retry-delay';

/** What a crawl goes about with. */
export interface CrawlTools {
  /** Looks at pages of this pass. */
  readonly looker: Looker;
  /** Looks at robots.txt and sitemaps, in every pass. */
  readonly http: Looker;
  /** The pace both of them keep; learns of `Crawl-delay`. */
  readonly pace: HostPace;
  readonly retry?: Partial<RetryOrders>;
}

/** How often and how soon an attempt that failed is made again. */
export interface RetryOrders {
  /** Further attempts after the first. */
  readonly maxRetries: number;
  readonly baseDelayMs: number;
  readonly clock: PaceClock;
}

const RETRY_ORDERS: RetryOrders = { maxRetries: 2, baseDelayMs: 1_000, clock: monotonicClock };

/** The visit of a page that must not be requested: an attempt that was never made, with the reason. */
export function unaskedLook(page: PlannedPage, permission: Permission): Look {
  const visit: Visit = {
    id: newId(),
    taskId: page.taskId,
    pageId: page.pageId,
    requestedUrl: page.url,
    finalUrl: page.url,
    redirects: [],
    outcome: permission.outcome,
    detail: `not requested; ${permission.rule}`,
    httpStatus: null,
    isRendered: false,
    persona: page.persona,
    startedAt: new Date(),
    durationMs: 0,
  };
  return { page, visit, capture: null, document: null, layout: null, needsRender: null, found: [], willRetry: false };
}

/** What is done with the attempts at one page. */
export interface AttemptPlan {
  readonly looker: Looker;
  readonly permit: Permit;
  /** Completes each look before it is handed over: its links, for one. */
  readonly complete: (look: Look) => Promise<Look>;
}

/** Makes attempts at pages and hands each of them over, also those that failed. */
export class Attempts {
  readonly #retry: RetryOrders;

  constructor(
    private readonly pass: CrawlPass,
    private readonly desk: Pick<CrawlDesk, 'take'>,
    retry: Partial<RetryOrders> = {},
  ) {
    this.#retry = { ...RETRY_ORDERS, ...retry };
  }

  /**
   * Looks at a page until an outcome is worth no other try, up to the limit, waiting longer each time. A page that
   * must not be requested is handed over unasked. Once the pass is aborted no further attempt is made.
   *
   * @returns the last look.
   */
  async at(page: PlannedPage, plan: AttemptPlan): Promise<Look> {
    const permission = plan.permit(page.url);
    if (!permission.isAllowed) {
      const look = unaskedLook(page, permission);
      await this.desk.take(look);
      return look;
    }
    for (let attempt = 1; ; attempt += 1) {
      const seen = await plan.complete(await plan.looker.look(page, this.pass, plan.permit));
      const willRetry =
        attempt <= this.#retry.maxRetries && isWorthAnotherTry(seen.visit.outcome) && !this.pass.signal.aborted;
      const look = { ...seen, willRetry };
      await this.desk.take(look);
      if (!willRetry || !(await this.#waited(look, attempt))) return look;
    }
  }

  /** False when the pass was aborted meanwhile; the page then stays planned. */
  async #waited(look: Look, attempt: number): Promise<boolean> {
    const { clock, baseDelayMs } = this.#retry;
    try {
      await clock.wait(retryDelayMs(look.capture, attempt, baseDelayMs), this.pass.signal);
    } catch (error) {
      if (!this.pass.signal.aborted) throw error;
    }
    return !this.pass.signal.aborted;
  }
}
