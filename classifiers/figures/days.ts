import { type Stretch } from './figure-text';
import { numberOfEither } from './numerals';

/** A day, month, quarter or year that a text names; days are `YYYY-MM-DD`. */
export interface NamedTime extends Stretch {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly precision: 'day' | 'month' | 'quarter' | 'year';
}

const HAN_NUMBER = '[一二三四五六七八九十]{1,3}';
const YEAR = '(?<year>(?:19|20)[0-9]{2}|[0-9]{2}(?=年)|二[〇零][一二三四五六七八九〇零]{2}(?=年))';
const TIME = new RegExp(
  [
    `(?:(?<![0-9a-z.])${YEAR}(?:年|[-./](?=[0-9]))|(?<relative>[去前今]年))\\s?(?:度?第?(?<quarter>[一二三四1-4])季度?末?|q(?<q>[1-4])|(?<month>1[0-2]|0?[1-9](?![0-9])|${HAN_NUMBER}(?=月))(?:月份?|(?=[-./][0-9])|(?![0-9]))(?:[-./]?(?<day>3[01]|[12][0-9]|0?[1-9](?![0-9]))(?:日|号|(?![0-9%万元]))|(?:初|上旬|中旬|下旬|底|末))?)?`,
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

type Groups = Readonly<Record<string, string | undefined>>;
type Time = Omit<NamedTime, keyof Stretch>;

/** A day of a month, or the whole month when no day is told. */
function inMonth(year: number, month: number, day: number): Time {
  if (day === 0) return { firstDay: iso(year, month, 1), lastDay: monthEnd(year, month), precision: 'month' };
  return { firstDay: iso(year, month, day), lastDay: iso(year, month, day), precision: 'day' };
}

function inYear(year: number, g: Groups): Time {
  const quarter = numberOfEither(g['quarter'], g['q']);
  const month = numberOfEither(g['month']);
  if (quarter >= 1)
    return { firstDay: iso(year, quarter * 3 - 2, 1), lastDay: monthEnd(year, quarter * 3), precision: 'quarter' };
  if (month >= 1 && month <= 12) return inMonth(year, month, Number(g['day'] ?? 0));
  return { firstDay: iso(year, 1, 1), lastDay: iso(year, 12, 31), precision: 'year' };
}

const YEARS_BACK: Readonly<Record<string, number>> = { 今年: 0, 去年: 1, 前年: 2 };

/** The year that a match names, as such or from the day of reference; null when it names a month alone. */
function namedYear(g: Groups, reference: string): number | null {
  if (g['year'] !== undefined) return yearOf(g['year']);
  const back = YEARS_BACK[g['relative'] ?? ''];
  return back === undefined ? null : Number(reference.slice(0, 4)) - back;
}

/** A month without its year: of the year named before it in the text, else the latest one that had begun. */
function withoutYear(g: Groups, reference: string, named: number | null): Time | null {
  const month = numberOfEither(g['bareMonth']);
  if (!(month >= 1 && month <= 12)) return null;
  const year = named ?? Number(reference.slice(0, 4)) - (month > Number(reference.slice(5, 7)) ? 1 : 0);
  return inMonth(year, month, Number(g['bareDay'] ?? 0));
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
    const year = namedYear(groups, reference);
    const time = year === null ? withoutYear(groups, reference, named) : inYear(year, groups);
    if (time === null) continue;
    named = year ?? named;
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
