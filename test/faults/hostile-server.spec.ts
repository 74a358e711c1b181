import { type Exchange, type Outcome } from '#libs/domain';
import { addressRule, GuardedDispatcher } from '#libs/netguard';
import { HostPace, HttpLooker, type Look, type RequestLimits } from '#crawlers/runtime';
import { type Fault, FAULT_TEXT } from '../support/fixture-faults';
import { startFixtureServer, type FixtureServer } from '../support/fixture-server';
import { aPage, aPass } from '../support/passes';

const faults: Readonly<Record<string, Fault>> = {
  '/hang': 'hang',
  '/reset': 'reset',
  '/reset-midway': 'reset-midway',
  '/500': 'status-500',
  '/drip': 'drip',
  '/huge': 'huge',
  '/gzip-bomb': 'gzip-bomb',
  '/brotli-bomb': 'brotli-bomb',
  '/bad-gzip': 'bad-gzip',
  '/endless': 'endless-redirect',
  '/loop': 'redirect-loop',
  '/gbk-as-utf8': 'gbk-as-utf8',
  '/utf8-as-gbk': 'utf8-as-gbk',
  '/broken': 'broken-html',
  '/empty': 'empty',
  '/captcha': 'captcha',
  '/throttled': 'throttled',
};

const MB = 1024 * 1024;

jest.setTimeout(60_000);

