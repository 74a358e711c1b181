import { guessPageKind, type PageKindClues } from './page-kind';
import { parseHtml } from './parse';

const guess = (over: Partial<PageKindClues> & { html?: string }): string =>
  guessPageKind({
    document: parseHtml(over.html ?? ''),
    url: 'https://p.example/',
    linkText: '',
    channel: 'website',
    isHome: false,
    ...over,
  });

describe('guessPageKind', () => {
  it('goes by the channel before anything else', () => {
    expect(guess({ channel: 'app-listing', isHome: true })).toBe('listing');
    expect(guess({ channel: 'ad', url: 'https://p.example/help' })).toBe('ad');
    expect(guess({ channel: 'offline' })).toBe('leaflet');
  });

  it('takes the start page for the home page', () => {
    expect(guess({ isHome: true, url: 'https://p.example/about' })).toBe('home');
  });

  it.each([
    ['/about/disclosure.html', 'disclosure'],
    ['/xxpl', 'disclosure'],
    ['/InfoDisclosure/Index', 'disclosure'],
    ['/#/help/faq', 'help'],
    ['/index.php?m=news&id=3', 'news'],
    ['/loan-8812.html', 'loan'],
    ['/invest/list', 'product'],
    ['/xueyuan/55.html', 'academy'],
    ['/contract/template', 'agreement'],
  ])('reads the address %s as %s', (path, kind) => {
    expect(guess({ url: `https://p.example${path}` })).toBe(kind);
  });

  it('does not read the host', () => {
    expect(guess({ url: 'https://news.help.example/x', linkText: '关于我们' })).toBe('about');
  });

  it('goes by the text of the link, then by the title without its brand', () => {
    expect(guess({ linkText: '运营报告', html: '<title>帮助</title>' })).toBe('disclosure');
    expect(guess({ html: '<title>我要借款-某某出借</title>' })).toBe('product');
    expect(guess({ html: '<title>识别骗局-出借人教育-某某网</title>' })).toBe('academy');
    expect(guess({ html: '<title>某某出借</title><h1>常见问题</h1>' })).toBe('help');
  });

  it('knows a long name of a link as the title of an article', () => {
    expect(guess({ linkText: '关于下线某某借款产品及存量退出时间表的公告' })).toBe('notice');
    expect(guess({ linkText: '某某借款产品为何受到各地小微企业主的欢迎', html: '<p>来源：某日报 记者 某某</p>' })).toBe(
      'news',
    );
  });

  it('takes a page without any sign for the firm speaking of itself', () => {
    expect(guess({ url: 'https://p.example/1' })).toBe('about');
  });
});
