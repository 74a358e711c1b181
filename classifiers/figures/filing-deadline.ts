import { timesIn } from './days';
import { withoutTags, type Stretch } from './figure-text';

/** Filing was to be completed by the end of this day also by the hardest cases. — 网贷整治办函(2017)57号, part 2(4) */
export const FILING_DEADLINE = '2018-06-30';

/** The days and months in a folded text that lie after the deadline for filing, with the day in Chinese. */
export function daysPastDeadlineIn(text: string, asOf: string): (Stretch & { readonly steps: string })[] {
  if (!/[年月]|20[0-9]{2}/.test(text)) return [];
  return timesIn(withoutTags(text), asOf)
    .filter(({ firstDay, precision }) => firstDay > FILING_DEADLINE && precision !== 'year')
    .map(({ start, end, firstDay }) => ({
      ...{ start, end },
      steps: `${firstDay}晚于验收备案期限${FILING_DEADLINE}（网贷整治办函〔2017〕57号二（四））`,
    }));
}
