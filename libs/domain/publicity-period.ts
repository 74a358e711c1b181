import { PublicityTooShortError } from './errors';
import { type Moves } from './moves';

/** 公示时间应不少于两周 — notice 网贷整治办函(2017)57号, part 二(一). */
export const MINIMUM_PUBLICITY_DAYS = 14;

/** Where a publicity period (公示期) stands. A revoked one begins anew only after another acceptance. */
export type PublicityState = 'planned' | 'running' | 'passed' | 'revoked' | 're-acceptance';

export const PUBLICITY_MOVES: Moves<PublicityState> = {
  planned: ['running'],
  running: ['passed', 'revoked'],
  passed: [],
  revoked: ['re-acceptance'],
  're-acceptance': ['planned'],
};

/** The days during which a platform's acceptance result stands open to complaints. The first day is not counted. */
export class PublicityPeriod {
  private constructor(
    readonly firstDay: string,
    readonly days: number,
  ) {}

  /**
   * @param firstDay Calendar day in China Standard Time, `YYYY-MM-DD`.
   * @throws {PublicityTooShortError} when `days` is below {@link MINIMUM_PUBLICITY_DAYS}.
   */
  static starting(firstDay: string, days: number): PublicityPeriod {
    if (days < MINIMUM_PUBLICITY_DAYS) throw new PublicityTooShortError(days, MINIMUM_PUBLICITY_DAYS);
    return new PublicityPeriod(firstDay, days);
  }

  get lastDay(): string {
    const day = new Date(`${this.firstDay}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + this.days); // 14 days from 2018-03-01 end on 2018-03-15
    return day.toISOString().slice(0, 10);
  }
}
