import { readFile, writeFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Look } from '#crawlers/runtime';
import { type BrowserLooker } from '#crawlers/runtime/browser';
import { aBrowserLooker, aPass, describeWithBrowser, exchangesIn, testBrowser } from '../support/browser-look';
import {
  startFixtureServer,
  type FixturePage,
  type FixtureServer,
  type FixtureServerOptions,
} from '../support/fixture-server';

jest.setTimeout(180_000);

const html = (body: string): string => `<!doctype html><meta charset="utf-8"><title>示例</title><body>${body}</body>`;
/** For pages that never end by themselves; all others have the time that real ones have. */
const HASTY = {
  settleMs: 5_000,
  openingMs: 3_000,
  gatherMs: 5_000,
  headersTimeoutMs: 3_000,
  bodyTimeoutMs: 2_000,
  patienceMs: 1_000,
};

describeWithBrowser('the browser before hostile pages', () => {
  let looker: BrowserLooker;
  let hasty: BrowserLooker;
  const servers: FixtureServer[] = [];

  const serve = async (options: FixtureServerOptions): Promise<FixtureServer> => {
    const server = await startFixtureServer({
      ...options,
      pages: { '/next': html('<p>下一页如常可见</p>'), ...options.pages },
    });
    servers.push(server);
    return server;
  };
  const lookAt = (url: string, by = looker): Promise<Look> => {
    const { page, pass } = aPass(url, { allowAddresses: ['127.0.0.0/8', '::1/128'] });
    return by.look(page, pass);
  };
  const textOf = (look: Look): string => (look.document?.texts ?? []).map(({ text }) => text).join('\n');
  const expectNextPageIsSeen = async (origin: string, by = looker): Promise<void> => {
    const look = await lookAt(`${origin}/next`, by);
    expect(look.visit).toMatchObject({ outcome: 'ok' });
    expect(textOf(look)).toContain('下一页如常可见');
  };

  beforeAll(async () => {
    looker = aBrowserLooker(await testBrowser());
    hasty = aBrowserLooker(await testBrowser(), { limits: HASTY });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  afterAll(async () => {
    await looker.close();
    await hasty.close();
  });

  it.each([
    ['huge', 'too-large'],
    ['gzip-bomb', 'too-large'],
    ['brotli-bomb', 'too-large'],
  ] as const)('cuts %s at 20 MB, keeps what came, and goes on', async (fault, outcome) => {
    const { origin } = await serve({ faults: { '/': fault } });
    const look = await lookAt(`${origin}/`);
    expect(look.visit.outcome).toBe(outcome);
    expect(exchangesIn(look)[0]).toMatchObject({ truncated: 'length', status: 200 });
    expect(exchangesIn(look)[0]?.body).toHaveLength(20 * 1024 * 1024);
    expect(look.capture?.incomplete).toEqual([`body cut (length): ${origin}/`]);
    await expectNextPageIsSeen(origin);
  });

  it('shows a page whose picture is a bomb without the picture, and says so', async () => {
    const { origin } = await serve({
      pages: { '/': html('<p>正文在此</p><img src="/bomb">') },
      faults: { '/bomb': 'gzip-bomb' },
    });
    const look = await lookAt(`${origin}/`);
    expect(look.visit.outcome).toBe('ok');
    expect(textOf(look)).toContain('正文在此');
    expect(look.capture?.incomplete).toEqual([`body cut (length): ${origin}/bomb`]);
  });

  it.each([
    ['hang', 'timeout'],
    ['reset', 'unreachable'],
    ['endless-redirect', 'redirect-loop'],
    ['redirect-loop', 'redirect-loop'],
    ['bad-gzip', 'empty'],
    ['empty', 'empty'],
    ['status-500', 'error-page'],
    ['throttled', 'throttled'],
    ['captcha', 'captcha'],
    ['reset-midway', 'partial'],
    ['drip', 'timeout'],
    ['broken-html', 'ok'],
    ['gbk-as-utf8', 'ok'],
    ['utf8-as-gbk', 'ok'],
  ] as const)('ends %s as %s', async (fault, outcome) => {
    const { origin } = await serve({ faults: { '/': fault } });
    const look = await lookAt(`${origin}/`, fault === 'hang' || fault === 'drip' ? hasty : looker);
    expect(`${look.visit.outcome} (${look.visit.detail})`).toMatch(new RegExp(`^${outcome} `));
  });

  it('says that nobody is there, that a name is unknown, and that a handshake fails', async () => {
    const gone = await startFixtureServer();
    await gone.close();
    expect((await lookAt(`${gone.origin}/`)).visit).toMatchObject({ outcome: 'unreachable', httpStatus: null });
    const unknown = await lookAt('http://no-such-host.invalid/');
    expect(unknown.visit.outcome).toBe('unreachable');
    expect(unknown.visit.detail).toMatch(/^name-not-resolved, getaddrinfo ENOTFOUND/);
    expect(unknown.capture).toBeNull();
    const { port } = await serve({});
    expect((await lookAt(`https://127.0.0.1:${port}/`)).visit.outcome).toBe('tls-error');
  });

  it.each([
    ['computes without end while it loads', html('<p>先写出来的字</p><script>for (;;) {}</script>')],
    [
      'computes without end after it loaded',
      html('<p>先写出来的字</p><script>setTimeout(() => { for (;;) {} }, 100)</script>'),
    ],
    ['asks without end', html('<p>先写出来的字</p><script>for (;;) alert("再来")</script>')],
  ])('gives up on a page that %s, keeps what stood there, and goes on', async (_name, page) => {
    const { origin } = await serve({ pages: { '/': page } });
    const look = await lookAt(`${origin}/`, hasty);
    expect(look.visit.outcome).toBe('timeout');
    expect(exchangesIn(look)).toHaveLength(1);
    expect(textOf(look)).toContain('先写出来的字');
    await expectNextPageIsSeen(origin, hasty);
  });

  it.each([
    [
      'grows its own memory',
      html('<script>const all = []; for (;;) all.push(new Array(1e6).fill(Math.random()))</script>'),
    ],
    ['sends itself on without end', html('<script>location.href = "/?" + Math.random()</script>')],
    ['loads itself again without end', html('<script>setTimeout(() => location.reload(), 10)</script>')],
  ])('outlives a page that %s', async (_name, page) => {
    const { origin, log } = await serve({ pages: { '/': page } });
    const look = await lookAt(`${origin}/`, hasty);
    expect(['timeout', 'unreachable', 'redirect-loop', 'partial', 'empty']).toContain(look.visit.outcome);
    expect(log.length).toBeLessThan(40);
    await expectNextPageIsSeen(origin, hasty);
  });

  it('sees a page through its dialogs, windows and pleas to stay, and leaves no window open', async () => {
    const { origin, log } = await serve({
      pages: {
        '/': html(`<p>正文在此</p><a id="a" href="/window-a" target="_blank">a</a>
          <script>alert(1); confirm(2); prompt(3); window.open('/window-b'); a.click();
          onbeforeunload = (e) => { e.preventDefault(); return 'x'; }; print();</script>`),
      },
    });
    const look = await lookAt(`${origin}/`);
    expect(look.visit.outcome).toBe('ok');
    expect(textOf(look)).toContain('正文在此');
    expect(look.capture?.incomplete.join('\n')).toMatch(/dialog dismissed: alert 1/);
    expect(log.map(({ path: asked }) => asked)).toEqual(['/']);
    await expectNextPageIsSeen(origin);
  });

  it('calls a page quiet although it asks the same again and again', async () => {
    const { origin } = await serve({
      pages: {
        '/': html('<p>行情在此</p><script>setInterval(() => fetch("/poll?t=" + Date.now()), 100)</script>'),
        '/poll': '{}',
      },
    });
    const look = await lookAt(`${origin}/`);
    expect(look.visit.outcome).toBe('ok');
    expect(exchangesIn(look).length).toBeLessThan(25);
  });

  it('takes no file to be saved for a page, and keeps its bytes', async () => {
    const file: FixturePage = { body: Buffer.from('%PDF-1.4 x'), type: 'application/pdf' };
    const { origin } = await serve({
      pages: { '/a.pdf': file, '/b': { body: 'x', headers: { 'content-disposition': 'attachment' } } },
    });
    const look = await lookAt(`${origin}/a.pdf`);
    expect(look.visit).toMatchObject({ outcome: 'download', detail: 'application/pdf' });
    expect(Buffer.from(exchangesIn(look)[0]?.body ?? []).toString()).toBe('%PDF-1.4 x');
    expect((await lookAt(`${origin}/b`)).visit.outcome).toBe('download');
  });

  it('asks for no document that robots.txt forbids, and none that a redirect leads to', async () => {
    const { origin, log } = await serve({
      pages: { '/moved': { status: 302, headers: { location: '/private' } }, '/private': html('x') },
    });
    const { page, pass } = aPass(`${origin}/moved`);
    const look = await looker.look(page, pass, (url) => ({
      isAllowed: !url.endsWith('/private'),
      rule: 'robots.txt line 2: Disallow: /private',
      outcome: 'refused-by-robots',
    }));
    expect(look.visit).toMatchObject({ outcome: 'refused-by-robots', detail: 'robots.txt line 2: Disallow: /private' });
    expect(log.map(({ path: asked }) => asked)).toEqual(['/moved']);
  });

  it('starts another browser when one was killed in the middle of a look', async () => {
    const { origin, log } = await serve({ faults: { '/': 'hang' } });
    const before = await childrenOf(process.pid);
    const under = lookAt(`${origin}/`);
    while (log.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    for (const pid of before) process.kill(-pid, 'SIGKILL');
    const look = await under;
    expect(look.visit.outcome).toBe('unreachable');
    expect(look.visit.detail).toContain('browser was lost');
    await expectNextPageIsSeen(origin);
  });

  it('reads no file of this machine, whatever address leads there', async () => {
    const secret = path.join(tmpdir(), `mingcha-secret-${process.pid}.html`);
    await writeFile(secret, '<p>机密文件</p>');
    try {
      const { origin } = await serve({
        pages: {
          '/': html(
            `<p>正文</p><iframe src="file://${secret}"></iframe><script>window.open('file://${secret}'); try { location.href = 'file://${secret}' } catch {}</script>`,
          ),
          '/moved': { status: 302, headers: { location: `file://${secret}` } },
        },
      });
      for (const url of [
        `file://${secret}`,
        `view-source:file://${secret}`,
        'chrome://version',
        'data:text/html,x',
        `view-source:${origin}/`,
      ]) {
        const look = await lookAt(url);
        expect(look.visit).toMatchObject({ outcome: 'refused-address', httpStatus: null });
        expect(look.capture).toBeNull();
      }
      expect((await lookAt(`${origin}/moved`)).visit.outcome).toBe('refused-address');
      const look = await lookAt(`${origin}/`);
      expect(
        JSON.stringify([
          look.document,
          look.layout,
          look.capture?.parts.map((part) => (part.kind === 'resource' ? Buffer.from(part.bytes).toString() : '')),
        ]),
      ).not.toContain('机密文件');
      expect((await readFile(secret)).length).toBeGreaterThan(0);
    } finally {
      await rm(secret);
    }
  });
});

/** The process groups of the browsers that this process started. */
async function childrenOf(pid: number): Promise<number[]> {
  const listed = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  const children = listed.split(' ').filter(Boolean).map(Number);
  const names = await Promise.all(children.map((child) => readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')));
  return children.filter((_child, nth) => /chrom/i.test(names[nth] ?? ''));
}
