import { shareOf, told } from './interval';
import { repeatedIn, runsOf } from './shared-runs';

const learned = (text: string) => [{ place: 'here', text }];
const HELD = ['平台设立五千万元风险备付金，逾期先行垫付'];

describe('what was learned and what it is measured on', () => {
  it('share a run of ten characters, however the text is set', () => {
    expect(repeatedIn(learned('设立<b>五千万元</b>　风險備付金！'), HELD, [])).toMatchObject([{ place: 'here' }]);
  });

  it('share nothing where only nine characters are alike', () => {
    expect(repeatedIn(learned('五千万元风险备付金'), HELD, [])).toEqual([]);
  });

  it('take a number as one character, whatever it is', () => {
    expect(repeatedIn(learned('余额达3,215万元，由银行每月报告'), ['余额达98万元，由银行每月报告'], [])).toHaveLength(
      1,
    );
  });

  it('may share a formula that anybody would write alike', () => {
    const formula = '网络借贷信息中介机构业务活动管理暂行办法';
    expect(repeatedIn(learned(`依据《${formula}》`), [`学习《${formula}》`], [formula])).toEqual([]);
  });

  it('share no address', () => {
    expect(runsOf('https://www.example.com/products/index')).toEqual([]);
  });
});

describe('a share', () => {
  it('stands with an interval that is wide for few and never leaves nought to one', () => {
    expect(shareOf(10, 10)).toMatchObject({ high: 1 });
    expect(shareOf(10, 10).low).toBeCloseTo(0.722, 3);
    expect(shareOf(950, 1000).low).toBeCloseTo(0.935, 3);
  });

  it('of nothing says that it stands on nothing', () => {
    expect(told(shareOf(0, 0))).toBe('- (0)');
  });
});
