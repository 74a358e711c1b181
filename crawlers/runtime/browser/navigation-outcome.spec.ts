import { type Asked } from './exchange-log';
import { outcomeOfFailure, redirectsOf } from './navigation-outcome';

const asked = (given: Partial<Asked>): Asked =>
  ({
    url: 'http://a.example/',
    status: null,
    location: null,
    failure: null,
    proxyFailure: null,
    refusedBy: null,
    ...given,
  }) as Asked;

describe('the outcome of a page that was not reached', () => {
  it.each([
    ['ERR_TOO_MANY_REDIRECTS', 'redirect-loop'],
    ['ERR_CERT_DATE_INVALID', 'tls-error'],
    ['ERR_CERT_AUTHORITY_INVALID', 'tls-error'],
    ['ERR_SSL_PROTOCOL_ERROR', 'tls-error'],
    ['ERR_TIMED_OUT', 'timeout'],
    ['ERR_CONNECTION_TIMED_OUT', 'timeout'],
    ['ERR_UNSAFE_REDIRECT', 'refused-address'],
    ['ERR_UNSAFE_PORT', 'refused-address'],
    ['ERR_NAME_NOT_RESOLVED', 'unreachable'],
    ['ERR_CONNECTION_RESET', 'unreachable'],
    ['ERR_SOMETHING_NEW', 'unreachable'],
  ])('is told by %s: %s', (word, outcome) => {
    expect(outcomeOfFailure(null, `page.goto: net::${word} at http://a.example/\nCall log:`)).toEqual({
      outcome,
      detail: word,
    });
  });

  it('is what the proxy said, whatever the browser made of it', () => {
    const navigation = asked({ proxyFailure: 'refused-address', failure: 'refused-address, address 10.0.0.1 …' });
    expect(outcomeOfFailure(navigation, 'net::ERR_ACCESS_DENIED').outcome).toBe('refused-address');
  });

  it('is what robots.txt said before all else', () => {
    const refusedBy = { isAllowed: false, rule: 'line 2', outcome: 'refused-by-robots' as const };
    const navigation = asked({ refusedBy, proxyFailure: 'unreachable' });
    expect(outcomeOfFailure(navigation, '')).toEqual({ outcome: 'refused-by-robots', detail: 'line 2' });
  });

  it('says that the browser was lost instead of quoting its driver', () => {
    expect(outcomeOfFailure(null, 'page.goto: Target page, context or browser has been closed').detail).toBe(
      'the browser was lost',
    );
  });
});

describe('the steps to the page shown', () => {
  it('tell those of the server and those of the page, resolved, in order', () => {
    const steps = [
      asked({ status: 302, location: '/b' }),
      asked({ url: 'http://a.example/b', status: 200 }),
      asked({ url: 'http://c.example/', status: 200 }),
    ];
    expect(redirectsOf(steps)).toEqual([
      { url: 'http://a.example/', status: 302, location: 'http://a.example/b' },
      { url: 'http://a.example/b', status: 200, location: 'http://c.example/' },
    ]);
  });

  it('are none for a page that answered at once, and keep a location that is no address as it came', () => {
    expect(redirectsOf([asked({ status: 200 })])).toEqual([]);
    expect(redirectsOf([asked({ status: 301, location: 'http://[' })])[0]?.location).toBe('http://[');
  });
});
