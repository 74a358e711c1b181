import { type HtmlDocument, type HtmlText } from './document';
import { parseHtml } from './parse';

const body = (html: string): HtmlDocument => parseHtml(`<!doctype html><html><head></head><body>${html}</body></html>`);
const visible = (document: HtmlDocument): string[] =>
  document.texts.filter((it) => it.source === 'visible').map((it) => it.text);
const textsOf = (html: string): string[] => visible(body(html));
const sourcesOf = (html: string): [HtmlText['source'], string][] => body(html).texts.map((it) => [it.source, it.text]);
const rowsOf = (html: string): (readonly string[])[] => body(html).rows.map((it) => it.cells);

describe('blocks of text', () => {
  it('join inline elements without a gap and keep paragraphs apart', () => {
    expect(textsOf('<p>风<b>险</b><i>备</i>付<span>金</span></p><p>出借</p>')).toEqual(['风险备付金', '出借']);
  });

  it('collapse white space, no-break and ideographic spaces, and keep zero-width characters', () => {
    expect(textsOf('<p> a&nbsp;\u3000\n b\u200bc\ufeffd </p>')).toEqual(['a b\u200bc\ufeffd']);
  });

  it('join the halves of a label at a br, part long lines by a space and paragraphs at two', () => {
    expect(textsOf('<td>前十大借款人<br>待还金额占比</td>')).toEqual(['前十大借款人待还金额占比']);
    expect(textsOf('<p>电话 400<br/>地址</p>')).toEqual(['电话 400 地址']);
    expect(textsOf('<p>平台不为任何出借人提供担保或者承诺<br>保本保息</p>')).toEqual([
      '平台不为任何出借人提供担保或者承诺 保本保息',
    ]);
    expect(textsOf('<p>一<br><br>二</p>')).toEqual(['一', '二']);
  });

  it('go on after a nested block, with the same path', () => {
    const { texts } = body('<div>前<p>中</p>后</div>');
    expect(texts.map((it) => [it.text, it.path])).toEqual([
      ['前', '/html[1]/body[1]/div[1]'],
      ['中', '/html[1]/body[1]/div[1]/p[1]'],
      ['后', '/html[1]/body[1]/div[1]'],
    ]);
  });

  it('count namesakes in paths', () => {
    expect(body('<div></div><p>a</p><div><p>b</p><p>c</p></div>').texts.at(-1)?.path).toBe(
      '/html[1]/body[1]/div[2]/p[2]',
    );
  });

  it('part links that stand among links, and keep one in a sentence', () => {
    expect(textsOf('<div><a href=a>首页</a> | <a href=b>信息披露</a></div>')).toContain('信息披露');
    expect(textsOf('<p>点击<a href=a>这里</a>查看</p>')).toEqual(['点击这里查看']);
  });

  it('carry the heading above them, inside their section only', () => {
    const { texts } = body('<h2>备案信息</h2><p>a</p><section><h3>内</h3><p>b</p></section><p>c</p>');
    expect(texts.filter((it) => it.tag === 'p').map((it) => it.heading)).toEqual(['备案信息', '内', '备案信息']);
  });

  it('do not come from comments, scripts, style sheets and templates', () => {
    expect(
      textsOf('<!-- 保本 --><script>"保本"</script><style>a::before{content:"保本"}</style><template>保本</template>x'),
    ).toEqual(['x']);
  });
});

describe('hidden text', () => {
  it.each([
    ['hidden', '<p hidden>x</p>'],
    ['display', '<p style="color:red; DISPLAY : none !important">x</p>'],
    ['visibility', '<p style="visibility:hidden">x</p>'],
    ['font size', '<p style="font-size:0">x</p>'],
    ['opacity', '<p style="opacity:0">x</p>'],
    ['off the screen', '<p style="text-indent:-9999px">x</p>'],
    ['moved away', '<p style="position:absolute;left:-3000px">x</p>'],
    ['colour of the ground', '<p style="color:#fff;background:#fff">x</p>'],
    ['aria', '<p aria-hidden="true">x</p>'],
    ['closed details', '<details><p>x</p></details>'],
    ['tab that is not open', '<div class="tab-pane fade">x</div>'],
    ['noscript', '<noscript><p>x</p></noscript>'],
    ['inherited', '<div hidden><p><b>x</b></p></div>'],
  ])('is known by %s', (_, html) => {
    expect(sourcesOf(html)).toEqual([['hidden', 'x']]);
  });

  it('is not seen where there is none', () => {
    for (const html of [
      '<p style="opacity:0.9;font-size:16px">x</p>',
      '<details open><p>x</p></details>',
      '<div class="tab-pane active">x</div>',
    ]) {
      expect(sourcesOf(html)).toEqual([['visible', 'x']]);
    }
  });

  it('does not tear the visible line around it', () => {
    expect(sourcesOf('<p>保<span style="display:none">垃圾</span>本</p>')).toEqual([
      ['hidden', '垃圾'],
      ['visible', '保本'],
    ]);
  });
});

