import { withoutTags, type Stretch } from './figure-text';
import { numberOf, written } from './numerals';

/** Two disclosed figures that cannot both be true, or one that cannot be. */
export interface Contradiction extends Stretch {
  readonly steps: string;
}

/** Disclosed quantities, each with the labels that sites use. The longer label stands first. — 银监办发[2017]113号, article 8 */
const QUANTITIES = {
  overdue90Amount: '(?:逾期90天|逾期九十天|90天)(?:[（(]不含[）)])?以上(?:逾期)?(?:金额|余额)|m3\\+?逾期金额',
  overdue90Count: '(?:逾期90天|逾期九十天|90天)(?:[（(]不含[）)])?以上(?:逾期)?(?:笔数|个数)',
  overdueAmount: '(?<!天以上)逾期(?:总)?(?:金额|余额)|逾期未还金额',
  overdueCount: '(?<!天以上)逾期(?:总)?(?:笔数|个数)',
  relatedAmount: '关联关系借款(?:余额|金额)',
  relatedCount: '关联关系借款笔数',
  compensatedAmount: '(?:累计)?代偿(?:总)?(?:金额|余额)',
  compensatedCount: '(?:累计)?代偿(?:笔数|个数)',
  totalAmount: '累计(?:借贷|交易|成交|撮合|出借|借款)(?:总)?(?:金额|总?额)',
  balanceAmount: '(?:借贷|待偿|待还|在贷|贷款|待收)(?:本金)?(?:余额|金额)(?!(?:总)?(?:笔|个)数)',
  totalCount: '累计(?:借贷|交易|成交|撮合|出借|借款)(?:总)?笔数',
  balanceCount: '(?:借贷|待偿|待还|在贷)(?:余额)?(?:总)?笔数',
  totalLenders: '累计(?:注册)?(?:出借|投资)人(?:总)?(?:数量?|人数)?',
  currentLenders: '(?:当期|当前|本期)(?:出借|投资)人(?:总)?(?:数量?|人数)?',
  totalBorrowers: '累计借款人(?:总)?(?:数量?|人数)?',
  currentBorrowers: '(?:当期|当前|本期)借款人(?:总)?(?:数量?|人数)?',
  top10: '前十大?(?:借款人|户)?[^0-9，。；|]{0,10}占比|前十[^0-9，。；|]{0,6}集中度|最大十[户名][^0-9，。；|]{0,6}',
  top1: '(?:最大单一|单一最大|最大一?[户名]|最高)[^0-9，。；|十]{0,10}占比|第一[大名][^0-9，。；|]{0,6}占比',
  overdueRate: '(?:金额|项目|笔数)?逾期率|坏账率|不良率',
} as const;
type Quantity = keyof typeof QUANTITIES;

/** The first may not exceed the second. */
const AT_MOST: readonly (readonly [Quantity, Quantity, string])[] = [
  ['overdue90Amount', 'overdueAmount', '逾期90天以上金额大于逾期金额'],
  ['overdue90Count', 'overdueCount', '逾期90天以上笔数大于逾期笔数'],
  ['balanceAmount', 'totalAmount', '借贷余额大于累计借贷金额'],
  ['balanceCount', 'totalCount', '在贷笔数大于累计笔数'],
  ['currentLenders', 'totalLenders', '当期出借人多于累计出借人'],
  ['currentBorrowers', 'totalBorrowers', '当期借款人多于累计借款人'],
  ['top1', 'top10', '最大单一借款人占比大于前十大占比'],
  ['overdueAmount', 'balanceAmount', '逾期金额大于借贷余额'],
  ['overdueCount', 'balanceCount', '逾期笔数大于在贷笔数'],
];
/** An amount without a count, or a count without an amount. */
const TOGETHER: readonly (readonly [Quantity, Quantity, string])[] = [
  ['relatedAmount', 'relatedCount', '关联关系借款余额与笔数'],
  ['overdueAmount', 'overdueCount', '逾期金额与笔数'],
  ['overdue90Amount', 'overdue90Count', '逾期90天以上金额与笔数'],
  ['compensatedAmount', 'compensatedCount', '代偿金额与笔数'],
  ['totalAmount', 'totalCount', '累计借贷金额与笔数'],
  ['totalAmount', 'totalBorrowers', '累计借贷金额与借款人数'],
  ['totalAmount', 'totalLenders', '累计借贷金额与出借人数'],
  ['balanceAmount', 'balanceCount', '借贷余额与笔数'],
  ['balanceAmount', 'currentBorrowers', '借贷余额与当期借款人数'],
];

