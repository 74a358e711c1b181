import { type Stretch } from './figure-text';
import { numberOf } from './numerals';

/** A day, month, quarter or year that a text names; days are `YYYY-MM-DD`. */
export interface NamedTime extends Stretch {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly precision: 'day' | 'month' | 'quarter' | 'year';
  /** The text does not name the year; it was taken from the day of reference. */
  readonly isYearAssumed: boolean;
}

const HAN_NUMBER = '[一二三四五六七八九十]{1,3}';
const YEAR = '(?<year>(?:19|20)[0-9]{2}|[0-9]{2}(?=年)|二[〇零][一二三四五六七八九〇零]{2}(?=年))';
const TIME = new RegExp(
  [
    `(?<![0-9a-z.])${YEAR}(?:年|[-./](?=[0-9]))\\s?(?:度?第?(?<quarter>[一二三四1-4])季度?末?|q(?<q>[1-4])|(?<month>1[0-2]|0?[1-9](?![0-9])|${HAN_NUMBER}(?=月))(?:月份?|(?=[-./][0-9])|(?![0-9]))(?:[-./]?(?<day>3[01]|[12][0-9]|0?[1-9](?![0-9]))(?:日|号|(?![0-9%万元]))|(?:初|上旬|中旬|下旬|底|末))?)?`,
    `(?<![0-9一二三四五六七八九十年])(?<!期限?|剩余|原|共|满|最[长短])(?<bareMonth>1[0-2]|[1-9]|${HAN_NUMBER})月(?!息|供|还|化|利|费|卡|均|入|薪|光)(?:份|中旬|上旬|下旬|初|底|末)?(?:(?<bareDay>3[01]|[12][0-9]|[1-9])[日号]?)?`,
  ].join('|'),
  'g',
);

const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** The last day of a month, `YYYY-MM-DD`. @param month 1 to 12; 0 is December of the year before. */
export function monthEnd(year: number, month: number): string {
  return iso(year, month + 1, 0);
}

function yearOf(text: string): number {
  if (/^[0-9]{2}$/.test(text)) return 2000 + Number(text);
  if (/^[0-9]+$/.test(text)) return Number(text);
  return Number([...text].map((digit) => '〇一二三四五六七八九'.indexOf(digit.replace('零', '〇'))).join(''));
}

function withYear(g: Readonly<Record<string, string | undefined>>): Omit<NamedTime, 'start' | 'end'> | null {
  const year = yearOf(g['year'] ?? '');
  const quarter = numberOf(g['quarter'] ?? g['q'] ?? '');
  const month = numberOf(g['month'] ?? '');
  const isYearAssumed = false;
  if (quarter >= 1)
    return {
      firstDay: iso(year, quarter * 3 - 2, 1),
      lastDay: monthEnd(year, quarter * 3),
      precision: 'quarter',
      isYearAssumed,
    };
  if (!(month >= 1 && month <= 12))
    return { firstDay: iso(year, 1, 1), lastDay: iso(year, 12, 31), precision: 'year', isYearAssumed };
  const day = Number(g['day'] ?? 0);
  if (day > 0)
    return { firstDay: iso(year, month, day), lastDay: iso(year, month, day), precision: 'day', isYearAssumed };
  return { firstDay: iso(year, month, 1), lastDay: monthEnd(year, month), precision: 'month', isYearAssumed };
}

/** A month without its year: of the year named before it in the text, else the latest one that had begun. */
function withoutYear(
  g: Readonly<Record<string, string | undefined>>,
  reference: string,
  named: number | null,
): Omit<NamedTime, 'start' | 'end'> | null {
  const month = numberOf(g['bareMonth'] ?? '');
  if (!(month >= 1 && month <= 12)) return null;
  const year = named ?? Number(reference.slice(0, 4)) - (month > Number(reference.slice(5, 7)) ? 1 : 0);
  const day = Number(g['bareDay'] ?? 0);
  if (day > 0)
    return {
      firstDay: iso(year, month, day),
      lastDay: iso(year, month, day),
      precision: 'day',
      isYearAssumed: named === null,
    };
  return {
    firstDay: iso(year, month, 1),
    lastDay: monthEnd(year, month),
    precision: 'month',
    isYearAssumed: named === null,
  };
}

/**
 * Every day, month, quarter and year that a folded text names, in order: 2017-12-31, 2018年3月, 2017年第三季度, 8月.
 *
 * @param reference Day by which a month without a year is placed, `YYYY-MM-DD`.
 */
export function timesIn(text: string, reference: string): NamedTime[] {
  const found: NamedTime[] = [];
  let named: number | null = null;
  for (const match of text.matchAll(TIME)) {
    const groups = match.groups ?? {};
    const time: Omit<NamedTime, 'start' | 'end'> | null =
      groups['year'] === undefined ? withoutYear(groups, reference, named) : withYear(groups);
    if (time === null) continue;
    if (groups['year'] !== undefined) named = Number(time.firstDay.slice(0, 4));
    found.push({ start: match.index, end: match.index + match[0].length, ...time });
  }
  return found;
}

/** Calendar days from one day to another, both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The day so many calendar days earlier. */
export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
}
