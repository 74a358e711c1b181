import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Exchange } from '#libs/domain';
import { documentOfParts, type BrowserLooker } from '#crawlers/runtime/browser';
import { type Look } from '#crawlers/runtime';
import {
  aBrowserLooker,
  aPass,
  bytesOf,
  describeWithBrowser,
  exchangesIn,
  pageInfoOf,
  testBrowser,
} from '../support/browser-look';
import { startFixtureServer, type FixtureServer, type FixtureServerOptions } from '../support/fixture-server';
import { encodeGbk } from '../support/gbk';

jest.setTimeout(120_000);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const html = (body: string, head = ''): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>示例</title>${head}</head><body>${body}</body></html>`;

describeWithBrowser('a look in the browser', () => {
  let looker: BrowserLooker;
  const servers: FixtureServer[] = [];

  const serve = async (options: FixtureServerOptions): Promise<FixtureServer> => {
    const server = await startFixtureServer(options);
    servers.push(server);
    return server;
  };
  const lookAt = (url: string): Promise<Look> => {
    const { page, pass } = aPass(url, { allowAddresses: ['127.0.0.0/8', '::1/128'] });
    return looker.look(page, pass);
  };
  const visibleIn = (look: Look): string[] =>
    (look.document?.texts ?? []).filter(({ source }) => source === 'visible').map(({ text }) => text);
  const exchangeTo = (look: Look, path: string): Exchange | undefined =>
    exchangesIn(look).find(({ url }) => new URL(url).pathname === path);

  beforeAll(async () => {
    looker = aBrowserLooker(await testBrowser());
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  afterAll(() => looker.close());

  it('sees what scripts write, and every exchange once, with the document first', async () => {
    const { origin, log } = await serve({
      pages: {
        '/': html(
          '<div id="app"></div><img src="/a.svg"><script src="/app.js"></script>',
          '<link rel="stylesheet" href="/a.css">',
        ),
        '/app.js': `fetch('/data.json').then((r) => r.json()).then((j) => { document.getElementById('app').textContent = j.text; });`,
        '/data.json': '{"text":"平台设立风险备付金"}',
        '/a.css': 'body { color: #333 }',
        '/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      },
    });
    const look = await lookAt(`${origin}/`);
    expect(look.visit).toMatchObject({ outcome: 'ok', httpStatus: 200, isRendered: true, finalUrl: `${origin}/` });
    expect(visibleIn(look)).toContain('平台设立风险备付金');
    expect(exchangesIn(look).map(({ url }) => new URL(url).pathname)[0]).toBe('/');
    expect(
      exchangesIn(look)
        .map(({ url }) => new URL(url).pathname)
        .sort(),
    ).toEqual(log.map(({ path }) => path).sort());
    expect(look.capture?.incomplete).toEqual([]);
    expect(look.capture?.parts.map(({ name }) => name).filter((name) => !name.startsWith('exchange'))).toEqual([
      'dom',
      'layout',
      'screenshot',
      'pageinfo',
    ]);
    expect(look).toMatchObject({ needsRender: null, found: [], willRetry: false });
  });

  it('keeps the bytes the server sent, in their own charset and out of their packing', async () => {
    const gbk = encodeGbk(
      '<!doctype html><meta charset="gbk"><title>贷款</title><p>校园贷零首付</p><script src="/a.js"></script>',
    );
    const packed = Buffer.from('document.title = "装好";'.repeat(2000));
    const { origin } = await serve({
      pages: {
        '/': {
          body: gbk,
          type: 'text/html; charset=gbk',
          headers: { 'set-cookie': ['a=1', 'b=2'], 'X-Odd-Case': 'yes' },
        },
        '/a.js': {
          body: gzipSync(packed),
          type: 'text/javascript; charset=utf-8',
          headers: { 'content-encoding': 'gzip' },
        },
      },
    });
    const look = await lookAt(`${origin}/`);
    const [main] = exchangesIn(look);
    expect(sha256(main?.body ?? Buffer.of())).toBe(sha256(gbk));
    expect(sha256(exchangeTo(look, '/a.js')?.body ?? Buffer.of())).toBe(sha256(packed));
    expect(exchangeTo(look, '/a.js')).toMatchObject({
      isBodyDecoded: true,
      truncated: null,
      remoteAddress: '127.0.0.1',
    });
    expect(visibleIn(look)).toContain('校园贷零首付');
    const names = main?.responseHeaders.filter(([name]) =>
      /^(set-cookie|x-odd-case|connection|keep-alive)$/i.test(name),
    );
    expect(names).toEqual([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['X-Odd-Case', 'yes'],
    ]);
    expect(JSON.stringify(main?.requestHeaders)).not.toMatch(/proxy-/i);
    expect(look.document?.title).toBe('装好');
  });

  it('finds text behind tabs, folds and covers, and puts the first tab back', async () => {
    const { origin } = await serve({
      pages: {
        '/': html(`
          <div id="cover" style="position:fixed;inset:0;background:#fff;z-index:9"><p>新手红包八百八十八元</p><span class="close" onclick="cover.remove()">×</span></div>
          <ul class="tabs"><li class="active" onclick="show(this,'/a.json')">出借</li><li onclick="show(this,'/b.json')">借款</li></ul>
          <div id="pane">出借端的说明</div>
          <div role="tab" onclick="hid.style.display='block'">产品</div><div id="hid" style="display:none">无视征信，秒批现金贷</div>
          <details><summary>常见问题</summary><p>逾期怎么办</p></details>
          <a href="/elsewhere" class="tab-item">离开</a><button onclick="location.href='/gone-away'">更多</button>
          <div style="height:3000px"></div><div id="lazy"></div>
          <script>
            function show(tab, url) { fetch(url).then((r) => r.json()).then((j) => { pane.textContent = j.text; }); }
            addEventListener('scroll', () => { if (scrollY > 1500) lazy.textContent = '滚动才出现的首付贷'; });
          </script>`),
        '/a.json': '{"text":"出借端的说明"}',
        '/b.json': '{"text":"借款端：凭学生证即可借款"}',
      },
    });
    const look = await lookAt(`${origin}/`);
    const shown = visibleIn(look);
    for (const text of [
      '借款端：凭学生证即可借款',
      '无视征信，秒批现金贷',
      '滚动才出现的首付贷',
      '新手红包八百八十八元',
      '出借端的说明',
      '逾期怎么办',
    ])
      expect(shown).toContain(text);
    expect(look.visit.finalUrl).toBe(`${origin}/`);
    const info = pageInfoOf(look);
    expect(info.states.map(({ label, texts }) => [label, texts.map(({ text }) => text)])).toContainEqual([
      '借款',
      ['借款端：凭学生证即可借款'],
    ]);
    expect(info.steps.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['overlay', 'scroll', 'details', 'tab', 'more', 'restore']),
    );
    expect(Buffer.from(bytesOf(look, 'dom')).toString()).toContain('<div id="pane">出借端的说明</div>');
    expect(look.capture?.incomplete.join('\n')).toContain('/gone-away');
    expect(exchangeTo(look, '/gone-away')).toBeUndefined();
  });

  it('reads the same document again from the sealed parts alone', async () => {
    const { origin } = await serve({
      pages: {
        '/': html('<p>主文</p><iframe srcdoc="<p>框中之框</p>"></iframe><iframe src="/in.html"></iframe>'),
        '/in.html': html('<table><tr><th>年化利率</th><td>百分之二十四</td></tr></table>'),
      },
    });
    const look = await lookAt(`${origin}/`);
    expect(visibleIn(look)).toEqual(expect.arrayContaining(['主文', '框中之框', '百分之二十四']));
    expect(documentOfParts(bytesOf(look, 'dom'), bytesOf(look, 'pageinfo'))).toEqual(look.document);
  });

  it('follows redirects of the server and of the page, and tells each', async () => {
    const { origin } = await serve({
      pages: {
        '/': { status: 302, headers: { location: '/second' } },
        '/second': html('<script>location.replace("/third")</script>'),
        '/third': html('<meta http-equiv="refresh" content="0;url=/end">'),
        '/end': html('<p>终点的页面正文</p>'),
      },
    });
    const look = await lookAt(`${origin}/`);
    expect(look.visit).toMatchObject({ outcome: 'ok', finalUrl: `${origin}/end` });
    expect(look.visit.redirects).toEqual([
      { url: `${origin}/`, status: 302, location: `${origin}/second` },
      { url: `${origin}/second`, status: 200, location: `${origin}/third` },
      { url: `${origin}/third`, status: 200, location: `${origin}/end` },
    ]);
    expect(exchangesIn(look).map(({ url }) => new URL(url).pathname)).toEqual(['/end', '/', '/second', '/third']);
  });

  it('leaves the next look nothing of the one before: no cookie, no storage, no cache, no worker', async () => {
    const { origin, log } = await serve({
      pages: {
        '/': {
          body: html(`<p id="p"></p><script>p.textContent = [document.cookie, localStorage.getItem('k')].join('|') + '!';
            localStorage.setItem('k', 'v'); navigator.serviceWorker.register('/sw.js')</script>`),
          headers: { 'set-cookie': 'a=1', 'cache-control': 'max-age=600' },
        },
        '/sw.js': {
          body: `self.addEventListener('install', (e) => e.waitUntil(fetch('/from-worker')));`,
          type: 'text/javascript',
        },
        '/from-worker': 'x',
      },
    });
    const first = await lookAt(`${origin}/`);
    const second = await lookAt(`${origin}/`);
    expect(visibleIn(first)).toEqual(['a=1|!']);
    expect(visibleIn(second)).toEqual(['a=1|!']);
    expect(log.filter(({ path }) => path === '/')).toHaveLength(2);
    for (const look of [first, second])
      expect(exchangesIn(look).map(({ url }) => new URL(url).pathname)).toEqual(
        expect.arrayContaining(['/sw.js', '/from-worker']),
      );
    expect(log.filter(({ path, rawHeaders }) => path === '/' && rawHeaders.join().includes('a=1'))).toEqual([]);
  });

  it('says who it is and shows itself as a visitor from China', async () => {
    const { origin, log } = await serve({
      pages: {
        '/': html(
          '<p id="p"></p><script>p.textContent = [navigator.language, new Date(0).getHours(), innerWidth, innerHeight].join()</script>',
        ),
      },
    });
    expect(visibleIn(await lookAt(`${origin}/`))).toEqual(['zh-CN,8,1280,800']);
    expect(log[0]?.userAgent).toMatch(/Chrome\/\d+.* MingchaMonitor\/0\.0\.0 \(\+tests@example\.invalid\)$/);
  });
});
