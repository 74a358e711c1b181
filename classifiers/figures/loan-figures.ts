import { sentencesOf } from '#classifiers/text';
import { type Stretch } from './figure-text';
import { ratesIn, type Rate } from './rates';
import { sumsIn, type Sum } from './sums';
import { termsIn, type Term } from './terms';

/** All figures that one or a few neighbouring sentences give about a loan. */
export interface LoanFigures extends Stretch {
  readonly text: string;
  readonly sums: readonly Sum[];
  readonly rates: readonly Rate[];
  readonly terms: readonly Term[];
  /** The part of the sum that reaches the borrower when it is told as 八折; null when it is not. */
  readonly fold: (Stretch & { readonly part: number }) | null;
}

/** Money that is no loan, whatever else the sentence says. */
const NO_LOAN =
  /提现(?:手续费|金额|费用|到账)|充值|工资单|个税|所得税|物业|退租|货款|实付款|优惠券|奖金|话费|运费|应收利息|配资/;
/** Money that lenders give and get, unless the sentence speaks of a loan as well. */
const LENDERS = /出借人?|投资|理财|收益|回款|加息|体验金|返现|起投|红包|租金(?!即)|首付/;
const A_LOAN =
  /借[款钱入出贷0-9一二三四五六七八九十两]|贷款|放款|还款|砍头|下款|[息]费|利息|借期|每期|管理费|手续费|服务费/;
const HAS_FIGURE = /[0-9一二三四五六七八九十两千百万成折]/;
/** Without one of these no text tells what a loan costs. */
const HAS_PRICE = /[息费利扣还折付给到得借贷签收罚放实]|分之|违约|赔偿|保证金|成本/;
const PENALTY_BEFORE = /(?:逾期|超过|迟延|违约|满)[^，。]{0,4}$/;
const FOLD =
  /(?:到手|实到|到账|得|拿|低至|放款?|按)[^，。0-9]{0,8}?([五六七八九](?:[一二三四五六七八九])?|[5-9](?:\.[0-9]|[0-9])?)折|(?:到手|实到|到账)[^，。0-9]{0,12}[×x*的]\s?([5-9][0-9])%/g;
const HAN_DIGITS = '零一二三四五六七八九';

function foldIn(text: string, at: number): LoanFigures['fold'] {
  const match = [...text.matchAll(FOLD)].at(0);
  if (!match) return null;
  const digits = [...(match[1] ?? match[2] ?? '')]
    .map((it) => (HAN_DIGITS.includes(it) ? HAN_DIGITS.indexOf(it) : it))
    .join('');
  const part = Number(digits.replace('.', '').padEnd(2, '0')) / 100;
  return { start: at + match.index, end: at + match.index + match[0].length, part };
}

function moved<T extends Stretch>(found: readonly T[], at: number): T[] {
  return found.map((it) => ({ ...it, start: it.start + at, end: it.end + at }));
}

function figuresIn(text: string, { start, end }: Stretch): LoanFigures {
  const own = text.slice(start, end);
  const isLoan =
    HAS_FIGURE.test(own) && HAS_PRICE.test(own) && !NO_LOAN.test(own) && (!LENDERS.test(own) || A_LOAN.test(own));
  if (!isLoan) return { text: own, start, end, sums: [], rates: [], terms: [], fold: null };
  const terms = termsIn(own).filter((term) => !PENALTY_BEFORE.test(own.slice(0, term.start)));
  return {
    ...{ text: own, start, end, fold: foldIn(own, start) },
    ...{ sums: moved(sumsIn(own), start), rates: moved(ratesIn(own), start), terms: moved(terms, start) },
  };
}

/** Sentences farther apart than this tell of different loans. */
const MAX_JOINED = 160;

/**
 * The figures of a folded text, sentence by sentence in order, then of each two neighbouring ones together: 借1500元。到账1200元。
 *
 * @param text Tags already taken out by `withoutTags`.
 */
export function loanFiguresIn(text: string): LoanFigures[] {
  if (!HAS_FIGURE.test(text) || !HAS_PRICE.test(text)) return [];
  const sentences = sentencesOf(text);
  const pairs = sentences.slice(1).map((second, i) => ({ start: sentences[i]?.start ?? 0, end: second.end }));
  const short = pairs.filter(({ start, end }) => end - start <= MAX_JOINED);
  return [...sentences, ...short].map((stretch) => figuresIn(text, stretch));
}
