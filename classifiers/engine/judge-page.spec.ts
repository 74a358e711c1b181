import { join } from 'node:path';
import { type Hit, type PageKind, type QuoteAbout, type Reading, type TextSegment } from '#libs/domain';
import { readText } from '#classifiers/extraction';
import { judgePage, loadPack, type JudgeOptions } from '.';

const pack = loadPack(join(__dirname, '..', 'rulepacks', 'notice-57'));
const options: JudgeOptions = { asOf: '2018-03-15', channel: 'website', platformName: '青禾网贷' };

function judge(text: string, pageKind: PageKind = 'home', more: Partial<JudgeOptions> = {}): Hit[] {
  return judgePage(readText(text, { pageKind }), pack, { ...options, ...more });
}

function aReading(segments: readonly Partial<TextSegment>[]): Reading {
  const whole = segments.map((segment, i): TextSegment => ({
    source: 'visible',
    region: 'main',
    pageKind: 'help',
    path: `/html/body/p[${i + 1}]`,
    text: '',
    tag: 'p',
    heading: '',
    box: null,
    ...segment,
  }));
  return { contentSha256: '', readerVersion: 'test', title: '', pageKind: 'help', segments: whole, rows: [] };
}

const verdictOf = (hits: readonly Hit[], ruleId: string): string =>
  ['flag', 'review', 'drop'].find((verdict) => hits.some((hit) => hit.ruleId === ruleId && hit.verdict === verdict)) ??
  'nothing';
const about = (hit: Hit): QuoteAbout => hit.about as QuoteAbout;

describe('the scope of a denial', () => {
  it('is its clause: a footer that denies silences no offer elsewhere', () => {
    const hits = judge('本平台不设风险备付金。另有质保服务专款余额3,000万元为您护航。');
    expect(hits.filter(({ verdict }) => verdict === 'flag').map((hit) => about(hit).quote)).toContain('质保服务专款');
  });

  it('ends at "but"', () => {
    expect(verdictOf(judge('我们不担保，但是风险备付金先行偿付'), 'risk-reserve-advertising')).toBe('flag');
  });

  it.each(['大学生也能借，无需抵押，额度五千', '拒绝套路，大学生专享额度', '停止焦虑，大学生分期来帮忙'])(
    'does not begin at a word that only looks like one: %s',
    (text) => {
      expect(verdictOf(judge(text), 'campus-loan-product')).toBe('flag');
    },
  );

  it('reaches from an answer back to its question, in one segment or in two', () => {
    expect(verdictOf(judge('问：学生可以借款吗？答：不可以。', 'help'), 'campus-loan-product')).toBe('drop');
    const apart = aReading([
      { text: '学生可以借款吗？', tag: 'dt' },
      { text: '不可以，在读期间不受理。', tag: 'dd' },
    ]);
    expect(verdictOf(judgePage(apart, pack, options), 'campus-loan-product')).toBe('drop');
    const together = aReading([
      { text: '学生可以借款吗？', tag: 'dt' },
      { text: '可以，凭学生证即可。', tag: 'dd' },
    ]);
    expect(verdictOf(judgePage(together, pack, options), 'campus-loan-product')).not.toBe('drop');
  });

  it('takes in a list below a heading that prohibits', () => {
    const listed = aReading([{ text: '校园贷', tag: 'li', heading: '禁止性行为' }]);
    expect(verdictOf(judgePage(listed, pack, options), 'campus-loan-product')).toBe('drop');
  });
});

