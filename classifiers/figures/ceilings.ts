/** How much a loan between private parties may cost a year. */
export interface Ceiling {
  /** Above this percent a year what was agreed is void. */
  readonly voidPercent: number;
  /** Up to this percent a year the courts protect what was agreed. */
  readonly protectedPercent: number;
  /** The instrument as it is cited. */
  readonly instrument: string;
}

/** Two lines, 24 % and 36 % a year. — 法释〔2015〕18号, article 26; loans agreed from 2015-09-01 on */
const TWO_LINES: Ceiling = { voidPercent: 36, protectedPercent: 24, instrument: '法释〔2015〕18号' };
/** From this day on four times the one-year loan prime rate of the day of the contract. — 法释〔2020〕6号 */
const FOUR_LPR_FROM = '2020-08-20';

/**
 * One-year loan prime rate, percent a year, from the day on which it changed; the last one holds until the next.
 * Published by 全国银行间同业拆借中心 on the 20th of each month. Extend the list when the rate changes.
 */
const LPR_ONE_YEAR: readonly (readonly [string, number])[] = [
  ['2020-04-20', 3.85],
  ['2021-12-20', 3.8],
  ['2022-01-20', 3.7],
  ['2022-08-22', 3.65],
  ['2023-06-20', 3.55],
  ['2023-08-21', 3.45],
  ['2024-07-22', 3.35],
  ['2024-10-21', 3.1],
  ['2025-05-20', 3],
];

/**
 * The ceiling for a loan agreed on a day; for days before 2015-09-01 the first one known, which is milder than four
 * times the bank rate was.
 *
 * @param contractDay `YYYY-MM-DD`; where the text names none, the day on which the offer was shown.
 */
export function ceilingOn(contractDay: string): Ceiling {
  if (contractDay < FOUR_LPR_FROM) return TWO_LINES;
  const rate = LPR_ONE_YEAR.findLast(([from]) => from <= contractDay)?.[1] ?? 0;
  const percent = Math.round(rate * 400) / 100;
  return { voidPercent: percent, protectedPercent: percent, instrument: '法释〔2020〕6号（一年期LPR四倍）' };
}
