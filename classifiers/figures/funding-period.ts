import { before, after, withoutTags, type Stretch } from './figure-text';
import { daysBetween, timesIn } from './days';
import { termsIn, type Term } from './terms';

/** A funding period longer than the law allows. */
export interface LongFunding extends Stretch {
  readonly steps: string;
}

/** At most so many working days may lie between the opening of a project and its end. — 办法, article 19 */
export const MAX_WORKING_DAYS = 20;
/** Twenty working days without a holiday between them. */
const MAX_CALENDAR_DAYS = 28;

const FUNDING =
  '募集|筹集|筹款|筹资|筹标|认购|募资|集资|已开放|开放期|开放出借|开放认购|投标期|投标截止|投标|预售|招标|满标(?!后)|融资期限?内|预约期|剩余时间|投标时间|申购|挂牌|发布后|上架|等待满额|凑满|额满';
const HAS_FUNDING = new RegExp(`${FUNDING}|排队`);
const FUNDING_BEFORE = new RegExp(`(?:${FUNDING}|排队)[^。；|]{0,12}$`);
const FUNDING_AFTER = new RegExp(`^[^。；|]{0,8}(?:${FUNDING}|内?(?:募|投|认|售)满|截止|内?流标)`);
const OTHER =
  /^(?:借款|标的|项目)?期限[：:]?\s?$|(?:借款|标的|项目|产品|投资|锁定|出借|还款|理财)(?:期限?|周期|时长)[^，。；|]{0,6}$|最短|持有|起息后|回款/;
const OVER = `超过${MAX_WORKING_DAYS}个工作日（办法第十九条）`;

function isFunding(text: string, { start, end }: Stretch): boolean {
  const left = before(text, start, 18);
  const nearest = left.slice(Math.max(left.lastIndexOf('，'), left.lastIndexOf('|')) + 1);
  if (OTHER.test(nearest)) return false;
  return FUNDING_BEFORE.test(left) || FUNDING_AFTER.test(after(text, end, 12));
}

function isTooLong({ isWorkingDays, count, days }: Term): boolean {
  return isWorkingDays ? count > MAX_WORKING_DAYS : days > MAX_CALENDAR_DAYS;
}

function stepsOf({ isWorkingDays, count, days }: Term): string {
  return isWorkingDays ? `募集期${count}个工作日，${OVER}` : `募集期约${days}个自然日，${OVER}，未扣法定节假日`;
}

/** Two days joined by 至 or a dash, as first and last day. */
function rangesIn(text: string, asOf: string): LongFunding[] {
  const times = timesIn(text, asOf).filter(({ precision }) => precision === 'day');
  return times.slice(1).flatMap((to, i): LongFunding[] => {
    const from = times[i];
    if (!from || !/^\s?(?:[0-9:]{4,8})?\s?(?:至|到|-|~|～|—){0,2}\s?$/.test(text.slice(from.end, to.start))) return [];
    const days = daysBetween(from.firstDay, to.firstDay);
    const hull = { start: from.start, end: to.end };
    if (days <= MAX_CALENDAR_DAYS || days > 400 || !isFunding(text, hull)) return [];
    return [{ ...hull, steps: `${from.firstDay}至${to.firstDay}共${days}个自然日，${OVER}，未扣法定节假日` }];
  });
}

/** Funding periods in a folded text that last longer than 20 working days; calendar days count when they exceed 28. */
export function longFundingIn(text: string, asOf: string): LongFunding[] {
  const clean = withoutTags(text);
  if (!HAS_FUNDING.test(clean)) return [];
  const terms = termsIn(clean).filter((term) => isTooLong(term) && isFunding(clean, term));
  const told = terms.map((term) => ({ start: term.start, end: term.end, steps: stepsOf(term) }));
  return [...told, ...rangesIn(clean, asOf)];
}
