import { type Look } from '#crawlers/runtime';
import { type BrowserLooker } from '#crawlers/runtime/browser';
import { aBrowserLooker, aPass, describeWithBrowser, testBrowser } from '../support/browser-look';
import { Canary } from '../support/canary';
import { type FixturePage } from '../support/fixture-server';

jest.setTimeout(120_000);

const html = (body: string): string =>
  `<!doctype html><meta charset="utf-8"><title>示例</title><body><p>正文</p>${body}</body>`;

/** Markup that makes a browser fetch something by itself. `at(name)` is an address where the canary sits. */
const IN_MARKUP = (at: (name: string) => string): Readonly<Record<string, string>> => ({
  img: `<img src="${at('img')}">`,
  srcset: `<img srcset="${at('srcset')} 1x"><picture><source srcset="${at('source')}"><img></picture>`,
  'input-image': `<input type="image" src="${at('input-image')}">`,
  script: `<script src="${at('script')}"></script><script type="module" src="${at('module')}"></script>`,
  style: `<link rel="stylesheet" href="${at('style')}"><style>@import "${at('import')}";</style>`,
  font: `<style>@font-face { font-family: x; src: url(${at('font')}) } b { font-family: x }</style><b>字</b>`,
  background: `<div style="background: url(${at('background')}); cursor: url(${at('cursor')}), auto; width: 9px; height: 9px"></div>`,
  'svg-use': `<svg><use href="${at('use')}#a"/><image href="${at('svg-image')}"/></svg>`,
  frame: `<iframe src="${at('frame')}"></iframe>`,
  srcdoc: `<iframe srcdoc="<img src='${at('srcdoc')}'>"></iframe>`,
  'data-frame': `<iframe src="data:text/html,<img src='${at('data-frame')}'>"></iframe>`,
  object: `<object data="${at('object')}"></object><embed src="${at('embed')}">`,
  media: `<video src="${at('video')}" poster="${at('poster')}" autoplay></video><audio src="${at('audio')}" preload="auto"></audio>`,
  track: `<video><track default src="${at('track')}"></video>`,
  links: ['icon', 'manifest', 'preload', 'prefetch', 'modulepreload', 'preconnect', 'dns-prefetch', 'prerender']
    .map((rel) => `<link rel="${rel}" as="script" href="${at(rel)}">`)
    .join(''),
  speculation: `<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${at('speculation')}"]}]}</script>`,
});

/** The same by script. */
const IN_SCRIPT = (at: (name: string) => string, host: string): Readonly<Record<string, string>> => ({
  fetch: `fetch('${at('fetch')}', { mode: 'no-cors', keepalive: true })`,
  xhr: `const x = new XMLHttpRequest(); x.open('POST', '${at('xhr')}'); x.send('x')`,
  beacon: `navigator.sendBeacon('${at('beacon')}', 'x')`,
  events: `new EventSource('${at('events')}')`,
  socket: `new WebSocket('ws://${host}/socket'); new WebSocket('wss://${host}/socket')`,
  transport: `new WebTransport('https://${host}/transport').ready.catch(() => 0)`,
  peer: `const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${host}' }, { urls: ['turn:${host}?transport=udp', 'turn:${host}?transport=tcp'], username: 'u', credential: 'c' }] });
    p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o))`,
  worker: `new Worker(URL.createObjectURL(new Blob(["importScripts('${at('import-scripts')}')"]))); new Worker(URL.createObjectURL(new Blob(["fetch('${at('worker')}', { mode: 'no-cors' })"])))`,
  shared: `new SharedWorker(URL.createObjectURL(new Blob(["fetch('${at('shared-worker')}', { mode: 'no-cors' })"])))`,
  service: `navigator.serviceWorker.register('/sw.js')`,
  import: `import('${at('dynamic-import')}').catch(() => 0)`,
  window: `window.open('${at('window')}')`,
  form: `const f = document.createElement('form'); f.method = 'post'; f.target = 'inner'; f.action = '${at('form')}'; const i = document.createElement('iframe'); i.name = 'inner'; document.body.append(f, i); f.submit()`,
  ping: `const a = document.createElement('a'); a.href = '#x'; a.ping = '${at('ping')}'; document.body.append(a); a.click()`,
  redirected: `fetch('/away', { mode: 'no-cors' }); new Image().src = '/away?image'`,
  style: `document.adoptedStyleSheets = [Object.assign(new CSSStyleSheet(), {})]; document.body.style.listStyleImage = "url(${at('list-style')})"`,
});

/** What a page may do to leave for an address by itself. */
const LEAVING = (url: string): readonly string[] => [
  `<meta http-equiv="refresh" content="0; url=${url}">`,
  `<script>location.href = '${url}'</script>`,
  `<script>setTimeout(() => location.replace('${url}'), 300)</script>`,
  `<form id="f" method="post" action="${url}"></form><script>f.submit()</script>`,
  `<a id="a" href="${url}">去</a><script>a.click()</script>`,
  `<a id="d" href="${url}" download="x">存</a><script>d.click()</script>`,
  `<script>location.href = '/away'</script>`,
  `<iframe srcdoc="<script>top.location = '${url}'</script>"></iframe>`,
  `<script>navigation.navigate('${url}')</script>`,
];

