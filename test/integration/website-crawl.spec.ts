import { type FixturePage, startFixtureServer } from '../support/fixture-server';
import { aSitePage, CrawlRig } from '../support/crawl-rig';
import { type RecordingDesk } from '../support/recording-desk';

const site: Record<string, FixturePage> = {
  '/robots.txt': 'User-agent: *\nDisallow: /private/\nSitemap: /map.xml\n',
  '/map.xml':
    '<urlset><url><loc>/only-in-sitemap.html</loc></url><url><loc>http://elsewhere.test/</loc></url></urlset>',
  '/only-in-sitemap.html': aSitePage('目录'),
  '/': aSitePage(
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
  '/xxpl/index.html': aSitePage('信息披露', '../about.html', '/xxpl/report.html'),
  '/xxpl/report.html': aSitePage('运营报告'),
  '/about.html': aSitePage('关于我们', '/'),
  '/news/1.html': aSitePage('新闻', '/news/2.html'),
  '/news/2.html': aSitePage('新闻二'),
  '/private/secret.html': aSitePage('秘密'),
  '/user/logout': aSitePage('再见'),
  '/moved': { status: 301, headers: { location: '/target.html' } },
  '/target.html': aSitePage('到了'),
  '/file.pdf': { type: 'application/pdf', body: '%PDF-1.4' },
};

jest.setTimeout(60_000);

describe('a crawl of a website over HTTP', () => {
  let rig: CrawlRig;

  afterEach(() => rig.close());

  const outcomes = (desk: RecordingDesk): Record<string, string> =>
    Object.fromEntries(desk.looks.map((look) => [new URL(look.page.url).pathname, look.visit.outcome]));

  it('visits every reachable page in scope once, robots.txt first, by the server’s own log', async () => {
    rig = await CrawlRig.serving({ pages: site });
    const desk = await rig.crawl();
    const asked = rig.asked;
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
    rig = await CrawlRig.serving({ pages: site });
    const desk = await rig.crawl();
    expect(rig.asked.some((path) => path.startsWith('/private/'))).toBe(false);
    const refused = rig.looksAt(desk, '/private/secret.html')[0];
    expect(refused?.visit).toMatchObject({ outcome: 'refused-by-robots', httpStatus: null });
    expect(refused?.visit.detail).toContain('line 2: Disallow: /private/');
    expect(refused?.capture).toBeNull();
  });

  it('says who it is in every request', async () => {
    rig = await CrawlRig.serving({ pages: site });
    await rig.crawl();
    expect(new Set(rig.server.log.map(({ userAgent }) => userAgent))).toEqual(
      new Set(['MingchaMonitor/0.1.0 (+https://office.test/bot)']),
    );
  });

  it('keeps robots.txt and sitemap as evidence like any page', async () => {
    rig = await CrawlRig.serving({ pages: site });
    const desk = await rig.crawl();
    const robots = desk.looks.find((look) => look.page.role === 'robots');
    expect(robots?.capture?.parts.map(({ name }) => name)).toEqual(['exchange-0', 'pageinfo']);
    expect(desk.looks.filter((look) => look.page.role === 'sitemap').map((look) => look.page.url)).toEqual([
      `${rig.server.origin}/map.xml`,
    ]);
  });

  it('keeps what it sent and what came, byte for byte and header for header', async () => {
    rig = await CrawlRig.serving({
      pages: { '/': { body: aSitePage('首页'), headers: { 'X-Odd-Case': ['1', '2'] } } },
    });
    const desk = await rig.crawl();
    const part = rig.looksAt(desk, '/')[0]?.capture?.parts[0];
    if (part?.kind !== 'exchange') throw new Error('no exchange');
    const arrived = rig.server.log.find(({ path }) => path === '/')?.rawHeaders;
    expect(part.exchange.requestHeaders.flat()).toEqual(arrived);
    expect(part.exchange.responseHeaders.filter(([name]) => name === 'X-Odd-Case').map(([, value]) => value)).toEqual([
      '1',
      '2',
    ]);
    expect(Buffer.from(part.exchange.body).toString()).toBe(aSitePage('首页'));
    expect(part.exchange.remoteAddress).toBe('127.0.0.1');
  });

  it('visits disclosure before news', async () => {
    rig = await CrawlRig.serving({ pages: site });
    await rig.crawl();
    const asked = rig.asked;
    expect(asked.indexOf('/xxpl/index.html')).toBeLessThan(asked.indexOf('/news/1.html'));
  });

  it('keeps a page that leads out of scope and follows none of its links', async () => {
    const elsewhere = await startFixtureServer({
      host: '127.0.0.3',
      pages: { '/': aSitePage('别处', '/deeper.html') },
    });
    rig = await CrawlRig.serving({
      pages: { '/': aSitePage('首页', '/out'), '/out': { status: 302, headers: { location: `${elsewhere.origin}/` } } },
    });
    const desk = await rig.crawl();
    const out = rig.looksAt(desk, '/out')[0];
    expect(out?.visit).toMatchObject({ outcome: 'ok', finalUrl: `${elsewhere.origin}/` });
    expect(out?.visit.detail).toContain('out of scope');
    expect(out?.capture?.visit).toBe(out?.visit);
    expect(out?.found).toEqual([]);
    expect(elsewhere.log.map(({ path }) => path)).toEqual(['/']);
    await elsewhere.close();
  });
});
