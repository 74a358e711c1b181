import { type Looker } from '#crawlers/runtime';
import { newId, type TaskId } from '#libs/domain';
import { type FixturePage } from '../support/fixture-server';
import { aSitePage, CrawlRig } from '../support/crawl-rig';
import { RecordingDesk } from '../support/recording-desk';

const site: Record<string, FixturePage> = {
  '/robots.txt': 'User-agent: *\nDisallow: /private/\n',
  '/': aSitePage('首页', '/xxpl/index.html', '/about.html', '/news/1.html', '/private/x'),
  '/xxpl/index.html': aSitePage('信息披露', '/xxpl/report.html'),
  '/xxpl/report.html': aSitePage('运营报告'),
  '/about.html': aSitePage('关于我们'),
  '/news/1.html': aSitePage('新闻', '/news/2.html'),
  '/news/2.html': aSitePage('新闻二'),
};

jest.setTimeout(60_000);

describe('the limits of a crawl', () => {
  let rig: CrawlRig;

  afterEach(() => rig.close());

  it('stops at the budget, says how many pages are left and leaves them planned', async () => {
    const links = Array.from({ length: 30 }, (_, n) => `/product-${n}.html`);
    rig = await CrawlRig.serving({
      pages: { '/': aSitePage('首页', ...links), ...Object.fromEntries(links.map((link) => [link, aSitePage(link)])) },
    });
    const desk = await rig.crawl({ maxPages: 10 });
    expect(desk.visited).toBe(10);
    expect(desk.inState('planned')).toHaveLength(21);
    expect(desk.gaps).toEqual([
      expect.objectContaining({
        code: 'budget',
        url: `${rig.server.origin}/`,
        detail: '21 pages known and not visited; budget 10 pages',
      }),
    ]);
  });

  it('visits twenty pages of an endless list and counts that there were more', async () => {
    const links = Array.from({ length: 15 }, (_, n) => `/list?page=${n + 1}`);
    const pages: Record<string, FixturePage> = {
      '/': aSitePage('首页', ...links),
      '/list': aSitePage('列表', ...links),
    };
    for (let n = 1; n <= 40; n += 1) pages[`/list?page=${n}`] = aSitePage(`第${n}页`, `/list?page=${n + 7}`);
    rig = await CrawlRig.serving({ pages });
    const desk = await rig.crawl();
    expect(rig.asked.filter((path) => path.startsWith('/list'))).toHaveLength(20);
    expect(desk.gaps.map(({ code }) => code)).toEqual(['template-sampled']);
  });

  it('goes eight links deep and says that there was more', async () => {
    const pages: Record<string, FixturePage> = { '/': aSitePage('0', '/d1.html') };
    for (let n = 1; n <= 12; n += 1) pages[`/d${n}.html`] = aSitePage(`${n}`, `/d${n + 1}.html`);
    rig = await CrawlRig.serving({ pages });
    const desk = await rig.crawl();
    expect(rig.asked.some((path) => path === '/d8.html')).toBe(true);
    expect(rig.asked.some((path) => path === '/d9.html')).toBe(false);
    expect(desk.gaps.map(({ code }) => code)).toEqual(['depth']);
  });

  it('tries three times what may end better, and hands over each attempt', async () => {
    rig = await CrawlRig.serving({ pages: { '/': aSitePage('首页', '/bad') }, faults: { '/bad': 'status-500' } });
    const desk = await rig.crawl();
    const attempts = rig.looksAt(desk, '/bad');
    expect(attempts.map(({ willRetry }) => willRetry)).toEqual([true, true, false]);
    expect(rig.asked.filter((path) => path === '/bad')).toHaveLength(3);
  });

  it.each([500, 403])('requests no page when robots.txt answers %d', async (status) => {
    rig = await CrawlRig.serving({ pages: { '/robots.txt': { status, body: '' }, '/': aSitePage('首页') } });
    const desk = await rig.crawl();
    expect(rig.asked.every((path) => path === '/robots.txt')).toBe(true);
    expect(rig.looksAt(desk, '/').map(({ visit }) => visit.outcome)).toEqual(['refused-by-robots']);
  });

  it('gives the start page of a host that does not answer the same outcome, and requests it no further', async () => {
    rig = await CrawlRig.serving({});
    await rig.server.close();
    const desk = await rig.crawl();
    expect(rig.looksAt(desk, '/').map(({ visit }) => visit.outcome)).toEqual(['unreachable']);
  });

  it('goes on where another process stopped, fetching robots.txt again without handing it over twice', async () => {
    rig = await CrawlRig.serving({ pages: site });
    const stop = new AbortController();
    const desk = new RecordingDesk(newId<TaskId>(), (look) => {
      if (look.page.url.endsWith('/xxpl/index.html')) stop.abort();
    });
    await rig.crawler().crawl(await rig.passAt(desk, {}, { signal: stop.signal }), desk);
    const before = desk.looks.length;
    expect(desk.inState('planned').length).toBeGreaterThan(0);
    await rig.crawler().crawl(await rig.passAt(desk), desk);
    expect(desk.looks.length).toBeGreaterThan(before);
    expect(desk.inState('planned')).toEqual([]);
    expect(desk.looks.filter((look) => look.page.role === 'robots')).toHaveLength(1);
    expect(rig.asked.filter((path) => path === '/robots.txt')).toHaveLength(2);
    const pages = rig.asked.filter((path) => path !== '/robots.txt');
    expect(new Set(pages).size).toBe(pages.length);
  });

  it('stops with the desk’s own error and begins nothing more', async () => {
    rig = await CrawlRig.serving({ pages: site });
    const desk = new RecordingDesk(newId<TaskId>(), (look) => {
      if (look.page.role === 'page') throw new Error('database is gone');
    });
    const failing = rig.crawler().crawl(await rig.passAt(desk), desk);
    await expect(failing).rejects.toThrow('database is gone');
    expect(rig.server.log.length).toBeLessThan(6);
  });

  it('leaves no listener for signals behind, nor one while it runs', async () => {
    rig = await CrawlRig.serving({ pages: site });
    const before = process.listenerCount('SIGINT');
    const during: number[] = [];
    const desk = new RecordingDesk(newId<TaskId>(), (look) => {
      if (look.page.role === 'page') during.push(process.listenerCount('SIGINT'));
    });
    await rig.crawler().crawl(await rig.passAt(desk), desk);
    expect(new Set(during)).toEqual(new Set([before]));
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('writes nothing to standard output or standard error', async () => {
    rig = await CrawlRig.serving({ pages: site });
    const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    await rig.crawl();
    const calls = [...out.mock.calls, ...err.mock.calls];
    out.mockRestore();
    err.mockRestore();
    expect(calls).toEqual([]);
  });

  it('hands pages that wait for the browser to the browser’s looker, robots.txt to HTTP', async () => {
    rig = await CrawlRig.serving({
      pages: { '/': '<!doctype html><div id="app"></div><script src="/a.js"></script>' },
    });
    const desk = new RecordingDesk();
    const crawler = rig.crawler();
    await crawler.crawl(await rig.passAt(desk), desk);
    const waiting = desk.inState('render');
    expect(waiting.map(({ renderReason }) => renderReason)).toEqual(['script']);
    const inBrowser: string[] = [];
    const http = rig.httpLooker();
    const browser: Looker = {
      look: async (wanted, pass) => {
        inBrowser.push(wanted.url);
        return { ...(await http.look(wanted, pass)), needsRender: null };
      },
    };
    await rig.crawler(browser).crawl(await rig.passAt(desk, { maxPages: 1 }, { by: 'browser', pages: waiting }), desk);
    expect(inBrowser).toEqual([`${rig.server.origin}/`]);
    expect(desk.gaps).toEqual([]);
  });
});
