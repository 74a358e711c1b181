import { HostPace, SinglePageCrawler } from '#crawlers/runtime';
import { CrawlRig } from '../support/crawl-rig';
import { RecordingDesk } from '../support/recording-desk';

jest.setTimeout(60_000);

describe('a crawl of one page', () => {
  let rig: CrawlRig;

  afterEach(() => rig.close());

  const crawl = async (path: string, signal = new AbortController().signal): Promise<RecordingDesk> => {
    const desk = new RecordingDesk();
    const url = rig.server.origin + path;
    await desk.plan([{ url, urlKey: url, role: 'page', depth: 0, priority: 0, linkText: '', persona: 'desktop' }]);
    const http = rig.httpLooker();
    const pass = await rig.passAt(desk, {}, { startUrl: url, signal });
    await new SinglePageCrawler({ looker: http, http, pace: new HostPace(null), retry: { baseDelayMs: 1 } }).crawl(
      pass,
      desk,
    );
    return desk;
  };

  it('asks robots.txt, follows the redirects of an advertisement and no link', async () => {
    const landing =
      '<title>借</title><h1>急用钱？</h1><p>凭身份证借款，三分钟到账，不限用途，全国可办。</p><a href="/more.html">more</a>';
    rig = await CrawlRig.serving({
      pages: {
        '/click': { status: 302, headers: { location: '/jump?to=land' } },
        '/jump': { status: 302, headers: { location: '/land.html' } },
        '/land.html': landing,
      },
    });
    const desk = await crawl('/click');
    expect(rig.asked).toEqual(['/robots.txt', '/click', '/jump?to=land', '/land.html']);
    const [look] = rig.looksAt(desk, '/click');
    expect(look?.visit.redirects.map(({ location }) => new URL(location).pathname)).toEqual(['/jump', '/land.html']);
    const exchanges = look?.capture?.parts.flatMap((part) =>
      part.kind === 'exchange' ? [[part.name, new URL(part.exchange.url).pathname]] : [],
    );
    expect(exchanges).toEqual([
      ['exchange-0', '/land.html'],
      ['exchange-1', '/click'],
      ['exchange-2', '/jump'],
    ]);
  });

  it('keeps with the page how it was reached and what allowed it', async () => {
    rig = await CrawlRig.serving({
      pages: { '/robots.txt': 'User-agent: *\nAllow: /a\nDisallow: /', '/a': '<p>text</p>' },
    });
    const desk = await crawl('/a');
    const part = rig.looksAt(desk, '/a')[0]?.capture?.parts.find(({ name }) => name === 'pageinfo');
    if (part?.kind !== 'resource') throw new Error('no pageinfo');
    expect(JSON.parse(Buffer.from(part.bytes).toString())).toMatchObject({
      requestedUrl: `${rig.server.origin}/a`,
      userAgent: 'MingchaMonitor/0.1.0 (+https://office.test/bot)',
      robots: 'robots.txt line 2: Allow: /a',
      accessMode: 'public',
      clock: { source: 'system', isVerified: false },
      connection: { remoteAddress: '127.0.0.1', tls: null },
      incomplete: [],
    });
  });

  it('stops at a redirect into what robots.txt forbids', async () => {
    rig = await CrawlRig.serving({
      pages: {
        '/robots.txt': 'User-agent: *\nDisallow: /hidden',
        '/a': { status: 302, headers: { location: '/hidden/b' } },
      },
    });
    const desk = await crawl('/a');
    expect(rig.asked).toEqual(['/robots.txt', '/a']);
    expect(rig.looksAt(desk, '/a')[0]?.visit).toMatchObject({ outcome: 'refused-by-robots', httpStatus: 302 });
  });

  it('requests nothing once it is aborted', async () => {
    rig = await CrawlRig.serving({ pages: { '/a': '<p>text</p>' } });
    const desk = await crawl('/a', AbortSignal.abort());
    expect(rig.asked).toEqual([]);
    expect(desk.inState('planned')).toHaveLength(1);
  });
});
