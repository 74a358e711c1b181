import { type Browser } from 'playwright';
import { newId, type PlannedPage, type Visit, type VisitId } from '#libs/domain';
import { addressRule, type Lookup } from '#libs/netguard';
import { type Log } from '#libs/telemetry';
import { type CrawlPass, type Look } from '../look';
import { type Looker, type Permit } from '../looker';
import { type Verdict } from '../outcome';
import { type Identity } from '../user-agent';
import { within } from './body-reader';
import { BrowserPool } from './browser-pool';
import { BrowserProcess } from './browser-process';
import { type FoundBrowser } from './find-browser';
import { lookOf, type Seen } from './look-of-seen';
import { LookSession } from './look-session';
import { LOOK_LIMITS, type LookLimits } from './look-limits';
import { type Pace } from './recorder';
import { see } from './see';

export interface BrowserLookerOptions {
  /** From `findBrowser`. */
  readonly browser: FoundBrowser;
  readonly pace: Pace;
  readonly identity: Identity;
  readonly log?: Log;
  /** The rest of the limits stay as {@link LOOK_LIMITS} says. */
  readonly limits?: Partial<LookLimits>;
  /** Browsers at once, each with one page; 2 when absent. */
  readonly browsers?: number;
  /** Looks after which a browser is started anew; 200 when absent. */
  readonly looksPerBrowser?: number;
  readonly lookup?: Lookup;
}

const BROWSERS = 2;

/**
 * Looks at pages in a browser: as a visitor would see them after scrolling, unfolding and changing tabs, with every
 * request recorded and paced. Browsers start with the first look; several looks may be under way at once.
 *
 * Rejects with {@link BrowserUnavailableError} when no browser starts; whatever a page does is the visit's outcome.
 */
export class BrowserLooker implements Looker {
  readonly #pool: BrowserPool;
  readonly #limits: LookLimits;

  constructor(private readonly options: BrowserLookerOptions) {
    const { browser, log, looksPerBrowser } = options;
    const processes = Array.from(
      { length: options.browsers ?? BROWSERS },
      () => new BrowserProcess(browser, log, looksPerBrowser),
    );
    this.#pool = new BrowserPool(processes);
    this.#limits = { ...LOOK_LIMITS, ...options.limits };
  }

  look(page: PlannedPage, pass: CrawlPass, permit?: Permit): Promise<Look> {
    if (!/^https?:\/\//i.test(page.url)) return Promise.resolve(this.#refused(page));
    return this.#pool.lend(async (process) => {
      const browser = await process.forLook();
      const { look, isFit } = await this.#lookIn(browser, page, { pass, permit });
      if (!isFit) await process.discard();
      this.#tell(look);
      return look;
    });
  }

  /** Ends all browsers; looks under way end as if the browser had died. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  async #lookIn(
    browser: Browser,
    page: PlannedPage,
    { pass, permit }: { pass: CrawlPass; permit?: Permit },
  ): Promise<{ look: Look; isFit: boolean }> {
    const startedAt = new Date();
    const begun = performance.now();
    const { pace, identity, lookup } = this.options;
    const rule = addressRule(pass.orders.allowAddresses);
    const orders = { persona: page.persona, identity, rule, lookup, pace, limits: this.#limits, permit };
    let session: LookSession | null = null;
    let seen: Seen = { verdict: lost(null), gathered: null, opener: null, isQuiet: false };
    try {
      session = await LookSession.open(browser, orders);
      seen = await this.#see(session, page, begun);
    } catch (error) {
      seen = { ...seen, verdict: lost(error, session?.isCrashed) };
    }
    const isFit = session === null ? false : await session.close();
    const visit = { id: newId<VisitId>(), startedAt, durationMs: Math.round(performance.now() - begun) };
    const { pacePerSecond } = pass.orders;
    const robots = permit?.(page.url).rule ?? 'not asked';
    return { look: lookOf({ page, visit, browser: browser.version(), session, seen, pacePerSecond, robots }), isFit };
  }

  /** What was seen, in time or until time ran out. */
  async #see(session: LookSession, page: PlannedPage, begun: number): Promise<Seen> {
    let crashed: (seen: Seen) => void = () => undefined;
    const crash = new Promise<Seen>((resolve) => (crashed = resolve));
    session.page.once('crash', () =>
      crashed({ verdict: lost(null, true), gathered: null, opener: null, isQuiet: false }),
    );
    return within(Promise.race([see(session, page.url, this.#limits, begun), crash]), this.#limits.lookMs, 'the look');
  }

  #refused(page: PlannedPage): Look {
    const visit = { id: newId<VisitId>(), startedAt: new Date(), durationMs: 0 };
    const verdict: Verdict = { outcome: 'refused-address', detail: 'address is not http(s)' };
    const seen: Seen = { verdict, gathered: null, opener: null, isQuiet: false };
    return lookOf({ page, visit, browser: '', session: null, seen, pacePerSecond: null, robots: 'not asked' });
  }

  #tell({ visit }: { visit: Visit }): void {
    this.options.log?.info('page.visited', {
      url: visit.requestedUrl,
      outcome: visit.outcome,
      rendered: true,
      ms: visit.durationMs,
    });
  }
}

/** How a look ends that the browser did not bring to its end. */
function lost(error: unknown, isCrashed = false): Verdict {
  if (isCrashed) return { outcome: 'unreachable', detail: 'the page brought its process down' };
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
  if (error instanceof Error && error.name === 'OutOfTime') return { outcome: 'timeout', detail: said };
  return { outcome: 'unreachable', detail: `the browser was lost: ${said}`.slice(0, 300) };
}
