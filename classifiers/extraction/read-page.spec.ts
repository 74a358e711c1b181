import { type Hit, type QuoteAbout } from '#libs/domain';
import { parseHtml, type Layout } from '#libs/html';
import { boxHits, readPage, readText, READER_VERSION, type PageFacts } from '.';

function aPage(html: string, more: Partial<PageFacts> = {}): PageFacts {
  return {
    document: parseHtml(html),
    layout: null,
    url: 'https://www.example.com/product.html',
    linkText: '',
    channel: 'website',
    isHome: false,
    contentSha256: 'ab',
    ...more,
  };
}

const box = { x: 10, y: 20, w: 100, h: 20 };

function aLayout(path: string, text: string, isVisible: boolean): Layout {
  return {
    pageWidth: 800,
    pageHeight: 600,
    texts: [{ path, text, isVisible, boxes: [{ start: 0, length: text.length, box }] }],
  };
}

describe('reading a page', () => {
  it('keeps source, region and path of every block, and says who read it', () => {
    const reading = readPage(
      aPage('<title>标题</title><nav><a href="/">首页</a></nav><p>正文一段</p><img alt="图说" src="a.png">'),
    );
    expect(reading.readerVersion).toBe(READER_VERSION);
    expect(reading.contentSha256).toBe('ab');
    expect(reading.segments.map(({ source, text }) => [source, text])).toEqual(
      expect.arrayContaining([
        ['title', '标题'],
        ['visible', '正文一段'],
        ['alt', '图说'],
      ]),
    );
    expect(reading.segments.find(({ text }) => text === '首页')?.region).toBe('nav');
    expect(new Set(reading.segments.map(({ pageKind }) => pageKind)).size).toBe(1);
  });

  it('calls hidden what the layout does not draw, and gives what it draws a box', () => {
    const html = '<p>看不见的字</p>';
    const path = parseHtml(html).texts.find(({ text }) => text === '看不见的字')?.path ?? '';
    const unseen = readPage(aPage(html, { layout: aLayout(path, '看不见的字', false) })).segments[0];
    expect(unseen).toMatchObject({ source: 'hidden', box: null });
    const seen = readPage(aPage(html, { layout: aLayout(path, '看不见的字', true) })).segments[0];
    expect(seen).toMatchObject({ source: 'visible', box: { x: 10, y: 20 } });
  });

  it('adds what opened in the browser once, under the label that opened it', () => {
    const shown = (text: string, i: number) => ({ path: `/html/body/div/p[${i + 1}]`, text });
    const states = [
      { label: '安全保障', texts: ['专款余额三千万', '正文一段', ' '].map(shown) },
      { label: '其他', texts: ['专款余额三千万'].map(shown) },
    ];
    const opened = readPage(aPage('<p>正文一段</p>', { states })).segments.filter(({ path }) =>
      path.startsWith('/html/body/div'),
    );
    expect(opened.map(({ text, heading, source }) => [text, heading, source])).toEqual([
      ['专款余额三千万', '安全保障', 'visible'],
    ]);
  });

  it('gives a row of a table as one more segment', () => {
    const { segments } = readPage(aPage('<table><tr><td>借款期限</td><td>7天</td></tr></table>'));
    expect(segments.filter(({ tag }) => tag === 'tr').map(({ text }) => text)).toEqual(['借款期限 ｜ 7天']);
  });

  it('finds the text of a row also behind an icon, and of every row of a long table', () => {
    const icon = readPage(aPage('<table><tr><td><img alt="钟" src="a.png">期限</td><td>7天</td></tr></table>'));
    expect(icon.segments.filter(({ tag }) => tag === 'tr').map(({ text }) => text)).toEqual(['期限 ｜ 7天']);
    const rows = Array.from({ length: 3000 }, (_, i) => `<tr><td>第${i}期</td><td>${i}元</td></tr>`).join('');
    const long = readPage(aPage(`<table>${rows}</table>`)).segments.filter(({ tag }) => tag === 'tr');
    expect(long.map(({ text }) => text).at(-1)).toBe('第2999期 ｜ 2999元');
    expect(long).toHaveLength(3000);
  });

  it('reads names and descriptions of embedded data, and passes over broken ones', () => {
    const html =
      '<script type="application/ld+json">{"@type":"Product","description":"凭身份证借款"}</script><script type="application/ld+json">{broken</script>';
    const data = readPage(aPage(html)).segments.filter(({ path }) => path.startsWith('/json-ld'));
    expect(data.map(({ path, text, source }) => [path, text, source])).toEqual([
      ['/json-ld[1]/description', '凭身份证借款', 'meta'],
    ]);
  });

  it('survives embedded data that is nested without end', () => {
    const deep = `${'{"a":'.repeat(5000)}"x"${'}'.repeat(5000)}`;
    expect(() => readPage(aPage(`<script type="application/ld+json">${deep}</script>`))).not.toThrow();
  });
});

describe('reading plain text', () => {
  it('gives one segment whose offsets are those of the text', () => {
    const reading = readText('  校园贷 ', { pageKind: 'ad' });
    expect(reading.segments).toHaveLength(1);
    expect(reading.segments[0]).toMatchObject({ path: 'text', text: '  校园贷 ', pageKind: 'ad', source: 'visible' });
  });

  it('gives no segment for no text', () => {
    expect(readText('', { pageKind: 'home' }).segments).toEqual([]);
  });
});

describe('boxing hits', () => {
  const about: QuoteAbout = {
    kind: 'quote',
    path: '/html/body/p',
    segmentText: '这里有校园贷',
    source: 'visible',
    region: 'main',
    pageKind: 'home',
    start: 3,
    end: 6,
    quote: '校园贷',
    box: null,
  };
  const aHit = (more: Partial<QuoteAbout> = {}): Hit => ({
    ruleId: 'r',
    ruleVersion: '0',
    verdict: 'flag',
    score: 1,
    clause: '',
    cues: [],
    about: { ...about, ...more },
  });

  it('gives the rectangle of the quoted words alone', () => {
    const [hit] = boxHits([aHit()], aLayout('/html/body/p', '这里有校园贷', true));
    const found = (hit?.about as QuoteAbout).box;
    expect(found?.x).toBeCloseTo(60);
    expect(found?.w).toBeCloseTo(50);
  });

  it('leaves hits without a place alone: no layout, hidden words, attributes', () => {
    expect(boxHits([aHit()], null)).toEqual([aHit()]);
    const layout = aLayout('/html/body/p', '这里有校园贷', true);
    expect((boxHits([aHit({ source: 'hidden' })], layout)[0]?.about as QuoteAbout).box).toBeNull();
    expect(
      (boxHits([aHit({ source: 'alt', path: '/html/body/img/@alt' })], layout)[0]?.about as QuoteAbout).box,
    ).toBeNull();
  });
});
