import { sumsIn } from './sums';

const told = (text: string): (string | number)[] => sumsIn(text).flatMap(({ yuan, role }) => [role, yuan]);

describe('a sum of money', () => {
  it.each([
    ['借1500元，到账1200元，15天后还1522.5元', ['owed', 1500, 'received', 1200, 'repaid', 1522.5]],
    ['签单五千，卡里四千二，那八百叫诚意金', ['owed', 5000, 'received', 4200, 'fee', 800]],
    ['申请金额1500|实得1170|应还1500|期限7天', ['owed', 1500, 'received', 1170, 'repaid', 1500]],
    ['借10000 到8500 每周还1200 共十周', ['owed', 10_000, 'received', 8500, 'repaid', 1200]],
    ['借1000元，综合费150元于放款时收取', ['owed', 1000, 'fee', 150]],
    ['放款时收取150元服务费', ['fee', 150]],
    ['融资总额1.2亿元', ['plain', 120_000_000]],
  ])('is read with its part in %s', (text, expected) => expect(told(text)).toEqual(expected));

  it.each(['2018年3月15日', '共2,116笔', '12期', '借款人1,204人', '年利率36%', '电话400-820-8820', '百分之二十'])(
    'is not read in %s',
    (text) => expect(sumsIn(text)).toEqual([]),
  );

  it('tells what is paid again and again, and what is taken beforehand', () => {
    expect(sumsIn('月还1,050元')[0]).toMatchObject({ every: 'month', role: 'repaid' });
    expect(sumsIn('服务费39元/周')[0]).toMatchObject({ every: 'week', role: 'fee' });
    expect(sumsIn('放款前从额度中扣掉99元会员费')[0]).toMatchObject({ isUpfront: true, every: null });
  });

  it('keeps both ends of a range', () => {
    expect(sumsIn('额度1,000-3,000元')[0]).toMatchObject({ lowYuan: 1000, yuan: 3000 });
    expect(sumsIn('额度1-20万元')[0]).toMatchObject({ lowYuan: 10_000, yuan: 200_000 });
  });
});
