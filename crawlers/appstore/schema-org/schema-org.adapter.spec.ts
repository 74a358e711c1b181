import { ListingUnreadableError } from '#libs/domain';
import { parseHtml } from '#libs/html';
import { schemaOrgAdapter } from './schema-org.adapter';

const finalUrl = 'http://store.test/app/7';
const read = (html: string) => schemaOrgAdapter.read({ finalUrl, document: parseHtml(html), exchanges: [] });
const withJson = (...blocks: unknown[]): string =>
  blocks
    .map(
      (block) =>
        `<script type="application/ld+json">${typeof block === 'string' ? block : JSON.stringify(block)}</script>`,
    )
    .join('');

const app = {
  '@context': 'https://schema.org',
  '@type': 'SoftwareApplication',
  name: '某某借款',
  identifier: { '@type': 'PropertyValue', value: 'com.example.loan' },
  author: { '@type': 'Organization', name: '某某信息公司' },
  softwareVersion: 2.6,
  dateModified: '2018-03-08T10:00:00+08:00',
  description: ' 借款信息中介 ',
  releaseNotes: '修复问题',
  screenshot: ['/s1.png', { '@type': 'ImageObject', contentUrl: 'https://cdn.test/s2.png' }, 'javascript:alert(1)'],
};

describe('reading an app listing', () => {
  it('takes every field from schema.org and says where it stood', () => {
    expect(read(withJson({ '@type': 'BreadcrumbList' }, app))).toEqual({
      store: 'schema-org',
      appId: 'com.example.loan',
      name: '某某借款',
      developer: '某某信息公司',
      version: '2.6',
      updatedAt: '2018-03-08',
      description: '借款信息中介',
      releaseNotes: '修复问题',
      screenshots: ['http://store.test/s1.png', 'https://cdn.test/s2.png'],
      seenAt: {
        appId: 'jsonLd[1].identifier',
        name: 'jsonLd[1].name',
        developer: 'jsonLd[1].author',
        version: 'jsonLd[1].softwareVersion',
        updatedAt: 'jsonLd[1].dateModified',
        description: 'jsonLd[1].description',
        releaseNotes: 'jsonLd[1].releaseNotes',
        screenshots: 'jsonLd[1].screenshot',
      },
    });
  });

  it.each([
    ['a graph', { '@graph': [{ '@type': 'Organization', name: 'x' }, app] }],
    ['a list', [{ '@type': 'WebPage' }, app]],
    ['several types', { ...app, '@type': ['Product', 'https://schema.org/MobileApplication'] }],
  ])('finds the app in %s', (_what, block) => {
    expect(read(withJson(block)).name).toBe('某某借款');
  });

  it('leaves null what the page does not show', () => {
    const listing = read(withJson({ '@type': 'MobileApplication', name: 'a', description: 'b', dateModified: '昨天' }));
    expect(listing).toMatchObject({
      appId: null,
      developer: null,
      version: null,
      updatedAt: null,
      releaseNotes: null,
      screenshots: [],
    });
    expect(Object.keys(listing.seenAt)).toEqual(['name', 'description']);
  });

  it('falls back to Open Graph where the page says that it is about an app', () => {
    const listing = read(
      '<meta property="og:title" content="某某"><meta property="og:description" content="介绍"><meta name="apple-itunes-app" content="app-id=123">',
    );
    expect(listing).toMatchObject({ name: '某某', description: '介绍', appId: '123', version: null });
  });

  it.each([
    ['an ordinary page', '<title>首页</title><p>text</p>'],
    [
      'Open Graph of an article',
      '<meta property="og:type" content="article"><meta property="og:title" content="a"><meta property="og:description" content="b">',
    ],
    ['an app without a name', withJson({ ...app, name: undefined })],
    ['an app without a description', withJson({ ...app, description: '  ' })],
    ['broken JSON', withJson('{"@type": "SoftwareApplication", ')],
    ['JSON that is no object', withJson('"SoftwareApplication"', '7', 'null')],
    ['renamed keys', withJson({ ...app, name: undefined, title: '某某' })],
  ])('refuses %s instead of shifting a field', (_what, html) => {
    expect(() => read(html)).toThrow(ListingUnreadableError);
  });

  it('is not led into endless nesting', () => {
    const nested = `${'{"@graph":['.repeat(5_000)}${']}'.repeat(5_000)}`;
    expect(() => read(withJson(nested))).toThrow(ListingUnreadableError);
  });
});