/** Public pages stand on 127.0.0.2, the canary on every other address of this machine and on the same port. */
describeWithBrowser('tricks with addresses, in the browser', () => {
  let canary: Canary;
  let looker: BrowserLooker;
  const pages: Record<string, FixturePage> = {};
  const answersTo: Record<string, string[][]> = {
    'inside.example': [['127.0.0.1']],
    localhost: [['127.0.0.1', '::1']],
    'turns.example': [['127.0.0.2'], ['127.0.0.1']],
  };
  const hosts = ['127.0.0.1', '[::1]', 'localhost', 'inside.example'];

  const lookAt = (body: string, allow = ['127.0.0.2/32']): Promise<Look> => {
    pages['/'] = html(body);
    const { page, pass } = aPass(`${canary.site.origin}/`, { allowAddresses: allow });
    return looker.look(page, pass);
  };
  const everyTrickAt = (host: string): string => {
    const at = (name: string): string => `http://${host}:${canary.port}/${name}`;
    pages['/sw.js'] = {
      type: 'text/javascript',
      body: `self.addEventListener('install', (e) => e.waitUntil(fetch('${at('service-worker')}', { mode: 'no-cors' }).catch(() => 0)))`,
    };
    pages['/away'] = { status: 302, headers: { location: at('redirected') } };
    const scripts = Object.values(IN_SCRIPT(at, `${host}:${canary.port}`)).map(
      (code) => `<script>try { ${code} } catch {}</script>`,
    );
    return [...Object.values(IN_MARKUP(at)), ...scripts].join('\n');
  };

  beforeAll(async () => {
    canary = await Canary.beside({ pages });
    const lookup = (name: string): Promise<readonly string[]> => {
      const answers = answersTo[name] ?? [];
      return Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? []);
    };
    looker = aBrowserLooker(await testBrowser(), { limits: { patienceMs: 1_500, settleMs: 8_000 }, lookup });
  });
  afterEach(() => expect(canary.take()).toEqual([]));
  afterAll(async () => {
    await looker.close();
    await canary.close();
  });

  it('reach the canary where its address is allowed, so that what follows proves something', async () => {
    await lookAt(everyTrickAt('127.0.0.1'), ['127.0.0.0/8']);
    expect(canary.take().length).toBeGreaterThan(30);
  });

  it.each(hosts)('bring nothing of an open page to %s, and the page is seen all the same', async (host) => {
    const look = await lookAt(everyTrickAt(host));
    expect(['ok', 'partial']).toContain(look.visit.outcome);
    expect(JSON.stringify(look.document)).not.toContain('secret');
    expect(look.capture?.incomplete.join('\n')).toContain('refused-address');
  });

  it.each(LEAVING('ADDRESS').map((way, nth) => ({ way, nth })))(
    'follow no page that leaves by $way',
    async ({ nth }) => {
      pages['/away'] = { status: 302, headers: { location: `http://127.0.0.1:${canary.port}/` } };
      const look = await lookAt(LEAVING(`http://127.0.0.1:${canary.port}/`)[nth] ?? '');
      expect(JSON.stringify(look.document)).not.toContain('secret');
    },
  );

  it('obey no header that names an address', async () => {
    const at = `http://127.0.0.1:${canary.port}/header`;
    pages['/headers'] = {
      body: html('<script>fetch("/missing")</script>'),
      headers: {
        link: `<${at}>; rel=preload; as=script, <${at}>; rel=preconnect`,
        'alt-svc': `h2="127.0.0.1:${canary.port}", h3="127.0.0.1:${canary.port}"`,
        'report-to': `{"group":"g","max_age":60,"endpoints":[{"url":"${at}"}]}`,
        'reporting-endpoints': `g="${at}"`,
        nel: '{"report_to":"g","max_age":60,"success_fraction":1}',
        'content-security-policy': `img-src 'none'; report-uri ${at}; report-to g`,
        'speculation-rules': `"${at}"`,
      },
    };
    const { page, pass } = aPass(`${canary.site.origin}/headers`, { allowAddresses: ['127.0.0.2/32'] });
    expect((await looker.look(page, pass)).visit.outcome).toBe('ok');
  });

  it('ask for a name anew for each connection, and refuse it once it turns to the canary', async () => {
    pages['/turning'] = html(`<script>
      const again = () => fetch('http://turns.example:${canary.port}/', { cache: 'no-store' }).catch(() => 0);
      again().then(again).then(again).then(() => document.title += '[end]')</script>`);
    const { page, pass } = aPass(`http://turns.example:${canary.port}/turning`, { allowAddresses: ['127.0.0.2/32'] });
    const look = await looker.look(page, pass);
    expect(look.document?.title).toContain('[end]');
    expect(look.capture?.incomplete.join('\n')).toContain('refused-address');
  });
});
