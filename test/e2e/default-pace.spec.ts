import { type RunReport } from '#libs/reporting';
import { startFixtureServer } from '../support/fixture-server';
import { mingcha } from '../support/mingcha';

const STYLE = 'body{background:#fff}';

describe('a crawl at the default pace', () => {
  it('never asks one host twice within a second, by the log of the server, pictures and styles of the browser included', async () => {
    const site = await startFixtureServer({
      pages: {
        '/': '<title>缓行网</title><link rel="stylesheet" href="/a.css"><h1>缓行网</h1><p>设立风险备付金，逾期全额垫付</p><a href="/about.html">关于我们</a><img src="/a.svg" alt="">',
        '/about.html': '<title>关于我们</title><p>缓行信息技术有限公司</p>',
        '/a.css': { body: STYLE, type: 'text/css' },
        '/a.svg': { body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', type: 'image/svg+xml' },
      },
    });
    try {
      const orders = ['--allow-address', '127.0.0.0/8', '--as-of', '2018-03-15', '--json'];
      const ended = await mingcha(['crawl', `${site.origin}/`, ...orders]);
      expect(ended.code).toBe(0);
      const report = JSON.parse(ended.stdout) as RunReport;
      const rendered = report.targets.flatMap((target) => target.visits).filter((visit) => visit.rendered);
      expect(report.run.pacePerSecond).toBe(1);
      expect(rendered.map((visit) => visit.outcome)).toContain('ok');
      expect(site.log.map((request) => request.path)).toEqual(
        expect.arrayContaining(['/robots.txt', '/a.css', '/a.svg']),
      );
      const gaps = site.log.slice(1).map((request, i) => request.at - (site.log[i]?.at ?? 0));
      expect(gaps.length).toBeGreaterThanOrEqual(7);
      expect(gaps.filter((gap) => gap < 1_000)).toEqual([]);
    } finally {
      await site.close();
    }
  }, 180_000);
});
