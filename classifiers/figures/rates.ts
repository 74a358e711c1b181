import { after, before, type Stretch } from './figure-text';
import { periodOf, PER_YEAR, type Period } from './periods';
import { numberOf } from './numerals';

/** What a rate is the price of; `total` stands for all costs together. */
export type RateKind = 'interest' | 'fee' | 'total' | 'penalty';

/** A rate that a borrower pays, as a text states it. */
export interface Rate extends Stretch {
  readonly kind: RateKind;
  /** Percent per period, of a range the higher one. */
  readonly percent: number;
  /** Null: once, of the sum lent. */
  readonly per: Period | null;
  /** Taken when the money is handed out, from it. */
  readonly isUpfront: boolean;
}

const HAN = '[零一二两三四五六七八九十]{1,3}(?:点[零一二三四五六七八九]{1,2})?';
const NUM = `(?:[0-9]{1,4}(?:\\.[0-9]{1,4})?|${HAN})`;
const VALUE = new RegExp(
  [
    `(?:${NUM}[%％]?[-~～至到])?(?<percent>${NUM})\\s?[%％]`,
    `百分之(?<hundredth>${NUM})`,
    `千分之(?<thousandth>${NUM})`,
    `万分之(?<tenthousandth>${NUM})`,
    `(?<permille>${NUM})\\s?‰`,
    `(?<=[息率费]\\s?)(?<short>[万千])(?<of>[0-9.]{1,3}|[一二两三四五六七八九])(?![元块百千万亿0-9])`,
    `(?<=[息利](?:率[:：]?)?\\s?)(?<fen>${NUM})(?<fenUnit>[分厘毛角])(?<fenHalf>[一二三四五六七八九半](?!个|期|[十百千万]))?`,
    `(?<liFen>${NUM})(?<liUnit>[分厘])(?<liHalf>[一二三四五六七八九半])?(?=的?利|的?息|起息)`,
    `(?<tenth>[一二两三四五])成(?<tenthHalf>[一二三四五六七八九半])?`,
  ].join('|'),
  'g',
);

function plain(number: string): number {
  const [whole = '', part] = number.split('点');
  const value = numberOf(whole);
  if (part === undefined) return value;
  return value + Number([...part].map((digit) => numberOf(digit) || 0).join('')) / 10 ** part.length;
}

/** The tenths after a whole: the 五 of 三分五, the 半 of 两成半. */
const tenths = (mark: string | undefined): number =>
  mark === undefined ? 0 : mark === '半' ? 0.5 : numberOf(mark) / 10;

type Groups = Readonly<Record<string, string | undefined>>;
const either = (...texts: readonly (string | undefined)[]): string => texts.find((text) => text !== undefined) ?? '';

/** Percent a month of one 厘, 分 and 毛 or 角. */
const DIALECT: Readonly<Record<string, number>> = { 厘: 0.1, 分: 1, 毛: 10, 角: 10 };

function dialectPercent(g: Groups): number {
  const value = plain(either(g['fen'], g['liFen'])) + tenths(g['fenHalf'] ?? g['liHalf']);
  return value * (DIALECT[either(g['fenUnit'], g['liUnit'])] ?? 1);
}

/** Percent and whether it is told in 分 and 厘, which are by the month unless said otherwise. */
function valueOf(g: Groups): { percent: number; isDialect: boolean } {
  if (either(g['fen'], g['liFen']) !== '') return { percent: dialectPercent(g), isDialect: true };
  const forms: readonly (readonly [string, number])[] = [
    [either(g['percent'], g['hundredth']), 1],
    [either(g['thousandth'], g['permille']), 0.1],
    [either(g['tenthousandth']), 0.01],
    [either(g['of']), g['short'] === '万' ? 0.01 : 0.1],
    [either(g['tenth']), 10],
  ];
  const [number, times] = forms.find(([it]) => it !== '') ?? ['', 1];
  return { percent: number === '' ? 0 : (plain(number) + tenths(g['tenthHalf'])) * times, isDialect: false };
}

/** Rates that are no price of a loan: of gains, shares, progress; a multiple of another rate. */
const OTHER_BEFORE =
  /(?:利率|利息|收益|罚息|月供|奖金)的$|占比?|比例|比率|通过率|负债率?比?|首付|进度|同比|环比|增长|提升|提速|上[涨调]|下降|成功率|覆盖|合格率|回报|收益|加息|返现|返利|出借|投资|预期|抵押率|折扣|逾期率|不良率|坏账率|系数|偶然所得|税|应收|中(?:提取|计提|划)|高出|多出|倍|存款|定存|活期|存单|保险|预定利率|结算利率|基准/;
const OTHER_AFTER = /^[^，。|]{0,4}(?:股权|股份|比例|用户|的人|概率|通过|下款率|额度|首付|收益|回报)/;
const PRICE =
  /息|利率|利(?![润群器])|费|成本|违约|滞纳|迟延|逾期|欠款|未还|罚|扣|资金占用|贷款|借款|保证金|押金|诚意金/;
