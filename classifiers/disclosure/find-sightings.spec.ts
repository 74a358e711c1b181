import { type DisclosureSighting, type PageKind, type Reading, type TextSegment } from '#libs/domain';
import { parseHtml } from '#libs/html';
import { loadChecklist } from './checklist';
import { findSightings } from './find-sightings';

const checklist = loadChecklist('classifiers/rulepacks/notice-57');

function sightingsIn(html: string, pageKind: PageKind = 'disclosure', asOf = '2018-03-15'): DisclosureSighting[] {
  const document = parseHtml(html);
  const segments = document.texts.map((text): TextSegment => ({ ...text, pageKind, box: null }));
  const reading: Reading = {
    contentSha256: '',
    readerVersion: '',
    title: document.title,
    pageKind,
    segments,
    rows: document.rows,
  };
  return findSightings(reading, checklist, asOf, document);
}
const found = (html: string, pageKind?: PageKind): string[] => [
  ...new Set(sightingsIn(html, pageKind).map((it) => `${it.item} ${it.state} ${it.value}`)),
];

describe('labels', () => {
  it('are read beside values, in columns, in lists and in running text', () => {
    expect(found('<table><tr><td>注册资本<td>5,000万元<td>注册地址<td>甲市乙路1号</table>')).toEqual([
      'B04 present 5,000万元',
      'B06 present 甲市乙路1号',
    ]);
    expect(found('<table><tr><th>逾期金额（万元）<th>逾期笔数<tr><td>36<td>41</table>')).toEqual([
      'D13 present 36',
      'D14 present 41',
    ]);
    expect(found('<table><tr><td>逾期金额<td>逾期笔数<tr><td>36万元<td>41</table>')).toEqual([
      'D13 present 36万元',
      'D14 present 41',
    ]);
    expect(found('<dl><dt>一、经营状态：<dd>存续</dl>')).toEqual(['B10 present 存续']);
    expect(found('<p>注册资本：5,000万元 实缴资本：-</p>')).toEqual(['B04 present 5,000万元', 'B05 present-empty -']);
    expect(found('<div><b>12.8亿元</b><span>累计成交</span></div>')).toEqual(['D01 present 12.8亿元']);
  });

  it('speak of several items where they name several', () => {
    expect(found('<dl><dt>注册资本 / 实缴资本<dd>2,000万元 / 2,000万元</dl>').map((it) => it.slice(0, 3))).toEqual([
      'B04',
      'B05',
    ]);
    expect(found('<dl><dt>法定代表人、董事、监事<dd>龙**</dl>')).toEqual(['B11 present 龙**']);
  });

  it('are read with a br, a unit or a known misspelling in them', () => {
    expect(found('<table><tr><td>前十大借款人<br>待还金额占比<td>2.3%</table>')).toEqual(['D09 present 2.3%']);
    expect(found('<table><tr><td>前十大借款代还金额占比<td>2.3%</table>')).toEqual(['D09 present 2.3%']);
    expect(found('<table><tr><td>逾期90天（不含）以上金额(元)<td>0</table>')).toEqual(['D15 present 0']);
  });

  it('do not count on pages about somebody else', () => {
    for (const kind of ['agreement', 'loan', 'news', 'academy', 'product'] as const) {
      expect(found('<dl><dt>注册资本<dd>100万元</dl>', kind)).toEqual([]);
    }
  });
});

describe('values', () => {
  it('are placeholders before they are anything else', () => {
    expect(found('<p>法定代表人：暂无</p>')).toEqual(['B11 present-empty 暂无']);
    expect(found('<dl><dt>注册资本<dd>{{company.capital}}</dl>')).toEqual(['B04 present-empty {{company.capital}}']);
    expect(found('<dl><dt>收费标准<dd>以合同为准</dl>')).toEqual(['D19 present-empty 以合同为准']);
    expect(found('<dl><dt>备案信息<dd>办理中</dl>')).toEqual(['A1 present-empty 办理中']);
  });

  it('of a filing may be words on its progress', () => {
    expect(found('<dl><dt>备案登记信息<dd>尚未备案，等待验收结论</dl>')[0]).toBe('A1 present 尚未备案，等待验收结论');
  });

  it('do not answer a label of another kind: the record of a site is no licence', () => {
    expect(found('<dl><dt>增值电信业务经营许可证<dd>浙ICP备13000001号</dl>')).toEqual([]);
    expect(found('<p>浙ICP备13000001号-1</p>', 'help')).toEqual([]);
  });

  it('without a label count by their form', () => {
    expect(found('<p>浙公网安备 33010802000123号</p>', 'help')).toEqual(['A4 present 浙公网安备 33010802000123号']);
    expect(found('<p>增值电信业务 浙B2-20150001</p>', 'help')).toEqual(['A2 present 浙B2-20150001']);
    expect(found('<p>© 2013 甲乙信息技术有限公司</p>', 'help')).toEqual(['B01 present 甲乙信息技术有限公司']);
  });

  it('that are social credit codes count without a label when the check character is right', () => {
    expect(found('<p>91350100M000100Y43</p>')).toEqual(['B03 present 91350100M000100Y43']);
    expect(found('<p>91350100M000100Y44</p>')).toEqual([]);
  });

  it('say that there are no branches', () => {
    const said = found('<p>分支机构：无（所有业务均通过互联网办理，未设立分支机构）</p>');
    expect(said).toEqual(['B16', 'B17', 'B18', 'B19', 'B20', 'B21', 'B22'].map((item) => `${item} present 无`));
  });
});

