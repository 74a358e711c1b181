import { type Exchange, type HeaderPairs, type Outcome } from '#libs/domain';
import { parseRobots, robotsRulesOf, type RobotsLook } from './robots';

const url = 'http://a.test/robots.txt';
const isAllowed = (text: string, path: string): boolean =>
  parseRobots(url, text).permit(`http://a.test${path}`).isAllowed;

describe('the rules of a robots.txt', () => {
  it.each<[string, string, boolean]>([
    ['', '/x', true],
    ['User-agent: *\nDisallow: /', '/x', false],
    ['User-agent: *\nDisallow:', '/x', true],
    ['User-agent: *\nDisallow: /admin', '/administration', false],
    ['User-agent: *\nDisallow: /admin/', '/admin', true],
    ['User-agent: *\nDisallow: /\nAllow: /about', '/about/us', true],
    ['User-agent: *\nDisallow: /*.pdf$', '/a.pdf', false],
    ['User-agent: *\nDisallow: /*.pdf$', '/a.pdf?x', true],
    ['User-agent: *\nDisallow: /*?', '/a?b=1', false],
    ['User-agent: Baiduspider\nDisallow: /', '/x', true],
    ['User-agent: MingchaMonitor\nDisallow: /x\n\nUser-agent: *\nDisallow: /y', '/y', true],
    ['User-agent: *\nDisallow: /y\nUser-agent: mingchamonitor/2.0\nDisallow: /x', '/x', false],
    ['User-agent: a\nUser-agent: *\nUser-agent: b\nDisallow: /x', '/x', false],
    ['User-agent: a\nDisallow: /x\nUser-agent: *\nDisallow: /y', '/x', true],
    ['\ufeffUser-agent: *\r\nDisallow: /x # note\r\n', '/x', false],
    ['Disallow: /x', '/x', true],
    ['rubbish without a colon\nUser-agent: *\nDisallow: /x', '/x', false],
    ['User-agent: *\nDisallow: /校园', '/%E6%A0%A1%E5%9B%AD/1', false],
  ])('%j: %s is allowed: %s', (text, path, expected) => {
    expect(isAllowed(text, path)).toBe(expected);
  });

  it('says which line decided, by its number in the file', () => {
    const rules = parseRobots(url, '# hello\nUser-agent: *\nUser-agent: *\n\nDisallow: /x  # why\n');
    expect(rules.permit('http://a.test/x').rule).toBe('robots.txt line 5: Disallow: /x  # why');
    expect(rules.permit('http://a.test/y').rule).toBe('robots.txt: no line applies');
  });

  it('gives delay and sitemaps', () => {
    const rules = parseRobots(
      url,
      'User-agent: *\nCrawl-delay: 2.5\nSitemap: http://a.test/s1.xml\nSitemap: /s2.xml\n',
    );
    expect(rules.crawlDelaySeconds).toBe(2.5);
    expect(rules.sitemaps).toEqual(['http://a.test/s1.xml', '/s2.xml']);
    expect(parseRobots(url, 'User-agent: *\nCrawl-delay: soon').crawlDelaySeconds).toBeNull();
  });

  it('is not made slow or large by thousands of names before thousands of rules', () => {
    const names = Array.from({ length: 15_000 }, (_, n) => `User-agent: r${n}`).join('\n');
    const rules = Array.from({ length: 15_000 }, (_, n) => `Disallow: /${'*'.repeat(9)}${n}`).join('\n');
    expect(isAllowed(`${names}\nUser-agent: *\n${rules}`, '/nowhere')).toBe(true);
    expect(isAllowed(`${names}\nUser-agent: *\n${rules}`, '/x14999')).toBe(false);
  });
});

describe('the rules that follow from a look at robots.txt', () => {
  interface Given {
    readonly outcome?: Outcome;
    readonly body?: string;
    readonly headers?: HeaderPairs;
  }

  const lookAt = (httpStatus: number | null, { outcome = 'ok', body = '', headers = [] }: Given): RobotsLook => {
    const exchange: Exchange = {
      url,
      method: 'GET',
      requestHeaders: [],
      status: httpStatus ?? 0,
      statusText: '',
      responseHeaders: headers,
      body: Buffer.from(body),
      truncated: null,
      isBodyDecoded: false,
      remoteAddress: null,
      startedAt: new Date(),
    };
    return {
      visit: { requestedUrl: url, outcome, httpStatus, detail: '' },
      capture: httpStatus === null ? null : { parts: [{ name: 'exchange-0', kind: 'exchange', exchange }] },
    };
  };
  const permissionAfter = async (status: number | null, given: Given = {}) =>
    (await robotsRulesOf(lookAt(status, given))).permit('http://a.test/x');

  it.each([400, 404, 410, 451])('allows everything after %d', async (status) => {
    expect(await permissionAfter(status, { outcome: 'gone' })).toMatchObject({ isAllowed: true });
  });

  it.each([401, 403, 429, 500, 503])('allows nothing after %d: a failure to ask is no permission', async (status) => {
    expect(await permissionAfter(status, { outcome: 'error-page' })).toMatchObject({
      isAllowed: false,
      outcome: 'refused-by-robots',
    });
  });

  it.each<Outcome>(['unreachable', 'timeout', 'tls-error', 'refused-address', 'redirect-loop'])(
    'ends pages as %s when robots.txt was',
    async (outcome) => {
      expect(await permissionAfter(null, { outcome })).toMatchObject({ isAllowed: false, outcome });
    },
  );

  it.each(['<!DOCTYPE html><p>Disallow: /</p>', '\n <html>User-agent: *\nDisallow: /'])(
    'ignores HTML: %j',
    async (body) => {
      expect(await permissionAfter(200, { body })).toMatchObject({ isAllowed: true });
    },
  );

  it('ignores what is declared as HTML', async () => {
    const headers: HeaderPairs = [['Content-Type', 'text/html']];
    expect(await permissionAfter(200, { body: 'User-agent: *\nDisallow: /', headers })).toMatchObject({
      isAllowed: true,
    });
  });

  it('reads 500 KB and no more', async () => {
    const filler = '# filler\n'.repeat(60_000);
    expect(await permissionAfter(200, { body: `User-agent: *\nDisallow: /x\n${filler}` })).toMatchObject({
      isAllowed: false,
    });
    expect(await permissionAfter(200, { body: `${filler}User-agent: *\nDisallow: /x\n` })).toMatchObject({
      isAllowed: true,
    });
  });
});
