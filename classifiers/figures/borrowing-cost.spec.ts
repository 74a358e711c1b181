import { viewOf } from '#classifiers/text';
import { readLoans } from './borrowing-cost';

const read = (text: string) => readLoans(viewOf(text).repaired);
const percents = (text: string): number[] => read(text).costs.map((cost) => Math.round(cost.annualPercent));

describe('the cost of borrowing', () => {
  it('of the case in the press counts on the money received: 1500 owed, 1200 received, 1522.5 back after 15 days', () => {
    const [cost] = read('借1500 到账1200，15天还1522.5').costs;
    expect(cost?.annualPercent).toBeCloseTo(653.96, 2);
    expect(cost?.steps).toBe('借款1500元，到手1200元，共还1522.5元，15天；成本322.5元÷到手1200元×365÷15＝年化654%');
  });

  it.each([
    ['日息万五，随借随还', [18]],
    ['年利率36%，另按月收取账户维护费1%', [48]],
    ['周利率8%，可滚动续借', [416]],
    ['月息2分，十二个月', [24]],
    ['每万元每日利息30元', [110]],
    ['每借1,000元每日费用8元，最长60天', [292]],
    ['借一万元，管理费1,800元由放款渠道代扣，月还1,050元×12期', [88]],
    ['借10000 到8500 每周还1200 共十周', [354]],
    ['借5,000元分6期，每期还1,020元，放款时先收取25%综合费', [193]],
    ['借款10,000元分12期，月还902.58元', [15]],
    ['先买260元的保障卡方可提现1,000元，7天到期归还1,000元', [1832]],
    ['拿到手按八折算，十天还清借款', [913]],
    ['一次性服务费8%，借款期限30天', [97]],
    ['<tr><td>合同金额</td><td>3000</td><td>到账</td><td>2250</td><td>周期</td><td>21天</td></tr>', [579]],
  ])('is worked out of %s', (text, expected) => expect(percents(text)).toEqual(expected));

  it('takes a total that the text states as it stands', () => {
    expect(percents('借款年化利率10.5%，服务费年化3%，综合成本13.5%')).toEqual([14]);
  });

  it('reads a loan told in two sentences', () => {
    expect(percents('借款2000元，到账1600元。7天后归还2000元。')).toContain(1304);
  });

  it('says when it had to assume how long the loan lasts', () => {
    expect(read('平台服务费率18%，放款时扣收；利息2%/月另计').costs.at(-1)).toMatchObject({ isAssumed: true });
  });

  it('tells what being late costs apart', () => {
    expect(read('逾期违约金按日千分之八计算').costs).toMatchObject([{ about: 'penalty', annualPercent: 292 }]);
  });

  it.each([
    '出借人参考年回报率 8.5%-10.8%',
    '新手标年化收益12%，出借1000元起',
    '提现金额1,000元，手续费2元，到账998元',
  ])('is no yield and no withdrawal: %s', (text) => expect(read(text)).toEqual({ costs: [], heldBack: [] }));
});

describe('what is held back', () => {
  it.each([
    ['签单五千，卡里四千二，那八百叫诚意金', '借款5000元，到手4200元，少800元'],
    ['手续费一成五当场扣，借条写整数', '每借100元，到手85元，少15元'],
    ['到手金额=申请额×85%', '每借100元，到手85元，少15元'],
    ['两千块打到卡里后，请转回四百元作为手续费', '借款2000元，到手1600元，少400元'],
  ])('is read in %s', (text, steps) => expect(read(text).heldBack.map((it) => it.steps)).toEqual([steps]));
});
