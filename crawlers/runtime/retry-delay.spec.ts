import { newId, type Capture, type Visit } from '#libs/domain';
import { MAX_RETRY_DELAY_MS, retryDelayMs } from './retry-delay';

const now = new Date('2018-03-01T00:00:00Z');
const asking = (retryAfter: string): Capture => ({
  visit: { id: newId() } as Visit,
  capturedAt: now,
  incomplete: [],
  parts: [
    {
      name: 'exchange-0',
      kind: 'exchange',
      exchange: {
        url: 'http://a.test/',
        method: 'GET',
        requestHeaders: [],
        status: 429,
        statusText: '',
        responseHeaders: [['Retry-After', retryAfter]],
        body: new Uint8Array(),
        truncated: null,
        isBodyDecoded: false,
        remoteAddress: null,
        startedAt: now,
      },
    },
  ],
});

describe('the wait before another attempt', () => {
  it('doubles each time', () => {
    expect([1, 2, 3].map((attempt) => retryDelayMs(null, attempt, 1_000, now))).toEqual([1_000, 2_000, 4_000]);
  });

  it.each([
    ['7', 7_000],
    [' 7 ', 7_000],
    ['0', 1_000],
    ['Thu, 01 Mar 2018 00:00:20 GMT', 20_000],
    ['Thu, 01 Mar 2017 00:00:20 GMT', 1_000],
    ['999999', MAX_RETRY_DELAY_MS],
    ['soon', 1_000],
    ['-5', 1_000],
    ['', 1_000],
  ])('is as long as Retry-After %j asks, within bounds', (value, delay) => {
    expect(retryDelayMs(asking(value), 1, 1_000, now)).toBe(delay);
  });
});
