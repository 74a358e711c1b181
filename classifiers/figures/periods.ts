/** How often something is charged, or how long something lasts. */
export type Period = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Periods of a kind in a year. Days are counted by 365, as courts and the press do. */
export const PER_YEAR: Readonly<Record<Period, number>> = { day: 365, week: 52, month: 12, quarter: 4, year: 1 };

/** How a period is written in worked steps. */
export const PERIOD_NAME: Readonly<Record<Period, string>> = {
  day: '日',
  week: '周',
  month: '月',
  quarter: '季',
  year: '年',
};

const WORDS: readonly (readonly [RegExp, Period])[] = [
  [/^(?:天|日)/, 'day'],
  [/^(?:周|星期|礼拜)/, 'week'],
  [/^(?:个?月|期)/, 'month'],
  [/^季/, 'quarter'],
  [/^年/, 'year'],
];

/** The period that a word names; an instalment (期) is a month unless the text says otherwise. */
export function periodOf(word: string): Period | null {
  return WORDS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}
