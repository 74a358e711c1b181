import { ratesIn, yearly } from './rates';

const told = (text: string): unknown[] =>
  ratesIn(text).map((rate) => [
    rate.kind,
    Math.round(rate.percent * 1e4) / 1e4,
    rate.per,
    Math.round(yearly(rate) ?? 0),
  ]);

describe('a rate', () => {
  it.each([
    ['日息万五', ['interest', 0.05, 'day', 18]],
    ['日费率万七', ['fee', 0.07, 'day', 26]],
    ['日息千一', ['interest', 0.1, 'day', 37]],
    ['日利率0.2%', ['interest', 0.2, 'day', 73]],
    ['每日千分之四支付利息', ['interest', 0.4, 'day', 146]],
    ['周利率8%', ['interest', 8, 'week', 416]],
    ['月息2分', ['interest', 2, 'month', 24]],
    ['月息8厘', ['interest', 0.8, 'month', 10]],
    ['三分五的利', ['interest', 3.5, 'month', 42]],
    ['年息一分二', ['interest', 12, 'year', 12]],
    ['管理费1.5%/月', ['fee', 1.5, 'month', 18]],
    ['年利率49%-120%', ['interest', 120, 'year', 120]],
    ['年化综合成本58.6%', ['total', 58.6, 'year', 59]],
    ['逾期每日加一成', ['penalty', 10, 'day', 3650]],
    ['放款时先收取25%综合费', ['fee', 25, null, 0]],
  ])('is read in %s', (text, rate) => expect(told(text)).toEqual([rate]));

  it.each([
    '出借人参考年回报率 8.5%-10.8%',
    '加息券：年化收益+1.5%',
    '逾期罚息为合同利率的130%',
    '最大单一借款人占比132%',
    '首付2成',
    '三分钟到账',
    '通过率97%',
  ])('is not read in %s', (text) => expect(told(text)).toEqual([]));
});
