import { WebsiteCrawler } from '#crawlers/website';
import { HostPace, HttpLooker } from '#crawlers/runtime';
import { newId } from '#libs/domain';
import { addressRule, GuardedDispatcher } from '#libs/netguard';
import { startFixtureServer, type FixtureServer, type FixtureServerOptions } from '../support/fixture-server';
import { someOrders } from '../support/passes';
import { RecordingDesk } from '../support/recording-desk';

const page = (...links: string[]): string =>
  `<!doctype html><title>页</title><p>${'网络借贷信息中介机构。'.repeat(30)}</p>${links.map((link) => `<a href="${link}">x</a>`).join('')}`;

describe('the default pace, by the server’s own log', () => {
  let server: FixtureServer;
  let dispatcher: GuardedDispatcher;

  afterEach(async () => {
    await dispatcher.destroy();
    await server.close();
  });

  const crawlAt = async (pacePerSecond: number, options: FixtureServerOptions): Promise<number[]> => {
    server = await startFixtureServer(options);
    dispatcher = new GuardedDispatcher({
      rule: addressRule(['127.0.0.0/8']),
      connectTimeoutMs: 5_000,
      headersTimeoutMs: 5_000,
      connections: 4,
    });
    const pace = new HostPace(pacePerSecond);
    const http = new HttpLooker({ dispatcher, pace, identity: { version: '0', contact: '' } });
    const desk = new RecordingDesk();
    const startUrl = `${server.origin}/`;
    const pages = await desk.plan([
      { url: startUrl, urlKey: startUrl, role: 'page', depth: 0, priority: 0, linkText: '', persona: 'desktop' },
    ]);
    const orders = someOrders({ pacePerSecond, maxPages: 4 });
    const signal = new AbortController().signal;
    await new WebsiteCrawler({ looker: http, http, pace, retry: { baseDelayMs: 1 } }).crawl(
      { taskId: newId(), startUrl, orders, by: 'http', pages, seenSoFar: 0, signal },
      desk,
    );
    return server.log.slice(1).map(({ at }, n) => at - (server.log[n]?.at ?? 0));
  };

  it('no two requests arrive within one second of each other: pages, robots.txt, sitemap, redirects and retries', async () => {
    const gaps = await crawlAt(1, {
      pages: {
        '/': page('/moved', '/bad'),
        '/moved': { status: 302, headers: { location: '/there' } },
        '/there': page(),
      },
      faults: { '/bad': 'reset' },
    });
    expect(server.log.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/robots.txt', '/', '/moved', '/there', '/bad']),
    );
    expect(gaps.length).toBeGreaterThanOrEqual(6);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  }, 60_000);

  it('a longer Crawl-delay is kept as well', async () => {
    const gaps = await crawlAt(5, {
      pages: { '/robots.txt': 'User-agent: *\nCrawl-delay: 1.5', '/': page('/a'), '/a': page() },
    });
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_500);
  }, 60_000);
});
