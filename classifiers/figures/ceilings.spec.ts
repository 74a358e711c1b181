import { ceilingOn } from './ceilings';

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
