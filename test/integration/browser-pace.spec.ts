import { HostPace } from '#crawlers/runtime';
import { type FoundBrowser } from '#crawlers/runtime/browser';
import { aBrowserLooker, aPass, describeWithBrowser, testBrowser } from '../support/browser-look';
import { startFixtureServer, type FixtureServer, type FixtureServerOptions } from '../support/fixture-server';

jest.setTimeout(120_000);

const html = (body: string): string => `<!doctype html><meta charset="utf-8"><title>示例</title><body>${body}</body>`;

describeWithBrowser('a look in the browser, paced', () => {
  let browser: FoundBrowser;
  const servers: FixtureServer[] = [];
  const serve = async (options: FixtureServerOptions): Promise<FixtureServer> => {
    const server = await startFixtureServer(options);
    servers.push(server);
    return server;
  };

  beforeAll(async () => {
    browser = await testBrowser();
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  it('keeps requests to one host apart, whatever asks: pictures, scripts, redirects, preflights, frames, sockets', async () => {
    const other = await serve({
      pages: {
        '/api': { body: '{}', headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' } },
      },
    });
    const { origin, port, log } = await serve({
      pages: {
        '/': html(`<img src="/1.svg"><img src="/moved.svg"><script src="/a.js"></script><iframe src="/in.html"></iframe>
          <script>fetch('http://localhost:${other.port}/api', { method: 'POST', headers: { 'x-a': '1' } }); new WebSocket('ws://' + location.host + '/ws')</script>`),
        '/1.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '/moved.svg': { status: 302, headers: { location: '/2.svg' } },
        '/2.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '/a.js': 'fetch("/b.json")',
        '/b.json': '{}',
        '/in.html': html('<p>框</p>'),
      },
    });
    const paced = aBrowserLooker(browser, { pace: new HostPace(2) });
    try {
      const { page, pass } = aPass(`${origin}/`, { allowAddresses: ['127.0.0.0/8', '::1/128'] });
      const look = await paced.look(page, pass);
      expect(look.visit.outcome).toBe('ok');
    } finally {
      await paced.close();
    }
    expect(port).not.toBe(other.port);
    for (const arrivals of [log, other.log]) {
      const gaps = arrivals.slice(1).map(({ at }, nth) => at - (arrivals[nth]?.at ?? 0));
      expect(gaps.filter((gap) => gap < 500)).toEqual([]);
    }
    expect(log.map(({ path }) => path).sort()).toEqual([
      '/',
      '/1.svg',
      '/2.svg',
      '/a.js',
      '/b.json',
      '/in.html',
      '/moved.svg',
      '/ws',
    ]);
    expect(other.log.map(({ method }) => method)).toEqual(['OPTIONS', 'POST']);
  });
});
