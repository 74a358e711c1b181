import { ceilingOn } from './ceilings';
import { contractDayIn } from './contract-day';

describe('the ceiling', () => {
  it('has two lines until 2020-08-19', () => {
    expect(ceilingOn('2018-03-15')).toMatchObject({ voidPercent: 36, protectedPercent: 24 });
    expect(ceilingOn('2020-08-19')).toMatchObject({ voidPercent: 36, protectedPercent: 24 });
  });

  it('is four times the one-year LPR of the day from 2020-08-20 on', () => {
    expect(ceilingOn('2020-08-20')).toMatchObject({ voidPercent: 15.4, protectedPercent: 15.4 });
    expect(ceilingOn('2021-12-19').voidPercent).toBe(15.4);
    expect(ceilingOn('2021-12-20').voidPercent).toBe(15.2);
    expect(ceilingOn('2022-08-22').voidPercent).toBe(14.6);
    expect(ceilingOn('2025-06-01').voidPercent).toBe(12);
  });
});

describe('the day of the contract', () => {
  it('is the one that the text names', () => {
    expect(contractDayIn('合同签订日期：2020-07-01，月利率2%', '2020-12-01')).toBe('2020-07-01');
  });

  it.each(['月利率2%', '活动截止2020年3月1日，月利率2%', '合同签订日期：2021-02-01'])(
    'is otherwise the day on which the text was shown: %s',
    (text) => expect(contractDayIn(text, '2020-12-01')).toBe('2020-12-01'),
  );
});
