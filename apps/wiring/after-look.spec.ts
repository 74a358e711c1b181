import { OUTCOMES } from '#libs/domain';
import { afterLook, type LookFacts } from './after-look';

const facts = (over: Partial<LookFacts> = {}): LookFacts => ({
  role: 'page',
  by: 'http',
  outcome: 'ok',
  willRetry: false,
  needsRender: null,
  render: 'auto',
  isAccused: false,
  isPlace: false,
  wasSeenByHttp: false,
  ...over,
});

describe('after a look over HTTP', () => {
  it('a harmless page that needs no script is seen', () => {
    expect(afterLook(facts())).toEqual({ state: 'seen', renderReason: null, gap: null, file: 'nothing' });
  });

  it('an accused page is looked at again in the browser before anything is filed', () => {
    expect(afterLook(facts({ isAccused: true }))).toMatchObject({
      state: 'render',
      renderReason: 'second-look',
      file: 'nothing',
    });
  });

  it('a place where disclosure is looked for is looked at again in the browser', () => {
    expect(afterLook(facts({ isPlace: true }))).toMatchObject({ state: 'render', renderReason: 'second-look' });
  });

  it('a page that needs script waits for the browser', () => {
    expect(afterLook(facts({ needsRender: 'script', isAccused: true }))).toMatchObject({
      state: 'render',
      renderReason: 'script',
    });
  });

  it('with rendering switched off an accusation is filed in doubt and the missing look is a gap', () => {
    expect(afterLook(facts({ isAccused: true, render: 'http' }))).toMatchObject({
      state: 'seen',
      gap: { code: 'not-rendered' },
      file: 'own-in-doubt',
    });
  });

  it('nothing moves while another attempt follows', () => {
    expect(afterLook(facts({ outcome: 'timeout', willRetry: true }))).toMatchObject({
      state: null,
      file: 'nothing',
      gap: null,
    });
  });

  it.each(OUTCOMES.filter((outcome) => !['ok', 'not-modified', 'partial'].includes(outcome)))(
    '%s leaves the page unseen, a gap of that name, and files nothing',
    (outcome) => {
      expect(afterLook(facts({ outcome, isAccused: true }))).toMatchObject({
        state: 'unseen',
        gap: { code: outcome },
        file: 'nothing',
      });
    },
  );
});

describe('after a look by the browser', () => {
  it('what it shows is filed, with what it did not reproduce', () => {
    expect(afterLook(facts({ by: 'browser', isAccused: true }))).toMatchObject({
      state: 'seen',
      gap: null,
      file: 'own-and-not-reproduced',
    });
  });

  it('that failed, the first look stands in doubt and the gap says so', () => {
    expect(afterLook(facts({ by: 'browser', outcome: 'timeout', wasSeenByHttp: true }))).toMatchObject({
      state: 'seen',
      gap: { code: 'not-rendered' },
      file: 'first-look-in-doubt',
    });
  });

  it('that failed on a page nobody saw leaves it unseen', () => {
    expect(afterLook(facts({ by: 'browser', outcome: 'captcha' }))).toMatchObject({
      state: 'unseen',
      gap: { code: 'captcha' },
    });
  });

  it('half loaded is never seen whole', () => {
    expect(afterLook(facts({ by: 'browser', outcome: 'partial', wasSeenByHttp: true }))).toMatchObject({
      state: 'unseen',
      gap: { code: 'partial' },
    });
  });
});

describe('robots.txt and sitemaps', () => {
  it('that are not there are no gap', () => {
    expect(afterLook(facts({ role: 'robots', outcome: 'gone' }))).toMatchObject({ state: 'seen', gap: null });
  });

  it('are never rendered', () => {
    expect(afterLook(facts({ role: 'sitemap', render: 'browser', isAccused: true }))).toMatchObject({ state: 'seen' });
  });
});
