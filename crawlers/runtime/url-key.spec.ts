import { TargetUrlInvalidError } from '#libs/domain';
import { checkTargetUrl, resolveUrl, urlKeyOf } from './url-key';

const keyOf = (url: string): string => urlKeyOf(url);

describe('the key of an address', () => {
  it.each([
    ['http://a.test/p#top', 'http://a.test/p'],
    ['http://a.test/#/loan/1', 'http://a.test/'],
    ['http://a.test/#!/loan/1', 'http://a.test/'],
    ['http://a.test:80/', 'http://a.test/'],
    ['https://a.test:443/', 'https://a.test/'],
    ['http://A.TEST/Path', 'http://a.test/Path'],
    ['http://a.test./', 'http://a.test/'],
    ['http://网贷.test/', 'http://xn--ur0aq8z.test/'],
    ['http://a.test/a/../b/./c', 'http://a.test/b/c'],
    ['http://a.test/%7euser/%e6%a0%a1', 'http://a.test/~user/%E6%A0%A1'],
    ['http://a.test/index.html', 'http://a.test/'],
    ['http://a.test/x/default.aspx?b=1', 'http://a.test/x/?b=1'],
    ['http://a.test/x/my-index.html', 'http://a.test/x/my-index.html'],
    ['http://a.test/p;jsessionid=AF01?x=1', 'http://a.test/p?x=1'],
    ['http://a.test/p?b=2&a=1', 'http://a.test/p?a=1&b=2'],
    ['http://a.test/p?a=2&a=1', 'http://a.test/p?a=2&a=1'],
    ['http://a.test/p?', 'http://a.test/p'],
    ['http://a.test/p?&&', 'http://a.test/p'],
    ['http://a.test/p?utm_source=x&utm_medium=y&id=7', 'http://a.test/p?id=7'],
    ['http://a.test/p?PHPSESSID=abc&spm=a.b&from=singlemessage&token=t&sid=9', 'http://a.test/p'],
    ['http://a.test/p?_=1512345678901&t=1512345678&v=0.8273645', 'http://a.test/p'],
  ])('takes %s for %s', (url, key) => {
    expect(keyOf(url)).toBe(key);
  });

  it.each([
    ['http://a.test/p?t=2', 'http://a.test/p?t=2'],
    ['http://a.test/p?id=1512345678', 'http://a.test/p?id=1512345678'],
    ['http://a.test/p?v=3', 'http://a.test/p?v=3'],
    ['http://a.test/p?token_kind=x', 'http://a.test/p?token_kind=x'],
    ['http://a.test/p?from_date=2017', 'http://a.test/p?from_date=2017'],
    ['http://a.test/p?q=%d0%a3%d4%b0', 'http://a.test/p?q=%D0%A3%D4%B0'],
    ['http://a.test/a/', 'http://a.test/a/'],
  ])('keeps what tells pages apart: %s', (url, key) => {
    expect(keyOf(url)).toBe(key);
  });

  it('is its own key', () => {
    for (const url of ['http://a.test/p?b=%7e2&a=1#x', 'https://网贷.test/index.htm?utm_id=1'])
      expect(keyOf(keyOf(url))).toBe(keyOf(url));
  });
});

describe('resolving a link', () => {
  const base = 'http://a.test/dir/page.html';

  it.each([
    ['../x.html', 'http://a.test/x.html'],
    ['//b.test/y', 'http://b.test/y'],
    ['?p=2', 'http://a.test/dir/page.html?p=2'],
    ['  /space \n', 'http://a.test/space'],
    ['/a#part', 'http://a.test/a'],
    ['/p?utm_source=x', 'http://a.test/p?utm_source=x'],
  ])('fetches %j as %s', (href, url) => {
    expect(resolveUrl(href, base)?.url).toBe(url);
  });

  it.each([
    'javascript:alert(1)',
    'mailto:a@a.test',
    'tel:95000',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://a.test/',
    'http://',
    'http://user:pw@a.test/',
    'http://a.test:99999/',
    `/${'a'.repeat(2_100)}`,
    'view-source:http://a.test/',
  ])('leaves %s', (href) => {
    expect(resolveUrl(href, base)).toBeNull();
  });
});

describe('checking the address of a target', () => {
  it('gives a tidy address back as it is', () => {
    expect(checkTargetUrl(' https://www.a.test/x?b=1#f ').href).toBe('https://www.a.test/x?b=1#f');
  });

  it.each([
    ['', 'is empty'],
    ['   ', 'is empty'],
    ['www.a.test', 'is not http(s)'],
    ['ftp://a.test/', 'is not http(s)'],
    ['file:///etc/passwd', 'is not http(s)'],
    ['javascript:alert(1)', 'is not http(s)'],
    ['http:a.test', 'is not http(s)'],
    ['http://', 'has no host'],
    ['http:///x', 'has no host'],
    ['http://?x', 'has no host'],
    ['http://a b.test/', 'white space'],
    ['http://a.test/a b', 'white space'],
    ['http:\\\\a.test', 'backslash'],
    ['http://a.test/\u0000', 'control character'],
    ['http://a.test:70000/', 'cannot be parsed'],
    ['http://[::1/', 'cannot be parsed'],
    [`http://a.test/${'a'.repeat(2_000)}`, 'longer than 2000'],
  ])('refuses %j: %s', (text, reason) => {
    expect(() => checkTargetUrl(text)).toThrow(TargetUrlInvalidError);
    expect(() => checkTargetUrl(text)).toThrow(reason);
  });

  it('refuses credentials without repeating them', () => {
    expect(() => checkTargetUrl('http://user:geheim@a.test/')).toThrow(/credentials/);
    expect(() => checkTargetUrl('http://user:geheim@a.test/')).not.toThrow(/geheim/);
  });
});