describe('the verdict', () => {
  it('depends on who speaks: on an academy page a brand that praises its own reserve is not dropped', () => {
    expect(verdictOf(judge('风险备付金是什么', 'academy'), 'risk-reserve-advertising')).toBe('drop');
    expect(
      verdictOf(judge('青禾网贷设立的风险备付金余额三千万，逾期先行垫付', 'academy'), 'risk-reserve-advertising'),
    ).not.toBe('drop');
  });

  it('is at most review for words that the layout does not show, and says so', () => {
    const hidden = aReading([{ text: '风险备付金余额3,000万元', source: 'hidden', pageKind: 'home' }]);
    const hits = judgePage(hidden, pack, options);
    expect(verdictOf(hits, 'risk-reserve-advertising')).toBe('review');
    expect(hits.flatMap(({ cues }) => cues.map(({ name }) => name))).toContain('hidden');
  });

  it('is at most review for a lead', () => {
    const leads = new Set(pack.rules.filter(({ severity }) => severity === 'S4').map(({ id }) => id));
    const hits = judge('诚聘理财经理，底薪5000加提成，自带客户资源优先；赎楼垫资当天出款；回租贷立拿两千元', 'ad', {
      channel: 'ad',
    });
    expect(hits.filter(({ ruleId }) => leads.has(ruleId)).map(({ verdict }) => verdict)).toContain('review');
    expect(hits.filter(({ ruleId, verdict }) => leads.has(ruleId) && verdict === 'flag')).toEqual([]);
  });

  it('follows the day: no reserve rule before 8 December 2017', () => {
    const text = '平台设立千万级风险备付金，逾期本息全额垫付';
    expect(verdictOf(judge(text, 'home', { asOf: '2017-12-07' }), 'risk-reserve-advertising')).toBe('nothing');
    expect(verdictOf(judge(text, 'home', { asOf: '2017-12-08' }), 'risk-reserve-advertising')).toBe('flag');
  });

  it('joins a label and its value that stand in different cells', () => {
    const row = aReading([{ text: '借款期限 ｜ 7天', tag: 'tr', pageKind: 'product' }]);
    expect(verdictOf(judgePage(row, pack, options), 'cash-loan-product')).not.toBe('nothing');
    const single = aReading([{ text: '产品 ｜ 现金贷', tag: 'tr', pageKind: 'product' }]);
    expect(verdictOf(judgePage(single, pack, options), 'cash-loan-product')).toBe('nothing');
  });
});

describe('the title of a page', () => {
  const titled = (title: string, segments: readonly Partial<TextSegment>[], pageKind: PageKind): Hit[] => {
    const whole = [{ text: title, source: 'title' as const, tag: 'title', region: 'head' as const }, ...segments];
    return judgePage({ ...aReading(whole.map((it) => ({ pageKind, ...it }))), title, pageKind }, pack, options);
  };

  it('is no sentence: words of its parts are not joined, the site is not taken for the speaker', () => {
    expect(titled('街头骗局-出借人教育-青禾网贷', [], 'academy').filter(({ verdict }) => verdict !== 'drop')).toEqual(
      [],
    );
    expect(verdictOf(titled('法院判决某现金贷公司-行业资讯-青禾网贷', [], 'news'), 'cash-loan-product')).toBe('drop');
  });

  it('quotes a part at its place in the whole', () => {
    const hit = titled('首页_校园贷 火热申请', [], 'home').find(({ ruleId }) => ruleId === 'campus-loan-product');
    expect(hit && about(hit)).toMatchObject({ segmentText: '首页_校园贷 火热申请', start: 3, quote: '校园贷' });
  });

  it('lends what its section says to the page, but not to the frame that every page has', () => {
    const text = '千万级风险备付金到位';
    const page = (title: string, region: TextSegment['region']): string =>
      verdictOf(titled(title, [{ text, region }], 'news'), 'risk-reserve-advertising');
    expect(page('消息-公司动态-青禾网贷', 'main')).not.toBe('drop');
    expect(page('消息-行业资讯-青禾网贷', 'main')).toBe('drop');
    expect(page('消息-行业资讯-青禾网贷', 'footer')).toBe('flag');
  });

  it('parts nothing at a dash inside a number or a Latin word', () => {
    const hit = titled('借款3-6天', [], 'home').find(({ ruleId }) => ruleId === 'cash-loan-product');
    expect(hit && about(hit).quote).toContain('3-6天');
  });
});

describe('a word that says nothing alone', () => {
  it.each(['about', 'disclosure', 'help', 'news'] as const)('is dropped on a page that tells: %s', (pageKind) => {
    expect(verdictOf(judge('资助贫困学生十二名', pageKind), 'campus-loan-product')).toBe('drop');
    expect(verdictOf(judge('门店', pageKind), 'offline-promotion')).toBe('drop');
  });

  it('goes to a person where offers stand, and where an offer stands beside it', () => {
    expect(verdictOf(judge('学生', 'product'), 'campus-loan-product')).toBe('review');
    expect(verdictOf(judge('学生分期，点击申请', 'help'), 'campus-loan-product')).not.toBe('drop');
  });
});

describe('a sentence with two offers', () => {
  const quotes = (text: string): string[] =>
    judge(text, 'activity')
      .filter(({ ruleId, verdict }) => ruleId === 'offline-promotion' && verdict === 'flag')
      .map((hit) => about(hit).quote);

  it('gives both, when they stand in clauses of their own', () => {
    expect(quotes('周六财富沙龙：到店听经理讲解项目，签约即送金条')).toHaveLength(3);
  });

  it('gives one for one clause, the one that stays within it', () => {
    expect(quotes('每天在超市入口派发出借项目宣传单')).toEqual(['派发出借项目宣传单']);
  });
});