describe('texts in attributes and head', () => {
  it('come with their place, the title first and the metas next', () => {
    const { texts, meta, title } = parseHtml(
      '<body><img alt="本息保障"><input type=submit value="立即出借" placeholder="手机号"><title>晚到的标题</title><meta name=Keywords content="理财">',
    );
    expect(title).toBe('晚到的标题');
    expect(meta).toEqual({ keywords: '理财' });
    expect(texts.map((it) => [it.source, it.text, it.path])).toEqual([
      ['title', '晚到的标题', '/html[1]/body[1]/title[1]'],
      ['meta', '理财', '/html[1]/body[1]/meta[1]/@content'],
      ['alt', '本息保障', '/html[1]/body[1]/img[1]/@alt'],
      ['visible', '立即出借', '/html[1]/body[1]/input[1]/@value'],
      ['alt', '手机号', '/html[1]/body[1]/input[1]/@placeholder'],
    ]);
  });

  it('keep the first of each meta and cannot reach the prototype', () => {
    const { meta } = parseHtml(
      '<meta name=description content=a><meta name=description content=b><meta name=__proto__ content=c>',
    );
    expect(meta.description).toBe('a');
    expect(Object.getPrototypeOf(meta)).toBe(Object.prototype);
    expect(Object.hasOwn(meta, '__proto__')).toBe(true);
  });

  it('keep linked data as it is written', () => {
    expect(parseHtml('<script type="application/ld+json">{"a":</script>').jsonLd).toEqual(['{"a":']);
  });
});

describe('regions', () => {
  it('come from landmarks, roles and the names that sites use', () => {
    const regionOf = (html: string): string | undefined => body(html).texts.find((it) => it.text === 'x')?.region;
    expect(regionOf('<nav>x</nav>')).toBe('nav');
    expect(regionOf('<div role=contentinfo>x</div>')).toBe('footer');
    expect(regionOf('<div class="g-footer"><p>x</p></div>')).toBe('footer');
    expect(regionOf('<div id="foot">x</div>')).toBe('footer');
    expect(regionOf('<div class="hd">x</div>')).toBe('header');
    expect(regionOf('<div class="sidebar-left">x</div>')).toBe('aside');
    expect(regionOf('<div class="card-footer">x</div>')).toBe('main');
    expect(regionOf('<article><header>x</header></article>')).toBe('main');
    expect(regionOf('<p>x</p>')).toBe('main');
  });
});

describe('rows', () => {
  it('take headings, wide cells and tall cells into account', () => {
    const { rows } = body(
      '<table><tr><th>项目<th>金额<th>笔数<tr><td rowspan=2>甲<td colspan=2>1<tr><td>2<td>3</table>',
    );
    expect(rows.map((it) => it.cells)).toEqual([
      ['甲', '1', ''],
      ['甲', '2', '3'],
    ]);
    expect(rows[0]?.header).toEqual(['项目', '金额', '笔数']);
  });

  it('keep nested tables apart', () => {
    expect(rowsOf('<table><tr><td>外<table><tr><td>注册资本<td>5000万元</table><td>右</table>')).toEqual([
      ['注册资本', '5000万元'],
      ['外', '右'],
    ]);
  });

  it('come from definition lists and label-value pairs, with their pictures and links', () => {
    const { rows } = body(
      '<dl><dt>组织架构<dd><img src=o.png><dt>网站<dd><a href="//x">x</a></dl>' +
        '<ul><li><span>注册资本</span><span>5000万元</span></li><li><em>成立时间</em>2014年</li></ul>' +
        '<div><b>9.41</b><i>亿元</i></div>',
    );
    expect(rows.map((it) => it.cells)).toEqual([
      ['组织架构', ''],
      ['网站', 'x'],
      ['注册资本', '5000万元'],
      ['成立时间', '2014年'],
      ['9.41', '亿元'],
    ]);
    expect(rows[0]?.images).toEqual(['o.png']);
    expect(rows[1]?.links).toEqual(['//x']);
  });

  it('do not come from sentences', () => {
    expect(rowsOf('<p>注册资本：5000万元</p>')).toEqual([]);
  });
});

