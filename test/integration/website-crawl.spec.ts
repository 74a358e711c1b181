import { WebsiteCrawler } from '#crawlers/website';
import { HostPace, HttpLooker, type CrawlPass, type Look, type Looker } from '#crawlers/runtime';
import { newId, type RunOrders } from '#libs/domain';
import { addressRule, GuardedDispatcher } from '#libs/netguard';
import {
  startFixtureServer,
  type FixturePage,
  type FixtureServer,
  type FixtureServerOptions,
} from '../support/fixture-server';
import { RecordingDesk } from '../support/recording-desk';
import { someOrders } from '../support/passes';

const words = '本平台是网络借贷信息中介机构，出借需谨慎。';
const page = (title: string, ...links: string[]): string =>
  `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${words.repeat(20)}</p>${links.map((link) => `<a href="${link}">${link}</a>`).join('\n')}`;

const site: Record<string, FixturePage> = {
  '/robots.txt': 'User-agent: *\nDisallow: /private/\nSitemap: /map.xml\n',
  '/map.xml':
    '<urlset><url><loc>/only-in-sitemap.html</loc></url><url><loc>http://elsewhere.test/</loc></url></urlset>',
  '/only-in-sitemap.html': page('目录'),
  '/': page(
    '首页',
    '/news/1.html',
    '/xxpl/index.html',
    '/about.html?utm_source=home',
    '/about.html#team',
    '/private/secret.html',
    '/user/logout',
    '/moved',
    '/index.html',
    '/file.pdf',
    '/pic.jpg',
    'mailto:a@a.test',
    'http://elsewhere.test/',
    '/gone.html',
  ),
  '/xxpl/index.html': page('信息披露', '../about.html', '/xxpl/report.html'),
  '/xxpl/report.html': page('运营报告'),
  '/about.html': page('关于我们', '/'),
  '/news/1.html': page('新闻', '/news/2.html'),
  '/news/2.html': page('新闻二'),
  '/private/secret.html': page('秘密'),
  '/user/logout': page('再见'),
  '/moved': { status: 301, headers: { location: '/target.html' } },
  '/target.html': page('到了'),
  '/file.pdf': { type: 'application/pdf', body: '%PDF-1.4' },
};

