import { type Checklist } from './checklist';

/** Where the calendar of a year is not known, this many days more are granted. */
const GRACE_DAYS = 7;
const WORKING_DAYS = 5;

/**
 * The last month end whose figures must stand on the site on a day: that of the month before, from the sixth working
 * day on; before it that of the month before last. — 银监办发[2017]113号, article 8
 *
 * @param asOf Calendar day, `YYYY-MM-DD`.
 */
export function requiredMonthEnd(asOf: string, holidays: Checklist['holidays']): string {
  const back = asOf > deadlineOf(asOf.slice(0, 7), holidays) ? 0 : 1;
  return monthEndBefore(asOf.slice(0, 7), back);
}

/** The year whose audit report must stand on the site on a day: last year's after 30 April. — 银监办发[2017]113号, article 7 */
export function requiredReportYear(asOf: string): number {
  const year = Number(asOf.slice(0, 4));
  return asOf.slice(5) > '04-30' ? year - 1 : year - 2;
}

/** The fifth working day of a month, `YYYY-MM-DD`. */
export function deadlineOf(month: string, holidays: Checklist['holidays']): string {
  const calendar = holidays[month.slice(0, 4)];
  let worked = 0;
  let day = 0;
  while (worked < WORKING_DAYS) {
    day += 1;
    const date = `${month}-${String(day).padStart(2, '0')}`;
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    const isWeek = weekday !== 0 && weekday !== 6;
    const isWorked =
      calendar === undefined ? isWeek : (isWeek && !calendar.off.includes(date)) || calendar.worked.includes(date);
    if (isWorked) worked += 1;
  }
  return `${month}-${String(day + (calendar === undefined ? GRACE_DAYS : 0)).padStart(2, '0')}`;
}

/** The last day of the month before `month`, `back` months earlier still. */
function monthEndBefore(month: string, back: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 - back, 0)).toISOString().slice(0, 10);
}

const DATE = String.raw`((?:19|20)\d{2})\s*[年\-./]\s*(\d{1,2})\s*(?:[月\-./]\s*(?:(\d{1,2})\s*日?|底|末)?)?`;
const AS_OF = new RegExp(
  String.raw`(?:截[至止](?:日期|时间|至|到)?|统计(?:时点|截止|日期|时间)\S{0,4}|数据(?:日期|时间|截[至止]\S{0,4}))\s*[:：]?\s*(?:于|到)?\s*${DATE}`,
  'gu',
);

/** The days that a text says its figures speak of, `YYYY-MM-DD`; a month stands for its last day. */
export function asOfDaysIn(text: string): string[] {
  return [...text.normalize('NFKC').matchAll(AS_OF)].flatMap(([, year, month, day]) => dayOf(year, month, day));
}

/** A value that is nothing but a date, as `YYYY-MM-DD`. */
export function dayIn(text: string): string | null {
  const match = new RegExp(DATE, 'u').exec(text.normalize('NFKC'));
  return match === null ? null : (dayOf(match[1], match[2], match[3])[0] ?? null);
}

function dayOf(year = '', month = '', day: string | undefined): string[] {
  const number = Number(month);
  if (number < 1 || number > 12) return [];
  const last = new Date(Date.UTC(Number(year), number, 0)).getUTCDate();
  const chosen = day === undefined ? last : Number(day);
  if (chosen < 1 || chosen > last) return [];
  return [`${year}-${month.padStart(2, '0')}-${String(chosen).padStart(2, '0')}`];
}
