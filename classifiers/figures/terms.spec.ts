import { termsIn } from './terms';

const daysIn = (text: string): number[] => termsIn(text).map(({ days }) => days);

describe('a length of time', () => {
  it.each([
    ['期限15天', [15]],
    ['七天到期', [7]],
    ['14日还清', [14]],
    ['7天或14天', [14]],
    ['7/14/21天', [21]],
    ['半个月后归还', [15]],
    ['五千元用一个月', [30]],
    ['分12期', [360]],
    ['共十周', [70]],
    ['募集期40个工作日', [56]],
    ['借款期限3年', [1095]],
  ])('is read in %s', (text, days) => expect(daysIn(text)).toEqual(days));

  it.each(['2018年3月15日发布', '第3期还款', '前六期利息', '每日一次', '12月1日', '每期1,020元'])(
    'is not read in %s',
    (text) => expect(daysIn(text)).toEqual([]),
  );

  it('knows instalments and working days', () => {
    expect(termsIn('分6期')[0]).toMatchObject({ isInstalments: true, count: 6, period: 'month' });
    expect(termsIn('20个工作日')[0]).toMatchObject({ isWorkingDays: true, count: 20 });
  });
});
