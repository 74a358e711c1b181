import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { type HeaderPairs } from '#libs/domain';
import { decodeBody, headerOf } from './content-coding';

const text = '<p>网贷</p>'.repeat(50);
const bodyOf = (body: Uint8Array, ...codings: string[]) => ({
  body,
  isBodyDecoded: false,
  responseHeaders: codings.map((coding) => ['Content-Encoding', coding] as const) as HeaderPairs,
});

describe('undoing content codings', () => {
  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['identity', Buffer.from(text)],
    ['', Buffer.from(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
  ])('reads %j', async (coding, body) => {
    const { bytes } = await decodeBody(bodyOf(body, coding));
    expect(Buffer.from(bytes ?? []).toString()).toBe(text);
  });

  it('reads codings from repeated headers in their order', async () => {
    const { bytes } = await decodeBody(bodyOf(brotliCompressSync(gzipSync(text)), 'gzip', 'br'));
    expect(Buffer.from(bytes ?? []).toString()).toBe(text);
  });

  it('reads a body that was cut short as far as it goes', async () => {
    const long = Array.from({ length: 5_000 }, (_, n) => `<p>${n * 7919}</p>`).join('');
    const whole = gzipSync(long);
    const { bytes } = await decodeBody(bodyOf(whole.subarray(0, whole.length / 2), 'gzip'));
    expect(bytes?.length).toBeGreaterThan(1_000);
    expect(long.startsWith(Buffer.from(bytes ?? []).toString())).toBe(true);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(3_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(3_000_000))],
    ['identity', Buffer.alloc(1_000_001)],
  ])('stops at the limit for %s', async (coding, body) => {
    expect(await decodeBody(bodyOf(body, coding), 1_000_000)).toEqual({ bytes: null, problem: 'too-large' });
  });

  it.each([
    ['gzip', Buffer.from(text)],
    ['zstd', Buffer.from(text)],
    ['br', Buffer.from(text)],
    ['gzip, gzip, gzip, gzip', gzipSync(text)],
  ])('says so when %j cannot be undone', async (coding, body) => {
    expect(await decodeBody(bodyOf(body, coding))).toEqual({ bytes: null, problem: 'undecodable' });
  });

  it('leaves a body alone that the browser has decoded, and an empty one', async () => {
    const body = Buffer.from(text);
    expect((await decodeBody({ ...bodyOf(body, 'gzip'), isBodyDecoded: true })).bytes).toBe(body);
    expect((await decodeBody(bodyOf(new Uint8Array(), 'gzip'))).bytes).toHaveLength(0);
  });

  it('finds a header in any case, the first of several', () => {
    const headers: HeaderPairs = [
      ['X-A', '1'],
      ['CONTENT-type', 'a'],
      ['Content-Type', 'b'],
    ];
    expect(headerOf(headers, 'content-type')).toBe('a');
    expect(headerOf(headers, 'x-b')).toBeNull();
  });
});
