import { asOfDaysIn, dayIn, deadlineOf, requiredMonthEnd, requiredReportYear } from './month-end';
import { loadChecklist } from './checklist';

const { holidays } = loadChecklist('classifiers/rulepacks/notice-57');

describe('the fifth working day', () => {
  it.each([
    ['2018-01', '2018-01-08'],
    ['2018-02', '2018-02-07'],
    ['2018-03', '2018-03-07'],
    ['2018-05', '2018-05-08'],
    ['2018-10', '2018-10-12'],
  ])('of %s is %s', (month, day) => {
    expect(deadlineOf(month, holidays)).toBe(day);
  });

  it('comes a week later in a year whose calendar is not known', () => {
    expect(deadlineOf('2021-03', holidays)).toBe('2021-03-12');
    expect(deadlineOf('2021-03', { '2021': { off: [], worked: [] } })).toBe('2021-03-05');
  });
});

describe('requiredMonthEnd', () => {
  it('asks for the last month from the day after the deadline on', () => {
    expect(requiredMonthEnd('2018-03-07', holidays)).toBe('2018-01-31');
    expect(requiredMonthEnd('2018-03-08', holidays)).toBe('2018-02-28');
    expect(requiredMonthEnd('2018-01-03', holidays)).toBe('2017-11-30');
  });
});

describe('requiredReportYear', () => {
  it('asks for the report of last year after 30 April', () => {
    expect(requiredReportYear('2018-04-30')).toBe(2016);
    expect(requiredReportYear('2018-05-01')).toBe(2017);
  });
});

describe('days in text', () => {
  it('are read in the ways that sites write them', () => {
    expect(asOfDaysIn('经营信息（截至2018年2月28日）')).toEqual(['2018-02-28']);
    expect(asOfDaysIn('数据截止至：2018-02-28 更新：2018-03-05')).toEqual(['2018-02-28']);
    expect(asOfDaysIn('统计时点：２０１８．２．２８')).toEqual(['2018-02-28']);
    expect(asOfDaysIn('截至2018年2月底')).toEqual(['2018-02-28']);
    expect(asOfDaysIn('截至2016年2月')).toEqual(['2016-02-29']);
  });

  it('are not made of dates that speak of something else, nor of days that do not exist', () => {
    expect(asOfDaysIn('更新日期 2018-03-05；成立于2015年3月19日')).toEqual([]);
    expect(asOfDaysIn('截至2018年13月1日，截至2018-02-31')).toEqual([]);
    expect(dayIn('暂无')).toBeNull();
  });
});
