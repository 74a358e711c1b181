import { isOwnOrigin } from './origin.guard';

describe('the origin of a request that changes something', () => {
  it.each([
    ['its own page in a new browser', { host: 'h:1', origin: 'http://h:1', 'sec-fetch-site': 'same-origin' }, true],
    ['its own page in an old browser', { host: 'h:1', origin: 'http://h:1' }, true],
    ['its own page without an origin header', { host: 'h:1', 'sec-fetch-site': 'same-origin' }, true],
    ['another site', { host: 'h:1', origin: 'http://evil', 'sec-fetch-site': 'cross-site' }, false],
    ['another port of the same host', { host: 'h:1', origin: 'http://h:2', 'sec-fetch-site': 'same-site' }, false],
    ['another port, told by the origin alone', { host: 'h:1', origin: 'http://h:2' }, false],
    ['a sandboxed page', { host: 'h:1', origin: 'null' }, false],
    ['a client that says nothing', { host: 'h:1' }, false],
    ['an address bar', { host: 'h:1', 'sec-fetch-site': 'none' }, false],
    ['an origin that is no address', { host: 'h:1', origin: 'h:1' }, false],
    [
      'headers that contradict each other',
      { host: 'h:1', origin: 'http://evil', 'sec-fetch-site': 'same-origin' },
      false,
    ],
  ])('%s', (_, headers, expected) => expect(isOwnOrigin(headers)).toBe(expected));
});