/** An annual figure without a name is a borrower's only where the sentence speaks of borrowing. */
const BORROWING = /借款|贷款|借[0-9一二三四五六七八九十]|费|成本|利息|放款|还款|息费|app|平台(?!年化)/;
const TOTAL = /综合(?!费率?$)(?!服务|管理)|合计|总成本|总费率|资金成本|irr|内部收益率|apr|成本/;
const PENALTY = /逾期|违约|滞纳|罚|迟延|未按[时期]|展期|未还|欠款|超过还款|晚还|拖欠/;
const UPFRONT = /放款(?:时|前|即|环节|当?日)|扣|先(?!息)|前期|当场|预[收留]|留存|到手|一次性收取|出款|打款时|划款/;
const PERIOD_BEFORE =
  /(?:每|按|逐|逾期一|晚一|超一)(天|日|周|星期|月|季|年|期)|(?<![0-9一二三四五六七八九十个本当上下几首半第同])(天|日|周|星期|月|季|年)(?!内|后|前|标|数|限|间|末|底|初)/g;
const PERIOD_AFTER = /^\s?[/每]?\s?(?:每)?(天|日|周|星期|个?月|季|年|期)(?!内|后|前|后)/;
const REACH = 22;

/** @param wide What stands before the rate since the last comma, colons and all: 手续费：借款金额的6%. */
function kindOf(clause: string, right: string, wide: string): RateKind {
  if (PENALTY.test(clause) || /^[^，。|]{0,8}(?:违约|滞纳|罚|赔偿)/.test(right)) return 'penalty';
  if (TOTAL.test(clause)) return 'total';
  if (/费/.test(clause)) return 'fee';
  const isInterest = /息|利/.test(clause);
  return !isInterest && (/费/.test(wide) || /^[^，。|]{0,6}费/.test(right)) ? 'fee' : 'interest';
}

/** The period of a rate, and how far the words that say so stand before and after it. */
interface Charged {
  readonly per: Period | null;
  readonly from: number;
  readonly to: number;
}

function periodAround(left: string, right: string, isDialect: boolean): Charged {
  const suffix = PERIOD_AFTER.exec(right);
  const last = [...left.matchAll(PERIOD_BEFORE)].at(-1);
  const from = last === undefined ? 0 : left.length - last.index;
  if (suffix) return { per: periodOf(suffix[1] ?? ''), from: 0, to: suffix[0].length };
  if (last) return { per: periodOf(last[1] ?? last[2] ?? ''), from, to: 0 };
  if (isDialect) return { per: 'month', from: 0, to: 0 };
  return { per: /利率|年化|成本|irr/.test(left) ? 'year' : null, from: 0, to: 0 };
}

const NAMED_AFTER = /^[^，。|]{0,8}(?:费|利息|的利|服务|违约|滞纳|罚|加收|赔偿)/;

/** The last clause before a rate, or the one before it when that one names the price: 逾期罚息：每日按未还金额的… */
function clauseOf(left: string, right: string): string {
  const last = (marks: readonly string[]): string =>
    left.slice(Math.max(...marks.map((mark) => left.lastIndexOf(mark))) + 1);
  const own = last(['，', ',']);
  const clauses = [last(['，', ',', '：', ':']), own];
  return clauses.find((clause) => PRICE.test(clause)) ?? (NAMED_AFTER.test(right) ? own : left);
}

function isPrice(clause: string, right: string, text: string): boolean {
  if (OTHER_BEFORE.test(clause) || OTHER_AFTER.test(right)) return false;
  if (PRICE.test(clause) || NAMED_AFTER.test(right)) return true;
  return /年化|月化|日化/.test(clause) && BORROWING.test(text);
}

/** 每天万分之五 is a price even where no word says of what. */
function isByItself(form: string, clause: string): boolean {
  return /^[千万]分之/.test(form) && /(?:每|按|逐)[天日周月]/.test(clause);
}

/** 放款时扣收 may also follow the rate, in the same clause or right after its comma. */
function isTakenUpfront(clause: string, right: string): boolean {
  return UPFRONT.test(clause) || UPFRONT.test(right.split('，', 2).join('，').slice(0, 10));
}

function rateAt(text: string, match: RegExpMatchArray & { index: number }, from: number): Rate | null {
  const { percent, isDialect } = valueOf(match.groups ?? {});
  const end = match.index + match[0].length;
  const right = after(text, end, 12);
  const left = before(text, match.index, REACH, from);
  const clause = clauseOf(left, right);
  const isNamed = isDialect || isByItself(match[0], clause);
  const isRate = percent > 0 && (isPrice(clause, right, text) || (isNamed && !OTHER_BEFORE.test(clause)));
  if (!isRate) return null;
  const kind = kindOf(clause, right, left.slice(left.lastIndexOf('，') + 1));
  const { per, from: lead, to } = periodAround(clause, right, isDialect);
  return {
    ...{ start: match.index - lead, end: end + to, kind, per },
    // 年息一分 is ten percent, 月息一分 is one.
    percent: isDialect && per === 'year' ? percent * 10 : percent,
    isUpfront: kind !== 'penalty' && isTakenUpfront(clause, right),
  };
}

/** What every form of a rate has in it. */
const HAS_RATE = /[%％‰分厘毛角成]|[息率费]\s?[万千]/;

/** Every rate of a loan's price that a folded text states, in order: 日息万五, 月息2分, 周利率8%, 每日千分之四. No yields. */
export function ratesIn(text: string): Rate[] {
  const found: Rate[] = [];
  if (!HAS_RATE.test(text)) return found;
  for (const match of text.matchAll(VALUE)) {
    const rate = rateAt(text, match, found.at(-1)?.end ?? 0);
    if (rate !== null) found.push(rate);
  }
  return found;
}

/** A rate as percent a year, without compounding; null for what is paid once. */
export function yearly({ percent, per }: Rate): number | null {
  return per === null ? null : percent * PER_YEAR[per];
}