interface Reading extends Stretch {
  readonly quantity: Quantity;
  readonly value: number;
  readonly isPercent: boolean;
}

const VALUE =
  '[^0-9\\-，。；|]{0,6}[:：|\\s]{0,8}(?:[（(][^（）()]{1,6}[）)])?[:：|\\s]{0,8}(-?\\s?(?:[0-9][0-9,]*(?:\\.[0-9]+)?|零))\\s?(万亿|千万|百万|亿|万)?(?:元|人|笔|个|户)?\\s?(%)?';
const SCALE: Readonly<Record<string, number>> = { 万: 1e4, 百万: 1e6, 千万: 1e7, 亿: 1e8, 万亿: 1e12 };
const READERS = (Object.keys(QUANTITIES) as Quantity[]).map(
  (quantity) => [quantity, new RegExp(`(?:${QUANTITIES[quantity]})${VALUE}`, 'g')] as const,
);

const HAS_QUANTITY = /累计|余额|金额|笔数|占比|代偿|逾期|当[前期]|集中度|坏账率|不良率/;

function readingsIn(text: string): Reading[] {
  const found: Reading[] = [];
  if (!HAS_QUANTITY.test(text)) return found;
  for (const [quantity, pattern] of READERS) {
    for (const match of text.matchAll(pattern)) {
      const [whole, number = '', scale = '', percent] = match;
      const isNegative = number.startsWith('-');
      const digits = number.replace(/^-\s?/, '');
      const value = (digits === '零' ? 0 : numberOf(digits)) * (SCALE[scale] ?? 1) * (isNegative ? -1 : 1);
      const [start, end] = [match.index, match.index + whole.length];
      const isTaken = found.some((it) => it.start <= start && end <= it.end);
      if (!isTaken) found.push({ start, end, quantity, value, isPercent: percent !== undefined });
    }
  }
  return found;
}

const hull = (one: Stretch, other: Stretch): Stretch => ({
  start: Math.min(one.start, other.start),
  end: Math.max(one.end, other.end),
});

const SHARES: ReadonlySet<Quantity> = new Set(['top1', 'top10', 'overdueRate']);

function impossible({ start, end, quantity, value, isPercent }: Reading): Contradiction[] {
  if (value < 0) return [{ start, end, steps: `数值为负（${written(value)}）` }];
  const isShare = SHARES.has(quantity);
  return isShare && isPercent && value > 100 ? [{ start, end, steps: `占比${value}%大于100%` }] : [];
}

function between(one: Reading, other: Reading): Contradiction[] {
  const isLess = AT_MOST.find(([less, more]) => less === one.quantity && more === other.quantity);
  if (isLess && one.value > other.value && one.isPercent === other.isPercent)
    return [{ ...hull(one, other), steps: `${isLess[2]}：${written(one.value)}＞${written(other.value)}` }];
  const pair = TOGETHER.find(([amount, count]) => amount === one.quantity && count === other.quantity);
  if (pair && (one.value === 0) !== (other.value === 0))
    return [{ ...hull(one, other), steps: `${pair[2]}矛盾：${written(one.value)}、${written(other.value)}` }];
  return [];
}

/** Each is compared with each; nobody shows more on one place. */
const MOST_READINGS = 100;

/** Figures of one text that contradict each other or themselves, with the formula in Chinese. — 银监办发[2017]113号, article 5 */
export function contradictionsIn(text: string): Contradiction[] {
  const readings = readingsIn(withoutTags(text)).slice(0, MOST_READINGS);
  const pairs = readings.flatMap((one) => readings.flatMap((other) => (one === other ? [] : between(one, other))));
  return [...readings.flatMap(impossible), ...pairs];
}
