import { withoutTags, type Stretch } from './figure-text';
import { ratesIn } from './rates';
import { sumsIn } from './sums';

/** The text, or the page it stands for, also gives the cost by the year. */
const BY_THE_YEAR = /年化|年利率|年利息|年费率|年息|年综合|irr|内部收益率|apr|综合(?:资金)?成本|[%％]\s?[/每]\s?年/;

const LABEL_REACH = 8;
/** More yuan than these each period are a repayment and no price. */
const MAX_PRICE = 100;

/** A price together with the words that name it: 服务费：39元/周. */
function withLabel(text: string, { start, end }: Stretch): Stretch {
  const left = text.slice(Math.max(0, start - LABEL_REACH), start);
  const cut = Math.max(...['，', '。', '；', ';', '|', '、', ' '].map((mark) => left.lastIndexOf(mark)));
  const unit = /^\s?\/?(?:天|日|周|月|期|千元|万元)/.exec(text.slice(end))?.[0] ?? '';
  return { start: start - left.length + cut + 1, end: end + unit.length };
}

/**
 * Prices of a loan by the day, week, month or instalment, or as a flat fee, in a folded text that names none by the
 * year. — 整治办函〔2017〕141号, article 1(2): all costs are put together, annualised and disclosed beforehand
 */
export function unannualisedCostsIn(text: string): Stretch[] {
  const clean = withoutTags(text);
  if (!/[息费率利扣借贷本]/.test(clean) || BY_THE_YEAR.test(clean)) return [];
  const rates = ratesIn(clean).filter(
    ({ per, kind }) => kind !== 'penalty' && (per === null ? kind === 'fee' : per !== 'year'),
  );
  const isBorrowing = /借|贷|用款/.test(clean);
  const sums = sumsIn(clean).filter(
    ({ every, role, yuan }) =>
      every !== null && every !== 'year' && (role === 'fee' || (role === 'plain' && isBorrowing && yuan < MAX_PRICE)),
  );
  return [...rates, ...sums.map((sum) => withLabel(clean, sum))]
    .map(({ start, end }) => ({ start, end }))
    .sort((a, b) => a.start - b.start);
}
