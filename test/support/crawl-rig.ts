import { WebsiteCrawler } from '#crawlers/website';
import { HostPace, HttpLooker, type CrawlPass, type Looker } from '#crawlers/runtime';
import { newId, type RunOrders } from '#libs/domain';
import { addressRule, GuardedDispatcher } from '#libs/netguard';
import { startFixtureServer, type FixtureServer, type FixtureServerOptions } from './fixture-server';
import { someOrders } from './passes';
import { RecordingDesk } from './recording-desk';

/** A page long enough to be taken for one, with links. */
export const aSitePage = (title: string, ...links: string[]): string =>
  `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${'本平台是网络借贷信息中介机构，出借需谨慎。'.repeat(20)}</p>${links.map((link) => `<a href="${link}">${link}</a>`).join('\n')}`;

/** A fixture site with everything that a crawl of it over HTTP needs; unpaced, quick to try again. */
export class CrawlRig {
  private constructor(
    readonly server: FixtureServer,
    private readonly dispatcher: GuardedDispatcher,
  ) {}

  static async serving(options: FixtureServerOptions): Promise<CrawlRig> {
    const rule = addressRule(['127.0.0.0/8']);
    const dispatcher = new GuardedDispatcher({ rule, connectTimeoutMs: 5_000, headersTimeoutMs: 5_000 });
    return new CrawlRig(await startFixtureServer(options), dispatcher);
  }

  async close(): Promise<void> {
    await this.dispatcher.destroy();
    await this.server.close();
  }

  /** Paths in the order in which they arrived. */
  get asked(): string[] {
    return this.server.log.map(({ path }) => path);
  }

  httpLooker(): HttpLooker {
    const identity = { version: '0.1.0', contact: 'https://office.test/bot' };
    return new HttpLooker({ dispatcher: this.dispatcher, pace: new HostPace(null), identity });
  }

  /** @param looker Looks at pages in the place of HTTP. */
  crawler(looker?: Looker): WebsiteCrawler {
    const http = this.httpLooker();
    return new WebsiteCrawler({ looker: looker ?? http, http, pace: new HostPace(null), retry: { baseDelayMs: 1 } });
  }

  /** A pass over what waits at the desk; plans the start page when nothing is known yet. */
  async passAt(
    desk: RecordingDesk,
    orders: Partial<RunOrders> = {},
    given: Partial<CrawlPass> = {},
  ): Promise<CrawlPass> {
    const startUrl = `${this.server.origin}/`;
    const start = {
      url: startUrl,
      urlKey: startUrl,
      role: 'page',
      depth: 0,
      priority: 0,
      linkText: '',
      persona: 'desktop',
    } as const;
    if (desk.inState('planned').length + desk.visited === 0) await desk.plan([start]);
    return {
      taskId: newId(),
      startUrl,
      orders: someOrders(orders),
      by: 'http',
      pages: desk.inState('planned'),
      seenSoFar: desk.visited,
      signal: new AbortController().signal,
      ...given,
    };
  }

  /** One whole crawl on a fresh desk. */
  async crawl(orders: Partial<RunOrders> = {}): Promise<RecordingDesk> {
    const desk = new RecordingDesk();
    await this.crawler().crawl(await this.passAt(desk, orders), desk);
    return desk;
  }

  /** Attempts at one path, in their order. */
  looksAt(desk: RecordingDesk, path: string): RecordingDesk['looks'] {
    return desk.looks.filter((look) => look.page.url === this.server.origin + path);
  }
}
