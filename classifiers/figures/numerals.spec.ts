import { NUMBER, numberOf, written } from './numerals';

describe('a number', () => {
  it.each([
    ['1,500', 1500],
    ['1522.5', 1522.5],
    ['1.5万', 15_000],
    ['20万', 200_000],
    ['3千万', 30_000_000],
    ['6.8亿', 680_000_000],
    ['五千', 5000],
    ['四千二', 4200],
    ['六百五', 650],
    ['一百零五', 105],
    ['十五', 15],
    ['二十', 20],
    ['两千八百', 2800],
    ['一万二', 12_000],
    ['三十五万', 350_000],
    ['一千二百万', 12_000_000],
    ['壹万伍仟', 15_000],
  ])('%s is %d', (text, value) => expect(numberOf(text)).toBe(value));

  it('is not read into words that are none', () => expect(numberOf('若干')).toBeNaN());

  it('is found whole', () => {
    const found = '借三千五，到账2,975.5元，额度20万'.match(new RegExp(NUMBER, 'g'));
    expect(found).toEqual(['三千五', '2,975.5', '20万']);
  });

  it('is written for people', () => {
    expect(written(1_200_000)).toBe('120万');
    expect(written(1522.5)).toBe('1522.5');
  });
});
