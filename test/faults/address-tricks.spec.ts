import { connect } from 'node:net';
import { HostPace, HttpLooker, type Look } from '#crawlers/runtime';
import { WebsiteCrawler } from '#crawlers/website';
import { addressRule, FilteringProxy, GuardedDispatcher, lookupBySystem, type Lookup } from '#libs/netguard';
import { ADDRESS_TRICKS, redirectTricks, TRICK_NAMES } from '../support/address-tricks';
import { Canary } from '../support/canary';
import { type FixturePage } from '../support/fixture-server';
import { aPage, aPass } from '../support/passes';
import { RecordingDesk } from '../support/recording-desk';

jest.setTimeout(60_000);

const OPEN = ['127.0.0.2/32'];
const EVERYTHING = ['0.0.0.0/0', '::/0'];
const IDENTITY = { version: '0', contact: 'test' };
const names: Record<string, readonly string[]> = { ...TRICK_NAMES };
const lookup: Lookup = (name) => Promise.resolve(names[name.toLowerCase()] ?? lookupBySystem(name));

/** Public pages stand on 127.0.0.2, the canary on every other address of this machine and on the same port. */
describe('tricks with addresses, over HTTP', () => {
  let canary: Canary;
  const pages: Record<string, FixturePage> = {};
  const dispatchers: GuardedDispatcher[] = [];

  const aDispatcher = (allow: readonly string[]): GuardedDispatcher => {
    const timeouts = { connectTimeoutMs: 400, headersTimeoutMs: 2_000 };
    const dispatcher = new GuardedDispatcher({ rule: addressRule(allow), lookup, ...timeouts });
    dispatchers.push(dispatcher);
    return dispatcher;
  };
  const look = (url: string, dispatcher: GuardedDispatcher): Promise<Look> =>
    new HttpLooker({ dispatcher, pace: new HostPace(null), identity: IDENTITY }).look(aPage({ url }), aPass());
  /** What undici makes of an address by itself, without the parts of the line that refuse it earlier. */
  const ask = async (url: string, dispatcher: GuardedDispatcher): Promise<string | null> => {
    const { origin, pathname } = new URL(url);
    return dispatcher
      .request({ origin, path: pathname, method: 'GET' })
      .then(({ body }) => body.text())
      .catch(() => null);
  };

  beforeAll(async () => (canary = await Canary.beside({ pages })));
  afterEach(async () => {
    for (const dispatcher of dispatchers.splice(0)) await dispatcher.destroy();
    expect(canary.take()).toEqual([]);
  });
  afterAll(() => canary.close());

  it('lets the open site be seen, so that what follows proves something', async () => {
    pages['/'] = `<title>示例</title><p>${'出借需谨慎。'.repeat(60)}</p>`;
    const dispatcher = aDispatcher(OPEN);
    expect((await look(`${canary.site.origin}/`, dispatcher)).visit.outcome).toBe('ok');
    expect((await look(`http://open.example:${canary.port}/`, dispatcher)).visit.outcome).toBe('ok');
  });

  it(`are ${ADDRESS_TRICKS.length} spellings, those marked as live proven to reach the canary where nothing guards it`, async () => {
    expect(ADDRESS_TRICKS.length + redirectTricks('PORT').length).toBeGreaterThanOrEqual(60);
    for (const { host, isLive } of ADDRESS_TRICKS) {
      if (!isLive) continue;
      await ask(`http://${host}:${canary.port}/`, aDispatcher(EVERYTHING));
      expect([host, canary.take().length]).toEqual([host, 1]);
    }
  });

  it.each(ADDRESS_TRICKS)('brings nobody to $host', async ({ host }) => {
    const dispatcher = aDispatcher(OPEN);
    const { visit, capture } = await look(`http://${host}:${canary.port}/`, dispatcher);
    expect([visit.outcome, capture]).toEqual([expect.stringMatching(/^(refused-address|unreachable)$/), null]);
    expect(await ask(`http://${host}:${canary.port}/`, dispatcher)).toBeNull();
    expect(await ask(`https://${host}:${canary.port}/`, dispatcher)).toBeNull();
  });

  it.each(redirectTricks('PORT').map((location, nth) => ({ location, nth })))(
    'follows no redirect to $location',
    async ({ nth }) => {
      const location = Buffer.from(redirectTricks(canary.port)[nth] ?? '').toString('latin1');
      for (const status of [301, 302, 303, 307, 308]) {
        pages['/away'] = { status, headers: { location } };
        const { visit } = await look(`${canary.site.origin}/away`, aDispatcher(OPEN));
        // A location that names no other host stays on the site, where nothing stands at such a path.
        expect(visit.outcome).toMatch(/^(refused-address|gone)$/);
      }
    },
  );

  it('follows no header that promises a page elsewhere', async () => {
    const inside = `http://127.0.0.1:${canary.port}/`;
    const headers = {
      refresh: `0; url=${inside}`,
      link: `<${inside}>; rel=preload; as=script`,
      'alt-svc': `h2=":${canary.port}"`,
    };
    for (const status of [200, 201, 300, 304, 305, 306]) {
      pages['/headers'] = {
        status,
        headers: { ...headers, location: inside, 'content-location': inside },
        body: '<p>x</p>',
      };
      await look(`${canary.site.origin}/headers`, aDispatcher(OPEN));
    }
  });

  it('asks for a name once per connection: one that turns to the canary afterwards is refused', async () => {
    const answers = [['127.0.0.2'], ['127.0.0.1'], ['::1'], ['127.0.0.2', '127.0.0.1']];
    names['turns.example'] = [];
    Object.defineProperty(names, 'turns.example', { get: () => answers.shift() ?? ['127.0.0.1'], configurable: true });
    pages['/turn'] = { status: 302, headers: { location: '/turn-2', connection: 'close' } };
    pages['/turn-2'] = { status: 302, headers: { location: '/', connection: 'close' } };
    const { visit } = await look(`http://turns.example:${canary.port}/turn`, aDispatcher(OPEN));
    expect([visit.outcome, visit.redirects.length]).toEqual(['refused-address', 1]);
  });

  it('takes of a mixed answer only what is open, whatever its order', async () => {
    names['mixed.example'] = ['127.0.0.1', '::1', '127.0.0.2', '10.0.0.1'];
    expect((await look(`http://mixed.example:${canary.port}/`, aDispatcher(OPEN))).visit.outcome).toBe('ok');
  });

  it('is led inside neither by links, frames, sitemap, robots.txt nor base of a site in scope', async () => {
    const inside = `http://inside.open.example:${canary.port}`;
    names['inside.open.example'] = ['127.0.0.1'];
    Object.assign(pages, {
      '/': `<base href="${inside}/"><title>示例</title><a href="a">一</a><a href="${inside}/b">二</a><a href="//inside.open.example:${canary.port}/c">三</a>
        <iframe src="${inside}/frame"></iframe><meta http-equiv="refresh" content="0; url=${inside}/refresh"><p>${'出借需谨慎。'.repeat(60)}</p>`,
      '/robots.txt': `User-agent: *\nAllow: /\nSitemap: ${inside}/sitemap.xml\nSitemap: http://127.0.0.1:${canary.port}/s.xml`,
    });
    const startUrl = `http://open.example:${canary.port}/`;
    const http = new HttpLooker({ dispatcher: aDispatcher(OPEN), pace: new HostPace(null), identity: IDENTITY });
    const desk = new RecordingDesk();
    await desk.plan([{ ...aPage({ url: startUrl }), role: 'page' }]);
    const pass = aPass({ startUrl, pages: desk.inState('planned') });
    await new WebsiteCrawler({ looker: http, http, pace: new HostPace(null), retry: { baseDelayMs: 1 } }).crawl(
      pass,
      desk,
    );
    const refused = desk.looks
      .filter(({ visit }) => visit.outcome === 'refused-address')
      .map(({ visit }) => visit.requestedUrl);
    for (const path of ['/a', '/b', '/c', '/sitemap.xml']) expect(refused).toContain(inside + path);
  });

  describe('through the proxy of the browser', () => {
    let proxy: FilteringProxy;
    beforeAll(
      async () => (proxy = await FilteringProxy.open({ rule: addressRule(OPEN), lookup, connectTimeoutMs: 400 })),
    );
    afterAll(() => proxy.close());

    /** Says a request to the proxy as it stands, with nothing put right on the way; gives its first line. */
    const say = (line: string): Promise<string> =>
      new Promise((resolve) => {
        const credential = Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64');
        const socket = connect(proxy.port, '127.0.0.1');
        let answer = '';
        socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
        socket.on('close', () => resolve(answer.split('\r\n', 1)[0] ?? ''));
        socket.on('error', () => resolve(''));
        socket.write(
          `${line} HTTP/1.1\r\nHost: open.example\r\nProxy-Authorization: Basic ${credential}\r\nConnection: close\r\n\r\n`,
        );
      });

    it('brings whoever may come to the open site', async () => {
      expect(await say(`GET ${canary.site.origin}/`)).toBe('HTTP/1.1 200 OK');
    });

    it.each(ADDRESS_TRICKS)('opens neither page nor tunnel at $host', async ({ host }) => {
      const written = Buffer.from(host).toString('latin1');
      for (const line of [`GET http://${written}:${canary.port}/`, `CONNECT ${written}:${canary.port}`])
        expect(await say(line)).not.toMatch(/^HTTP\/1\.1 200/);
    });
  });
});
