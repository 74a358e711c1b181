import { type Look } from '#crawlers/runtime';
import { type BrowserLooker, type FoundBrowser } from '#crawlers/runtime/browser';
import { aBrowserLooker, aPass, describeWithBrowser, testBrowser } from '../support/browser-look';
import { startFixtureServer, type FixtureServer } from '../support/fixture-server';

jest.setTimeout(120_000);

const html = (body: string): string =>
  `<!doctype html><meta charset="utf-8"><title>示例</title><body><p>正文</p>${body}</body>`;

/** Public pages stand on 127.0.0.2 here, the secret one on 127.0.0.1; only the former is allowed. */
describeWithBrowser('the browser and addresses that must not be reached', () => {
  let browser: FoundBrowser;
  let looker: BrowserLooker;
  let secret: FixtureServer;
  let open: FixtureServer;
  let connections = 0;
  const names: Record<string, string[][]> = {};
  const pages: Record<string, string> = {};

  const lookAt = async (body: string): Promise<Look> => {
    pages['/'] = html(body);
    const { page, pass } = aPass(`${open.origin}/`, { allowAddresses: ['127.0.0.2/32'] });
    return looker.look(page, pass);
  };
  const lookAtUrl = (url: string): Promise<Look> => {
    const { page, pass } = aPass(url, { allowAddresses: ['127.0.0.2/32'] });
    return looker.look(page, pass);
  };

  beforeAll(async () => {
    browser = await testBrowser();
    secret = await startFixtureServer({ pages: { '/': '<p>机密</p>' }, host: '127.0.0.1' });
    open = await startFixtureServer({ pages, host: '127.0.0.2' });
    looker = aBrowserLooker(browser, {
      limits: { patienceMs: 2_000 },
      lookup: (name) =>
        Promise.resolve((names[name]?.length ?? 0) > 1 ? (names[name]?.shift() ?? []) : (names[name]?.[0] ?? [])),
    });
  });
  afterEach(() => {
    expect(secret.log).toHaveLength(connections);
    connections = 0;
  });
  afterAll(async () => {
    await looker.close();
    await secret.close();
    await open.close();
  });

  it('sees the open page, so that what follows proves something', async () => {
    const look = await lookAt('');
    expect(look.visit.outcome).toBe('ok');
    expect(look.capture?.incomplete).toEqual([]);
  });

  it.each([
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    'inside.example',
  ])('refuses %s as the address of a page', async (host) => {
    names['inside.example'] = [['127.0.0.1']];
    names.localhost = [['127.0.0.1', '::1']];
    const look = await lookAtUrl(`http://${host}:${secret.port}/`);
    expect(look.visit).toMatchObject({ outcome: 'refused-address', httpStatus: null });
    expect(look.capture).toBeNull();
  });

  it('refuses it over https too', async () => {
    const look = await lookAtUrl(`https://127.0.0.1:${secret.port}/`);
    expect(look.visit.outcome).toBe('refused-address');
  });

  it('refuses a redirect to it, of the server and of the page', async () => {
    pages['/moved'] = html(`<script>location.href = 'http://127.0.0.1:${secret.port}/'</script>`);
    const byPage = await lookAtUrl(`${open.origin}/moved`);
    expect(byPage.visit.outcome).toBe('refused-address');
    const other = await startFixtureServer({
      host: '127.0.0.2',
      pages: { '/': { status: 302, headers: { location: `http://127.0.0.1:${secret.port}/` } } },
    });
    const byServer = await lookAtUrl(`${other.origin}/`);
    await other.close();
    expect(byServer.visit).toMatchObject({ outcome: 'refused-address', httpStatus: null });
    expect(byServer.visit.redirects).toHaveLength(1);
  });

  it('refuses pictures, scripts, frames, fetches, workers and sockets of an open page, and names each', async () => {
    const at = `http://127.0.0.1:${secret.port}`;
    const look =
      await lookAt(`<img src="${at}/img"><script src="${at}/script"></script><iframe src="${at}/frame"></iframe>
      <link rel="stylesheet" href="${at}/css"><link rel="preconnect" href="${at}"><link rel="dns-prefetch" href="//127.0.0.1:${secret.port}">
      <script>fetch('${at}/fetch', { mode: 'no-cors' }); new WebSocket('ws://127.0.0.1:${secret.port}/ws'); new EventSource('${at}/events');
      navigator.sendBeacon('${at}/beacon', 'x'); window.open('${at}/window');
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${secret.port}' }] }); peer.createDataChannel('x'); peer.createOffer().then((o) => peer.setLocalDescription(o));
      new Worker(URL.createObjectURL(new Blob(["fetch('${at}/worker', { mode: 'no-cors' })"])))</script>`);
    expect(look.visit.outcome).toBe('ok');
    const said = look.capture?.incomplete.join('\n') ?? '';
    for (const what of ['img', 'script', 'frame', 'css', 'fetch', 'events', 'worker'])
      expect(said).toContain(`${at}/${what}`);
    expect(said).toMatch(/refused-address, address 127\.0\.0\.1 of host 127\.0\.0\.1 is not public \(loopback\)/);
    expect(JSON.stringify(look.document)).not.toContain('机密');
  });

  it('refuses a name that answers with an open address first and with a secret one afterwards', async () => {
    names['turns.example'] = [['127.0.0.2'], ['127.0.0.1']];
    pages['/turning'] = html(`<script>
      const again = () => fetch('http://turns.example:${secret.port}/').then((r) => r.text(), () => '').then((t) => { document.title += '[' + t + ']'; });
      again().then(again).then(again);</script>`);
    const look = await lookAtUrl(`http://turns.example:${open.port}/turning`);
    expect(look.visit.outcome).toBe('ok');
    expect(look.document?.title).toBe('示例[][][]');
    expect(look.capture?.incomplete.join('\n')).toContain('refused-address');
  });

  it('reaches no port of an open address that is no web port, unless the block is allowed', async () => {
    names['public.example'] = [['114.114.114.114']];
    const look = await lookAtUrl('http://public.example:5432/');
    expect(look.visit).toMatchObject({ outcome: 'refused-address' });
    expect(look.visit.detail).toContain('port 5432');
  });

  it('would have noticed: the secret page is there for whoever is let through', async () => {
    const { page, pass } = aPass(`${secret.origin}/`, { allowAddresses: ['127.0.0.1/32'] });
    const look = await looker.look(page, pass);
    connections = secret.log.length;
    expect(look.visit.outcome).toBe('ok');
    expect(connections).toBe(1);
  });
});
