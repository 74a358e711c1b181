import { HostPace, HttpLooker, type Looker, REQUEST_LIMITS, SinglePageCrawler } from '#crawlers/runtime';
import { BrowserLooker, type BrowserSearch, searchBrowser } from '#crawlers/runtime/browser';
import { WebsiteCrawler } from '#crawlers/website';
import { type Environment, programVersion } from '#libs/config';
import { type RunOrders } from '#libs/domain';
import { addressRule, GuardedDispatcher } from '#libs/netguard';
import { type Log } from '#libs/telemetry';
import { type Crawling } from './stages/stage';

/** Connections to one host where nothing is paced: our own copies on our own machine. */
const UNPACED_CONNECTIONS = 8;

/** Lookers that share one pace and one rule of addresses: every request to a host goes through one of them. */
interface Lookers {
  readonly http: Looker;
  readonly browser: BrowserLooker | null;
  readonly pace: HostPace;
  close(): Promise<void>;
}

/**
 * Looks by plain HTTP or in the browser, whichever a pass asks for. Lookers are made at the first pass of each pace
 * and rule of addresses, and live until {@link close}.
 */
export class ProcessCrawling implements Crawling {
  private readonly lookers = new Map<string, Promise<Lookers>>();
  private search: Promise<BrowserSearch> | null = null;

  constructor(
    private readonly environment: Environment,
    private readonly log: Log,
  ) {}

  readonly crawl: Crawling['crawl'] = async (channel, pass, desk) => {
    const { http, browser, pace } = await this.lookersFor(pass.orders);
    const looker = pass.by === 'http' ? http : browser;
    if (looker === null) return; // the stage asked whyNoBrowser before, and ends what waits
    const tools = { looker, http, pace };
    await (channel === 'website' ? new WebsiteCrawler(tools) : new SinglePageCrawler(tools)).crawl(pass, desk);
  };

  async whyNoBrowser(): Promise<string | null> {
    const { browser, reasons } = await this.searched();
    return browser === null ? `no browser on this machine: ${reasons.join('; ')}` : null;
  }

  /** Ends all browsers and connections. */
  async close(): Promise<void> {
    for (const lookers of this.lookers.values()) await (await lookers).close();
  }

  private searched(): Promise<BrowserSearch> {
    this.search ??= searchBrowser({ chromiumPath: this.environment.CHROMIUM_PATH });
    return this.search;
  }

  private lookersFor({ pacePerSecond, allowAddresses }: RunOrders): Promise<Lookers> {
    const key = JSON.stringify([pacePerSecond, allowAddresses]);
    const known = this.lookers.get(key);
    if (known) return known;
    const made = this.makeLookers(pacePerSecond, allowAddresses);
    this.lookers.set(key, made);
    return made;
  }

  private async makeLookers(pacePerSecond: number | null, allowAddresses: readonly string[]): Promise<Lookers> {
    const identity = { version: programVersion(), contact: this.environment.MINGCHA_CONTACT ?? '' };
    const pace = new HostPace(pacePerSecond);
    const dispatcher = new GuardedDispatcher({
      ...REQUEST_LIMITS,
      rule: addressRule(allowAddresses),
      connections: pacePerSecond === null ? UNPACED_CONNECTIONS : 1,
    });
    const found = await this.searched();
    const browser = found.browser ? new BrowserLooker({ browser: found.browser, pace, identity, log: this.log }) : null;
    return {
      http: new HttpLooker({ dispatcher, pace, identity }),
      browser,
      pace,
      close: async () => {
        await browser?.close();
        await dispatcher.close();
      },
    };
  }
}
