import { spanInOriginal, viewOf } from '#classifiers/text';
import { overCapIn } from './borrowing-cap';
import { daysPastDeadlineIn } from './filing-deadline';
import { longFundingIn } from './funding-period';
import { lateStartsIn } from './late-start';
import { contradictionsIn } from './operating-data';
import { staleDatesIn } from './stale-date';
import { unannualisedCostsIn } from './unannualised-cost';

const AS_OF = '2018-03-15';
type Finder = (text: string, asOf: string) => readonly { start: number; end: number }[];

function quotes(find: Finder, text: string): string[] {
  const view = viewOf(text);
  return find(view.repaired, AS_OF).map((found) => {
    const { start, end } = spanInOriginal(view, found.start, found.end);
    return text.slice(start, end);
  });
}

describe('a listed loan above its cap', () => {
  it.each([
    ['借款人：自然人，借款金额45万元', ['45万元']],
    ['周某某个人信用标，融资总额 260,000 元', ['260,000 元']],
    ['企业经营贷，单笔最高可贷500万', ['500万']],
    ['标的金额120万元，用途见说明', ['120万元']],
  ])('is found in %s', (text, expected) => expect(quotes(overCapIn, text)).toEqual(expected));

  it.each([
    '个人消费标，借款金额20万元',
    '企业借款100万元',
    '抵押物评估价350万元，个人借款18万元',
    '2016年5月发布的个人借款30万元，逐月偿还中',
    '平台累计借款金额12亿元',
  ])('is not found in %s', (text) => expect(quotes(overCapIn, text)).toEqual([]));
});

describe('a funding period above 20 working days', () => {
  it.each([
    ['本标募集期25个工作日', ['25个工作日']],
    ['筹款时间两个月', ['两个月']],
    ['认购期：2018-01-20至2018-03-05', ['2018-01-20至2018-03-05']],
  ])('is found in %s', (text, expected) => expect(quotes(longFundingIn, text)).toEqual(expected));

  it.each(['募集期10天，借款期限180天', '最长募集20个工作日', '借款期限：12个月', '2018-01-20至2018-02-05募集'])(
    'is not found in %s',
    (text) => expect(quotes(longFundingIn, text)).toEqual([]),
  );
});

describe('figures that are too old', () => {
  it.each([
    ['数据统计截至2017年6月30日', ['2017年6月30日']],
    ['最新月报：2017年9月', ['2017年9月']],
    ['2016年度审计报告', []],
    ['2015年度审计报告', ['2015年']],
  ])('are found in %s', (text, expected) => expect(quotes(staleDatesIn, text)).toEqual(expected));

  it.each([
    '数据截至2018年2月28日',
    '统计时点2017-12-31，披露日期2018-01-05',
    '活动截止2017年5月1日',
    '注册时间2017-03-01',
  ])('are not found in %s', (text) => expect(quotes(staleDatesIn, text)).toEqual([]));

  it('are judged by the day on which the page says it was seen', () => {
    expect(staleDatesIn('截至2018-02-28的数据，查看时间2018-03-12', '2018-09-01')).toEqual([]);
    expect(staleDatesIn('截至2018-02-28的数据', '2018-09-01')).toHaveLength(1);
  });
});

describe('a beginning after the measures', () => {
  it.each([
    ['平台于2017年4月正式上线', ['2017年4月']],
    ['网站成立时间：2016-09-01', ['2016-09-01']],
    ['已安全运营300天', ['安全运营300天']],
    ['平台一周年庆', ['一周年']],
  ])('is found in %s', (text, expected) => expect(quotes(lateStartsIn, text)).toEqual(expected));

  it.each([
    '公司成立于2013年6月',
    '借款企业成立于2017年5月',
    '新版APP于2017年11月上线',
    '资金存管银行：云川银行，上线时间2017-08-01',
    '已安全运营1800天',
  ])('is not found in %s', (text) => expect(quotes(lateStartsIn, text)).toEqual([]));
});

describe('figures that contradict each other', () => {
  it.each([
    ['累计出借人数1,200人，当期出借人数1,530人', ['累计出借人数1,200人，当期出借人数1,530人']],
    ['借贷余额5.2亿元；累计借贷金额3亿元', ['借贷余额5.2亿元；累计借贷金额3亿元']],
    ['前十大借款人占比3.1%，最大单一借款人占比5.2%', ['前十大借款人占比3.1%，最大单一借款人占比5.2%']],
    ['逾期金额0元，逾期笔数12笔', ['逾期金额0元，逾期笔数12笔']],
    ['逾期金额-3万元', ['逾期金额-3万元']],
  ])('are found in %s', (text, expected) => expect(quotes(contradictionsIn, text)).toEqual(expected));

  it.each(['累计借贷金额3亿元，借贷余额1.2亿元', '逾期金额58万元，逾期90天以上金额21万元', '代偿金额0元，代偿笔数0笔'])(
    'are not found in %s',
    (text) => expect(quotes(contradictionsIn, text)).toEqual([]),
  );
});

describe('a price without the year', () => {
  it.each([
    ['日利率0.05%起', ['日利率0.05%']],
    ['管理费：19元/周', ['管理费：19元/周']],
    ['服务费一次性收取12%', ['12%']],
  ])('is found in %s', (text, expected) => expect(quotes(unannualisedCostsIn, text)).toEqual(expected));

  it.each(['日利率0.03%，折合年化10.95%', '年利率12%', '逾期按日万分之五计收违约金'])('is not found in %s', (text) =>
    expect(quotes(unannualisedCostsIn, text)).toEqual([]),
  );
});

it('finds days after the deadline for filing', () => {
  expect(daysPastDeadlineIn('发标时间2018-07-03，上一期2018-06-30', '2018-09-01')).toHaveLength(1);
});
