import { type Stretch } from './figure-text';
import { numberOfEither } from './numerals';
import { periodOf, PER_YEAR, type Period } from './periods';

/** How long a loan, a funding or the like lasts, as a text says it. */
export interface Term extends Stretch {
  readonly count: number;
  readonly period: Period;
  /** Calendar days; of a range the longest, for the longer a loan lasts the less a fee weighs. */
  readonly days: number;
  /** Counted in working days. */
  readonly isWorkingDays: boolean;
  /** Counted in instalments: 12期, 共十周 of payments. */
  readonly isInstalments: boolean;
}

const UNIT =
  '(个?工作日|天|日(?!期|元)|周(?!岁|年|转|边|期)|星期|礼拜|个月|年(?!化|利|费|息|度|报|终|月|级|轻)|期(?!限|间|望|待|初|末|房)|季)';
const COUNT = '(?:[0-9]{1,4}|[一二两三四五六七八九十百]{1,4})';
const LENGTH = new RegExp(
  `(?<![0-9.,第前首头月年每-])(?<!最后)((?:${COUNT}(?:天|日|个月|周)?[/、~～至或-]){0,4}(${COUNT}))(?:个)?(?:\\s)?${UNIT}|(半)(个?月|年)|(一)(月)(?!份|[0-9])`,
  'g',
);
const DAYS: Readonly<Record<Period, number>> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };
/** Longer than this is no term of a loan but a year or a number of something else. */
const MAX_DAYS = 3700;

function termOf(match: RegExpMatchArray, start: number): Term | null {
  const [, , number, unit, half, halfUnit, one, oneUnit] = match;
  const word = [unit, halfUnit, oneUnit].find((it) => it !== undefined) ?? '';
  const isWorkingDays = word.endsWith('工作日');
  const period = isWorkingDays ? 'day' : periodOf(word);
  const count = half === undefined ? numberOfEither(number, one) : 0.5;
  if (period === null || !(count > 0)) return null;
  const days = Math.round(count * DAYS[period] * (isWorkingDays ? 7 / 5 : 1));
  const isTooLong = days > MAX_DAYS || (period === 'year' && count > 10);
  const end = start + match[0].length;
  return isTooLong ? null : { start, end, count, period, days, isWorkingDays, isInstalments: word === '期' };
}

/** Every length of time that a folded text names, in order: 7天, 十四日, 半个月, 12期, 40个工作日, 7/14/21天. No dates. */
export function termsIn(text: string): Term[] {
  const found: Term[] = [];
  for (const match of text.matchAll(LENGTH)) {
    const term = termOf(match, match.index);
    if (term !== null) found.push(term);
  }
  return found;
}

/** A term in years. */
export function yearsOf({ count, period, days }: Term): number {
  return period === 'day' ? days / 365 : count / PER_YEAR[period];
}