describe('a crawl of a website over HTTP', () => {
  let server: FixtureServer;
  let dispatcher: GuardedDispatcher;

  const serve = async (options: FixtureServerOptions): Promise<void> => {
    server = await startFixtureServer(options);
    dispatcher = new GuardedDispatcher({
      rule: addressRule(['127.0.0.0/8']),
      connectTimeoutMs: 5_000,
      headersTimeoutMs: 5_000,
    });
  };
  afterEach(async () => {
    await dispatcher.destroy();
    await server.close();
  });

  const aCrawler = (looker?: Looker): WebsiteCrawler => {
    const pace = new HostPace(null);
    const http = new HttpLooker({
      dispatcher,
      pace,
      identity: { version: '0.1.0', contact: 'https://office.test/bot' },
    });
    return new WebsiteCrawler({ looker: looker ?? http, http, pace, retry: { baseDelayMs: 1 } });
  };

  const passOf = async (
    desk: RecordingDesk,
    orders: Partial<RunOrders> = {},
    given: Partial<CrawlPass> = {},
  ): Promise<CrawlPass> => {
    const startUrl = `${server.origin}/`;
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
    const signal = new AbortController().signal;
    return {
      taskId: newId(),
      startUrl,
      orders: someOrders(orders),
      by: 'http',
      pages: desk.inState('planned'),
      seenSoFar: desk.visited,
      signal,
      ...given,
    };
  };

  const crawl = async (orders: Partial<RunOrders> = {}): Promise<RecordingDesk> => {
    const desk = new RecordingDesk();
    await aCrawler().crawl(await passOf(desk, orders), desk);
    return desk;
  };
  const pathOf = (look: Look): string => look.page.url.slice(server.origin.length);
  const outcomes = (desk: RecordingDesk): Record<string, string> =>
    Object.fromEntries(desk.looks.map((look) => [pathOf(look), look.visit.outcome]));

  it('visits every reachable page in scope once, robots.txt first, by the server’s own log', async () => {
    await serve({ pages: site });
    const desk = await crawl();
    const asked = server.log.map(({ path }) => path);
    expect(asked[0]).toBe('/robots.txt');
    expect([...asked].sort()).toEqual(
      [
        '/',
        '/about.html?utm_source=home',
        '/file.pdf',
        '/gone.html',
        '/map.xml',
        '/moved',
        '/news/1.html',
        '/news/2.html',
        '/only-in-sitemap.html',
        '/robots.txt',
        '/target.html',
        '/xxpl/index.html',
        '/xxpl/report.html',
      ].sort(),
    );
    expect(outcomes(desk)).toMatchObject({ '/': 'ok', '/file.pdf': 'download', '/gone.html': 'gone', '/moved': 'ok' });
    expect(desk.inState('planned')).toEqual([]);
    expect(desk.gaps).toEqual([]);
  });

  it('requests nothing that robots.txt forbids, and says so with the line', async () => {
    await serve({ pages: site });
    const desk = await crawl();
    expect(server.log.some(({ path }) => path.startsWith('/private/'))).toBe(false);
    const refused = desk.looks.find((look) => pathOf(look) === '/private/secret.html');
    expect(refused?.visit).toMatchObject({ outcome: 'refused-by-robots', httpStatus: null });
    expect(refused?.visit.detail).toContain('line 2: Disallow: /private/');
    expect(refused?.capture).toBeNull();
  });

  it('says who it is in every request', async () => {
    await serve({ pages: site });
    await crawl();
    expect(new Set(server.log.map(({ userAgent }) => userAgent))).toEqual(
      new Set(['MingchaMonitor/0.1.0 (+https://office.test/bot)']),
    );
  });

  it('keeps robots.txt and sitemap as evidence like any page', async () => {
    await serve({ pages: site });
    const desk = await crawl();
    const robots = desk.looks.find((look) => look.page.role === 'robots');
    expect(robots?.capture?.parts.map(({ name }) => name)).toEqual(['exchange-0', 'pageinfo']);
    expect(desk.looks.filter((look) => look.page.role === 'sitemap').map(pathOf)).toEqual(['/map.xml']);
  });

  it('keeps what it sent and what came, byte for byte and header for header', async () => {
    await serve({ pages: { '/': { body: page('首页'), headers: { 'X-Odd-Case': ['1', '2'] } } } });
    const desk = await crawl();
    const part = desk.looks.find((look) => pathOf(look) === '/')?.capture?.parts[0];
    if (part?.kind !== 'exchange') throw new Error('no exchange');
    const arrived = server.log.find(({ path }) => path === '/')?.rawHeaders;
    expect(part.exchange.requestHeaders.flat()).toEqual(arrived);
    expect(part.exchange.responseHeaders.filter(([name]) => name === 'X-Odd-Case').map(([, value]) => value)).toEqual([
      '1',
      '2',
    ]);
    expect(Buffer.from(part.exchange.body).toString()).toBe(page('首页'));
    expect(part.exchange.remoteAddress).toBe('127.0.0.1');
  });

  it('visits disclosure before news', async () => {
    await serve({ pages: site });
    await crawl();
    const asked = server.log.map(({ path }) => path);
    expect(asked.indexOf('/xxpl/index.html')).toBeLessThan(asked.indexOf('/news/1.html'));
  });

  it('keeps a page that leads out of scope and follows none of its links', async () => {
    const elsewhere = await startFixtureServer({ host: '127.0.0.3', pages: { '/': page('别处', '/deeper.html') } });
    await serve({
      pages: { '/': page('首页', '/out'), '/out': { status: 302, headers: { location: `${elsewhere.origin}/` } } },
    });
    const desk = await crawl();
    const out = desk.looks.find((look) => pathOf(look) === '/out');
    expect(out?.visit).toMatchObject({ outcome: 'ok', finalUrl: `${elsewhere.origin}/` });
    expect(out?.visit.detail).toContain('out of scope');
    expect(out?.capture?.visit).toBe(out?.visit);
    expect(out?.found).toEqual([]);
    expect(elsewhere.log.map(({ path }) => path)).toEqual(['/']);
    await elsewhere.close();
  });

  it('stops at the budget, says how many pages are left and leaves them planned', async () => {
    const links = Array.from({ length: 30 }, (_, n) => `/product-${n}.html`);
    await serve({
      pages: { '/': page('首页', ...links), ...Object.fromEntries(links.map((link) => [link, page(link)])) },
    });
    const desk = await crawl({ maxPages: 10 });
    expect(desk.visited).toBe(10);
    expect(desk.inState('planned')).toHaveLength(21);
    expect(desk.gaps).toEqual([
      expect.objectContaining({
        code: 'budget',
        url: `${server.origin}/`,
        detail: '21 pages known and not visited; budget 10 pages',
      }),
    ]);
  });

  it('visits twenty pages of an endless list and counts that there were more', async () => {
    const links = Array.from({ length: 15 }, (_, n) => `/list?page=${n + 1}`);
    const pages: Record<string, FixturePage> = { '/': page('首页', ...links), '/list': page('列表', ...links) };
    for (let n = 1; n <= 40; n += 1) pages[`/list?page=${n}`] = page(`第${n}页`, `/list?page=${n + 7}`);
    await serve({ pages });
    const desk = await crawl();
    expect(server.log.filter(({ path }) => path.startsWith('/list'))).toHaveLength(20);
    expect(desk.gaps.map(({ code }) => code)).toEqual(['template-sampled']);
  });

  it('goes eight links deep and says that there was more', async () => {
    const pages: Record<string, FixturePage> = { '/': page('0', '/d1.html') };
    for (let n = 1; n <= 12; n += 1) pages[`/d${n}.html`] = page(`${n}`, `/d${n + 1}.html`);
    await serve({ pages });
    const desk = await crawl();
    expect(server.log.some(({ path }) => path === '/d8.html')).toBe(true);
    expect(server.log.some(({ path }) => path === '/d9.html')).toBe(false);
    expect(desk.gaps.map(({ code }) => code)).toEqual(['depth']);
  });

  it('tries three times what may end better, and hands over each attempt', async () => {
    await serve({ pages: { '/': page('首页', '/bad') }, faults: { '/bad': 'status-500' } });
    const desk = await crawl();
    const attempts = desk.looks.filter((look) => pathOf(look) === '/bad');
    expect(attempts.map(({ willRetry }) => willRetry)).toEqual([true, true, false]);
    expect(server.log.filter(({ path }) => path === '/bad')).toHaveLength(3);
  });

  it.each([500, 403])('requests no page when robots.txt answers %d', async (status) => {
    await serve({ pages: { '/robots.txt': { status, body: '' }, '/': page('首页') } });
    const desk = await crawl();
    expect(server.log.every(({ path }) => path === '/robots.txt')).toBe(true);
    expect(outcomes(desk)['/']).toBe('refused-by-robots');
  });

  it('gives the start page of a host that does not answer the same outcome, and requests it no further', async () => {
    await serve({});
    await server.close();
    const desk = await crawl();
    expect(desk.looks.filter((look) => pathOf(look) === '/').map(({ visit }) => visit.outcome)).toEqual([
      'unreachable',
    ]);
    await serve({});
  });

  it('goes on where another process stopped, fetching robots.txt again without handing it over twice', async () => {
    await serve({ pages: site });
    const stop = new AbortController();
    const desk = new RecordingDesk(newId(), (look) => {
      if (look.page.url.endsWith('/xxpl/index.html')) stop.abort();
    });
    await aCrawler().crawl(await passOf(desk, {}, { signal: stop.signal }), desk);
    const before = desk.looks.length;
    expect(desk.inState('planned').length).toBeGreaterThan(0);
    await aCrawler().crawl(await passOf(desk), desk);
    expect(desk.looks.length).toBeGreaterThan(before);
    expect(desk.inState('planned')).toEqual([]);
    expect(desk.looks.filter((look) => look.page.role === 'robots')).toHaveLength(1);
    expect(server.log.filter(({ path }) => path === '/robots.txt')).toHaveLength(2);
    const pages = server.log.map(({ path }) => path).filter((path) => path !== '/robots.txt');
    expect(new Set(pages).size).toBe(pages.length);
  });

  it('stops with the desk’s own error and begins nothing more', async () => {
    await serve({ pages: site });
    const desk = new RecordingDesk(newId(), (look) => {
      if (look.page.role === 'page') throw new Error('database is gone');
    });
    const failing = aCrawler().crawl(await passOf(desk), desk);
    await expect(failing).rejects.toThrow('database is gone');
    expect(server.log.length).toBeLessThan(6);
  });

  it('leaves no listener for signals behind, nor one while it runs', async () => {
    await serve({ pages: site });
    const before = process.listenerCount('SIGINT');
    const during: number[] = [];
    const desk = new RecordingDesk(newId(), (look) => {
      if (look.page.role === 'page') during.push(process.listenerCount('SIGINT'));
    });
    await aCrawler().crawl(await passOf(desk), desk);
    expect(new Set(during)).toEqual(new Set([before]));
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('writes nothing to standard output or standard error', async () => {
    await serve({ pages: site });
    const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    await crawl();
    const calls = [...out.mock.calls, ...err.mock.calls];
    out.mockRestore();
    err.mockRestore();
    expect(calls).toEqual([]);
  });

  it('hands pages that wait for the browser to the browser’s looker, robots.txt to HTTP', async () => {
    await serve({ pages: { '/': '<!doctype html><div id="app"></div><script src="/a.js"></script>' } });
    const desk = new RecordingDesk();
    const crawler = aCrawler();
    await crawler.crawl(await passOf(desk), desk);
    const waiting = desk.inState('render');
    expect(waiting.map(({ renderReason }) => renderReason)).toEqual(['script']);
    const inBrowser: string[] = [];
    const http = new HttpLooker({ dispatcher, pace: new HostPace(null), identity: { version: '0', contact: '' } });
    const browser: Looker = {
      look: async (wanted, pass) => {
        inBrowser.push(wanted.url);
        return { ...(await http.look(wanted, pass)), needsRender: null };
      },
    };
    await aCrawler(browser).crawl(await passOf(desk, { maxPages: 1 }, { by: 'browser', pages: waiting }), desk);
    expect(inBrowser).toEqual([`${server.origin}/`]);
    expect(desk.gaps).toEqual([]);
  });
});
