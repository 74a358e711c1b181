import { mediaTypeLine, storable, uriLine, wellFormed } from './hostile-text';

describe('texts of strangers', () => {
  it('lose lone surrogates and keep pairs', () => {
    expect(wellFormed('a\ud83d\ude00b\ud83dc\ude00')).toBe('a\u{1f600}b\ufffdc\ufffd');
  });

  it('lose NUL before they go into the database', () => {
    expect(storable('a\0b\ud800')).toBe('a%00b\ufffd');
  });

  it.each([
    ['http://a.example/x?y=1#z', 'http://a.example/x?y=1#z'],
    ['http://a.example/\r\nWARC-Type: response', 'http://a.example/%0D%0AWARC-Type:%20response'],
    ['http://a.example/备付金', 'http://a.example/%E5%A4%87%E4%BB%98%E9%87%91'],
    ['http://a.example/\u{1f600}', 'http://a.example/%F0%9F%98%80'],
    ['http://a.example/\0\u0085\u2028', 'http://a.example/%00%C2%85%E2%80%A8'],
  ])('stand on one line as an address: %j', (url, line) => {
    expect(uriLine(url)).toBe(line);
  });

  it.each([
    ['text/html; charset=gbk', 'text/html; charset=gbk'],
    ['text/html\r\nX-Injected: 1', 'text/htmlX-Injected: 1'],
    ['  ', 'application/octet-stream'],
    ['', 'application/octet-stream'],
    [`text/${'x'.repeat(500)}`, `text/${'x'.repeat(195)}`],
  ])('stand on one short line as a media type: %j', (value, line) => {
    expect(mediaTypeLine(value)).toBe(line);
  });
});