describe('every hit', () => {
  const pieces = [
    '风险备付金',
    '校园贷',
    '大学生',
    '借款',
    '不提供',
    '，',
    '。',
    '？',
    '3分钟',
    '500元',
    '7天',
    '到店',
    '送米',
    '<b>',
    '*',
    '\u200b',
    '首付',
    '垫',
    '😀',
    '\ud83d',
    '答：',
    '黑户',
    '也能',
    'x',
  ];

  it('quotes exactly its place, inside its segment, whatever the text', () => {
    let state = 7;
    const next = (): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state / 2 ** 32;
    };
    const kinds: PageKind[] = ['home', 'news', 'academy', 'help', 'agreement'];
    const broken: string[] = [];
    let seen = 0;
    for (let round = 0; round < 400; round += 1) {
      const text = Array.from(
        { length: 1 + Math.floor(next() * 30) },
        () => pieces[Math.floor(next() * pieces.length)],
      ).join('');
      for (const hit of judge(text, kinds[round % kinds.length])) {
        seen += 1;
        const { start, end, quote, segmentText } = about(hit);
        const isSound = start >= 0 && start < end && end <= text.length && segmentText.slice(start, end) === quote;
        if (!isSound || hit.score < 0 || hit.score > 1 || hit.cues.length === 0) broken.push(text);
      }
    }
    expect(broken).toEqual([]);
    expect(seen).toBeGreaterThan(100);
  });

  it('that is dropped says why', () => {
    const drops = judge('本平台不设风险备付金，也不做现金贷；严禁校园贷').filter(({ verdict }) => verdict === 'drop');
    expect(drops.length).toBeGreaterThanOrEqual(3);
    expect(drops.every(({ cues }) => cues.some(({ weight }) => weight < 0))).toBe(true);
  });

  it('has the clause of its neighbour with other digits', () => {
    const [a] = judge('风险备付金余额3,215万元');
    const [b] = judge('风险备付金余额8,001万元');
    expect(a?.clause).toBe(b?.clause);
    expect(judge('风险备付金覆盖全部项目')[0]?.clause).not.toBe(a?.clause);
  });

  it('stands at its place in a segment longer than one piece', () => {
    const text = `${'一般说明文字。'.repeat(4000)}风险备付金余额3,000万元`;
    const flag = judge(text).find(({ verdict }) => verdict === 'flag');
    expect(flag && text.slice(about(flag).start, about(flag).end)).toBe('风险备付金');
  });
});

describe('hostile text', () => {
  it.each([
    ['one word twelve thousand times', '校园贷'.repeat(12_000)],
    ['near words without end', '大学生借款'.repeat(6_000)],
    ['tags that never close', '<b '.repeat(12_000)],
    ['separators only', '*-_|· '.repeat(10_000)],
    ['questions only', '吗？'.repeat(12_000)],
    ['digits only', '1,'.repeat(12_000)],
  ])('%s is judged to an end', (_, text) => {
    expect(Array.isArray(judge(text))).toBe(true);
  });

  it('that is empty gives nothing', () => {
    expect(judge('')).toEqual([]);
  });
});

describe('figures', () => {
  const workedOut = (text: string, asOf: string): (string | null)[] =>
    judge(text, 'product', { asOf })
      .filter(({ ruleId }) => ruleId === 'illegal-interest')
      .flatMap(({ cues }) => cues.filter(({ name }) => name === 'worked-out').map(({ quote }) => quote));

  it('come with the steps by which they were worked out and the line that they cross', () => {
    expect(workedOut('借款1500元，到账1200元，15天后还1522.5元', '2018-03-15')).toEqual([
      '借款1500元，到手1200元，共还1522.5元，15天；成本322.5元÷到手1200元×365÷15＝年化654%，高于36%（法释〔2015〕18号）',
    ]);
  });

  it('are judged by the line of the day', () => {
    expect(workedOut('借款月利率2%', '2018-03-15')).toEqual([]);
    expect(workedOut('借款月利率2%', '2020-09-01')).toEqual([
      '利息每月2%×12＝年化24%，高于15.4%（法释〔2020〕6号（一年期LPR四倍））',
    ]);
  });
});
