import { gzipSync } from 'node:zlib';
import { MAX_SITEMAP_URLS, readSitemap } from './sitemap';

const urlset = (...locs: string[]): string =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locs.map((loc) => `<url><loc>${loc}</loc></url>`).join('\n')}</urlset>`;

describe('reading a sitemap', () => {
  it('takes addresses in their order, entities and CDATA decoded', async () => {
    const text = urlset(
      'http://a.test/',
      ' http://a.test/p?a=1&amp;b=2\n',
      '<![CDATA[http://a.test/c?d=1&e=2]]>',
      'http://a.test/&#26657;',
    );
    expect((await readSitemap(Buffer.from(text))).pages).toEqual([
      'http://a.test/',
      'http://a.test/p?a=1&b=2',
      'http://a.test/c?d=1&e=2',
      'http://a.test/校',
    ]);
  });

  it('reads an index, a zipped file, prefixed names and a plain list', async () => {
    const index = '<sitemapindex><sitemap><loc>http://a.test/s1.xml.gz</loc></sitemap></sitemapindex>';
    expect(await readSitemap(Buffer.from(index))).toEqual({
      pages: [],
      sitemaps: ['http://a.test/s1.xml.gz'],
      isCut: false,
    });
    expect((await readSitemap(gzipSync(urlset('http://a.test/z')))).pages).toEqual(['http://a.test/z']);
    expect((await readSitemap(Buffer.from('<s:urlset><s:url><s:loc>/n</s:loc></s:url></s:urlset>'))).pages).toEqual([
      '/n',
    ]);
    expect((await readSitemap(Buffer.from('http://a.test/1\r\nhttp://a.test/2\n# no'))).pages).toHaveLength(2);
  });

  it('takes a thousand addresses and says that there were more', async () => {
    const many = urlset(...Array.from({ length: MAX_SITEMAP_URLS + 5 }, (_, n) => `http://a.test/${n}`));
    const { pages, isCut } = await readSitemap(Buffer.from(many));
    expect([pages.length, isCut]).toEqual([MAX_SITEMAP_URLS, true]);
  });

  it('expands no entity that the file declares', async () => {
    const text = `<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY lol "lol">]>${urlset('http://a.test/&x;&lol;')}`;
    expect((await readSitemap(Buffer.from(text))).pages).toEqual(['http://a.test/&x;&lol;']);
  });

  it.each([
    ['HTML', Buffer.from('<!doctype html><p>404</p>')],
    ['nothing', Buffer.alloc(0)],
    ['rubbish that begins like gzip', Buffer.from([0x1f, 0x8b, 1, 2, 3])],
    ['a bomb', gzipSync(Buffer.alloc(60 * 1024 * 1024))],
    ['unclosed tags', Buffer.from(`<urlset>${'<loc>'.repeat(100_000)}`)],
  ])('names nothing for %s', async (_what, bytes) => {
    expect(await readSitemap(bytes)).toEqual({ pages: [], sitemaps: [], isCut: false });
  });
});
