import { type CrawlPass, type Look } from '#crawlers/runtime';
import { NOT_A_PAGE, STILL_A_PAGE } from '../support/not-a-page';
import { CrawlRig } from '../support/crawl-rig';
import { type FixturePage } from '../support/fixture-server';
import { aPage, aPass } from '../support/passes';

const SEEN = ['ok', 'not-modified'];
const long = `<title>某某贷</title><p>${'出借需谨慎。'.repeat(80)}</p>`;

describe('the health of a capture', () => {
  let rig: CrawlRig;
  const pages: Record<string, FixturePage> = {
    '/': long,
    '/404.html': long,
    '/user/login': '<title>登录</title><input type="password">',
  };
  const pathOf = (nth: number): string => NOT_A_PAGE[nth]?.path ?? `/kind/${nth}`;
  const look = (path: string, pass: CrawlPass = aPass()): Promise<Look> =>
    rig.httpLooker().look(aPage({ url: rig.server.origin + path, depth: 1 }), pass);

  beforeAll(async () => {
    NOT_A_PAGE.forEach(({ page }, nth) => (pages[pathOf(nth)] = page));
    Object.values(STILL_A_PAGE).forEach((page, nth) => (pages[`/page/${nth}`] = page));
    rig = await CrawlRig.serving({ pages });
  });
  afterAll(() => rig.close());

  it(`knows ${NOT_A_PAGE.length} kinds of what is no page`, () => {
    expect(NOT_A_PAGE.length).toBeGreaterThanOrEqual(30);
    expect(new Set(NOT_A_PAGE.map(({ kind }) => kind)).size).toBe(NOT_A_PAGE.length);
  });

  it.each(NOT_A_PAGE.map(({ kind, outcome }, nth) => ({ kind, outcome, nth })))(
    'calls it $outcome and not seen: $kind',
    async ({ outcome, nth }) => {
      const { visit } = await look(pathOf(nth));
      expect([visit.outcome, visit.detail]).toEqual([outcome, expect.stringMatching(/./)]);
      expect(SEEN).not.toContain(visit.outcome);
    },
  );

  it.each(Object.keys(STILL_A_PAGE).map((what, nth) => ({ what, nth })))('still sees a $what', async ({ nth }) => {
    const { visit } = await look(`/page/${nth}`);
    expect([visit.outcome, visit.detail]).toEqual(['ok', '']);
  });

  it('does not take an address that a site renamed for one that is gone', async () => {
    Object.assign(pages, {
      '/index.html': { status: 301, headers: { location: '/' } },
      '/home': { status: 302, headers: { location: '/' } },
      '/old-about': { status: 301, headers: { location: '/about.html' } },
      '/about.html': long,
    });
    for (const path of ['/index.html', '/home', '/old-about']) expect((await look(path)).visit.outcome).toBe('ok');
  });
});