describe('figures and reports', () => {
  const page = (day: string): string => `<h2>经营数据（截至${day}）</h2><table><tr><td>借贷余额<td>1亿元</table>`;

  it('are stale when they speak of an earlier month than required', () => {
    expect(sightingsIn(page('2018年2月28日')).find((it) => it.item === 'D03')).toMatchObject({
      state: 'present',
      asOf: '2018-02-28',
    });
    expect(sightingsIn(page('2017年12月31日')).find((it) => it.item === 'D03')).toMatchObject({
      state: 'stale',
      asOf: '2017-12-31',
    });
    expect(sightingsIn(page('2018年1月31日'), 'disclosure', '2018-03-07').find((it) => it.item === 'D03')?.state).toBe(
      'present',
    );
  });

  it('are stale when the audit is older than the year before last in March', () => {
    expect(found('<p>2016年度财务审计报告</p>')[0]).toContain('C1 present');
    expect(found('<p>2015年度审计报告</p>')[0]).toContain('C1 stale');
  });
});

describe('pictures and files', () => {
  it('answer only when their words name the item', () => {
    expect(found('<dl><dt>组织架构<dd><img src=o.png alt=组织架构图></dl>')).toEqual(['B14 present 组织架构图']);
    expect(found('<dl><dt>组织架构<dd><img src=o.png alt=""></dl>')).toEqual(['B14 unread o.png']);
    expect(found('<dl><dt>组织架构<dd></dl>')).toEqual(['B14 present-empty ']);
    expect(found('<p>组织架构：<img src=o.png></p>')).toEqual(['B14 unread o.png']);
    expect(found('<p>组织架构：</p>')).toEqual(['B14 present-empty ']);
    expect(found('<div><strong>组织架构：</strong><p>董事会下设三部</p></div>')).toEqual([
      'B14 present 董事会下设三部',
    ]);
  });

  it('are kept as unread where they may hold an answer', () => {
    expect(found('<img src=a/info.jpg><img src=logo.png><img src=qr.png alt=扫码关注><a href=x.pdf>下载</a>')).toEqual([
      'picture unread a/info.jpg',
      'file unread x.pdf',
    ]);
    expect(found('<footer><img src=a/gongan.png></footer>')).toEqual(['footer-picture unread a/gongan.png']);
    expect(found('<img src=a/info.jpg>', 'news')).toEqual([]);
  });
});

describe('frames', () => {
  it('are unread unless texts of theirs are in the reading', () => {
    expect(found('<iframe src=data.html></iframe>')).toEqual(['frame unread data.html']);
    const document = parseHtml('<iframe src=data.html></iframe>');
    const path = '/html[1]/body[1]/iframe[1]/html[1]/body[1]/p[1]';
    const segment: TextSegment = {
      source: 'visible',
      region: 'main',
      pageKind: 'disclosure',
      path,
      text: '经营状态：存续',
      tag: 'p',
      heading: '',
      box: null,
    };
    const reading: Reading = {
      contentSha256: '',
      readerVersion: '',
      title: '',
      pageKind: 'disclosure',
      segments: [segment],
      rows: [],
    };
    expect(findSightings(reading, checklist, '2018-03-15', document).map((it) => it.item)).toEqual(['B10']);
  });
});

describe('the home page', () => {
  it('shows the column for disclosure, the warning and the record number', () => {
    const said = found(
      '<title>某某网-出借平台</title><nav><a href=d>信息披露</a></nav><p>网贷有风险，出借需谨慎</p><footer>浙ICP备13000001号</footer>',
      'home',
    );
    expect(said).toEqual([
      'H1 present 信息披露',
      'I2 present 网贷有风险，出借需谨慎',
      'I1 present 浙ICP备13000001号',
      'B02 present 某某网',
    ]);
  });

  it('does not show a column where only a sentence speaks of one', () => {
    expect(
      found('<p>信息披露</p><p>我们重视<a href=x>信息披露工作的重要意义</a></p>', 'home').filter((it) =>
        it.startsWith('H1'),
      ),
    ).toEqual([]);
  });
});

describe('hostile pages', () => {
  it('are read in time that grows with their size', () => {
    expect(
      found(`<p>${'地址'.repeat(20_000)}</p><p>${'a'.repeat(100_000)}@</p><p>${'截至2018年'.repeat(5_000)}</p>`),
    ).toEqual([]);
  });
});
