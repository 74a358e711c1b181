import { timesIn } from './days';
import { before, withoutTags } from './figure-text';

const AGREED = /(?:签订|签署|签约|订立|合同|借款|放款|起息|发放|成立|发标)(?:日期?|时间|于|自|日)?[^，。；|]{0,4}$/;

/**
 * The day by which the ceiling of a loan is chosen: the one on which the text says that it was agreed, else the day on
 * which the text was shown. — 法释〔2020〕6号: four times the rate 合同成立时
 *
 * @param asOf `YYYY-MM-DD`; a later day in the text does not count.
 */
export function contractDayIn(text: string, asOf: string): string {
  const clean = withoutTags(text);
  if (!/20[0-9]{2}|年/.test(clean)) return asOf;
  const agreed = timesIn(clean, asOf).find(
    ({ start, precision, firstDay }) =>
      precision !== 'year' && firstDay <= asOf && AGREED.test(before(clean, start, 12)),
  );
  return agreed?.firstDay ?? asOf;
}