describe('a hostile server', () => {
  let server: FixtureServer;
  let forbidden: FixtureServer;
  let dispatcher: GuardedDispatcher;

  const look = (url: string, limits: Partial<RequestLimits> = {}): Promise<Look> =>
    new HttpLooker({
      dispatcher,
      pace: new HostPace(null),
      identity: { version: '0', contact: 'test' },
      limits: { connectTimeoutMs: 10_000, headersTimeoutMs: 30_000, bodyTimeoutMs: 60_000, ...limits },
    }).look(aPage({ url: url.startsWith('/') ? server.origin + url : url }), aPass());

  const documentOf = (seen: Look): Exchange => {
    const part = seen.capture?.parts.find(({ name }) => name === 'exchange-0');
    if (part?.kind !== 'exchange') throw new Error('no exchange-0');
    return part.exchange;
  };

  beforeAll(async () => {
    // 127.0.0.2 stands for an inner network: it is not in the block that the orders allow.
    forbidden = await startFixtureServer({ host: '127.0.0.2', pages: { '/': '<p>secret</p>' } });
    const to = (location: string) => ({ status: 302, headers: { location } });
    server = await startFixtureServer({
      faults,
      pages: {
        '/to-inside': to(`http://127.0.0.2:${forbidden.port}/`),
        '/to-inside-by-number': to(`http://2130706434:${forbidden.port}/`),
        '/to-file': to('file:///etc/passwd'),
        '/to-script': to('javascript:alert(1)'),
        '/pdf': { type: 'application/pdf', body: '%PDF-1.4' },
      },
    });
    dispatcher = new GuardedDispatcher({
      rule: addressRule(['127.0.0.1/32']),
      connectTimeoutMs: 10_000,
      headersTimeoutMs: 30_000,
      connections: 8,
    });
  });
  afterAll(async () => {
    await dispatcher.destroy();
    await server.close();
    await forbidden.close();
  });

  it.each<[Fault, Outcome]>([
    ['reset', 'unreachable'],
    ['reset-midway', 'partial'],
    ['status-500', 'error-page'],
    ['bad-gzip', 'partial'],
    ['endless-redirect', 'redirect-loop'],
    ['redirect-loop', 'redirect-loop'],
    ['gbk-as-utf8', 'ok'],
    ['utf8-as-gbk', 'ok'],
    ['broken-html', 'ok'],
    ['empty', 'empty'],
    ['captcha', 'captcha'],
    ['throttled', 'throttled'],
  ])('that does %s gives %s', async (fault, outcome) => {
    const [path = ''] = Object.entries(faults).find(([, name]) => name === fault) ?? [];
    expect((await look(path)).visit).toMatchObject({ outcome });
  });

  it('that hangs gives timeout and no capture', async () => {
    const seen = await look('/hang', { connectTimeoutMs: 50, headersTimeoutMs: 100 });
    expect(seen.visit).toMatchObject({ outcome: 'timeout', httpStatus: null });
    expect(seen.capture).toBeNull();
  });

  it('that drips gives timeout and keeps what came, marked as cut', async () => {
    const seen = await look('/drip', { bodyTimeoutMs: 300 });
    expect(seen.visit).toMatchObject({ outcome: 'timeout', httpStatus: 200 });
    expect(documentOf(seen)).toMatchObject({ truncated: 'time' });
    expect(Buffer.from(documentOf(seen).body).toString()).toMatch(/^<!doctype html><title>drip<\/title><p>\.*$/);
    expect(seen.capture?.incomplete).toHaveLength(1);
  });

  it('that sends 200 MB gives too-large after 20 MB, in bounded memory', async () => {
    const before = process.memoryUsage().rss;
    const seen = await look('/huge');
    expect(seen.visit.outcome).toBe('too-large');
    expect(documentOf(seen)).toMatchObject({ truncated: 'length' });
    expect(documentOf(seen).body).toHaveLength(20 * MB);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * MB);
  });

  it.each(['/gzip-bomb', '/brotli-bomb'])(
    'that sends a bomb (%s) gives too-large, its bytes kept as they came, in bounded memory',
    async (path) => {
      const before = process.memoryUsage().rss;
      const seen = await look(path);
      expect(seen.visit.outcome).toBe('too-large');
      expect(documentOf(seen).body.length).toBeLessThan(MB);
      expect(documentOf(seen).truncated).toBeNull();
      expect(seen.document).toBeNull();
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * MB);
    },
  );

  it('that redirects to an address that is not allowed is followed no further: nothing arrives there', async () => {
    for (const path of ['/to-inside', '/to-inside-by-number']) {
      const seen = await look(path);
      expect(seen.visit).toMatchObject({ outcome: 'refused-address', finalUrl: `http://127.0.0.2:${forbidden.port}/` });
      expect(documentOf(seen).status).toBe(302);
    }
    expect(forbidden.log).toHaveLength(0);
  });

  it.each(['/to-file', '/to-script'])('that redirects to another scheme is followed no further (%s)', async (path) => {
    expect((await look(path)).visit).toMatchObject({ outcome: 'refused-address', httpStatus: 302 });
  });

  it('that redirects for ever is asked eleven times and no more', async () => {
    const from = server.log.length;
    const seen = await look('/endless');
    expect(seen.visit.redirects).toHaveLength(11);
    expect(server.log.length - from).toBe(11);
  });

  it.each(['/gbk-as-utf8', '/utf8-as-gbk', '/broken'])(
    'that declares or writes wrongly is still read: %s',
    async (path) => {
      expect((await look(path)).document?.texts.map(({ text }) => text).join(' ')).toContain(FAULT_TEXT);
    },
  );

  it('that sends a PDF gives download with its bytes', async () => {
    const seen = await look('/pdf');
    expect(seen.visit).toMatchObject({ outcome: 'download', detail: 'application/pdf' });
    expect(Buffer.from(documentOf(seen).body).toString()).toBe('%PDF-1.4');
  });

  it('that does not exist gives unreachable', async () => {
    expect((await look('http://no-such-host.invalid/')).visit.outcome).toBe('unreachable');
    const port = forbidden.port; // taken on 127.0.0.2, free on 127.0.0.1
    expect((await look(`http://127.0.0.1:${port}/`)).visit.outcome).toBe('unreachable');
  });

  it('that speaks no TLS gives tls-error', async () => {
    expect((await look(`https://127.0.0.1:${server.port}/`)).visit.outcome).toBe('tls-error');
  });
});