describe('links and signs', () => {
  it('keeps links as written, with the words of the picture inside', () => {
    const { links } = parseHtml(
      '<meta http-equiv=refresh content="0; URL=\'/a\'"><link rel=alternate href=m.html><a href="javascript:1"><img alt=披露></a><area href=b><iframe src=c></iframe>',
    );
    expect(links.map((it) => [it.kind, it.href, it.text])).toEqual([
      ['refresh', '/a', ''],
      ['alternate', 'm.html', ''],
      ['anchor', 'javascript:1', '披露'],
      ['area', 'b', ''],
      ['frame', 'c', ''],
    ]);
  });

  it('says what needs a browser', () => {
    const shell = parseHtml('<div id=app><!-- --> </div><script src=a></script>').signs;
    expect(shell).toMatchObject({ hasEmptyShell: true, scriptCount: 1, visibleLength: 0, hasTabs: false });
    expect(parseHtml('<div id=app>加载中...</div>').signs.hasEmptyShell).toBe(true);
    expect(parseHtml('<div id=app><p>好</p></div>').signs).toMatchObject({ hasEmptyShell: false, visibleLength: 1 });
    expect(parseHtml('<ul class="tab-hd"></ul>').signs.hasTabs).toBe(true);
    expect(parseHtml('<iframe src="about:blank"></iframe>').signs.hasFrames).toBe(false);
    expect(parseHtml('<p>{{ total }}<input type=PASSWORD>').signs).toMatchObject({
      hasTemplateMarks: true,
      hasPasswordField: true,
    });
  });
});

describe('hostile pages', () => {
  it('reads unclosed and misnested tags as browsers do', () => {
    expect(textsOf('<p>a<div>b</span></p>c<b><p>d</b>e')).toEqual(['a', 'b', 'c', 'de']);
  });

  it('reads NULs, odd entities and plaintext', () => {
    expect(textsOf('<p>a\u0000b &#x98ce;&#38505; &amp;lt; &nosuch; &#0; &#1114112;</p>')[0]).toMatch(
      /^ab 风险 &lt; &nosuch;/,
    );
    expect(textsOf('<plaintext><p>x</p>')).toEqual(['<p>x</p></body></html>']);
  });

  it('reads frame sets as links', () => {
    const { links, texts, signs } = parseHtml(
      '<frameset cols="1,2"><frame src=a><frame src=b><noframes><p>旧</p></noframes></frameset>',
    );
    expect(links.map((it) => it.href)).toEqual(['a', 'b']);
    expect(texts.map((it) => [it.source, it.text])).toEqual([['hidden', '旧']]);
    expect(signs.hasFrames).toBe(true);
  });

  it('reads nothing as nothing', () => {
    expect(parseHtml('')).toMatchObject({ title: '', texts: [], links: [], rows: [], images: [] });
  });

  it('reads a hundred thousand nested elements without growing paths', () => {
    const { texts } = parseHtml(`${'<div>'.repeat(100_000)}底`);
    expect(texts.map((it) => it.text)).toEqual(['底']);
    expect(texts[0]?.path.length).toBeLessThan(512 * 10);
  });

  it('reads a megabyte in one attribute', () => {
    expect(body(`<p title="${'x'.repeat(1_000_000)}" style="${'a:b;'.repeat(250_000)}">y</p>`).texts).toHaveLength(2);
  });

  it('stops at a bound where misnesting multiplies elements, and says so', () => {
    const few = Array.from({ length: 3000 }, (_, i) => `<p><b id=${i}>x</p>`).join('');
    expect(parseHtml(few).signs.isCut).toBe(true);
    expect(parseHtml('<p>x</p>'.repeat(3000)).signs.isCut).toBe(false);
  });

  it('gives the same document for the same text', () => {
    const html = '<nav><a href=a>甲</a></nav><table><tr><td>一<td>二</table>';
    expect(parseHtml(html)).toEqual(parseHtml(html));
  });
});
