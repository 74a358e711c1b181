import { annualPercent, bulletPercent, internalRate, type Payment } from './annual-cost';
import { withoutTags, type Stretch } from './figure-text';
import { loanCaseOf, type Instalment, type LoanCase } from './loan-case';
import { loanFiguresIn, type LoanFigures } from './loan-figures';
import { written } from './numerals';
import { PER_YEAR, PERIOD_NAME } from './periods';
import { yearly, type Rate } from './rates';
import { yearsOf } from './terms';

/** What borrowing costs by the figures of a text, with the way it was worked out. */
export interface BorrowingCost extends Stretch {
  /** Percent a year on the money that reached the borrower. */
  readonly annualPercent: number;
  /** The steps in Chinese, for people to check. */
  readonly steps: string;
  /** Of the loan, or of being late with it. */
  readonly about: 'loan' | 'penalty';
  /** The text does not say how long the loan lasts; a year was assumed. */
  readonly isAssumed: boolean;
}

/** Less than the principal reaches the borrower. */
export interface HeldBack extends Stretch {
  readonly steps: string;
}

/** What the figures of a text say about loans. */
export interface LoanReading {
  readonly costs: readonly BorrowingCost[];
  readonly heldBack: readonly HeldBack[];
}

const shown = (value: number): string => written(Math.round(value * 100) / 100);
const percentShown = (value: number): string => `${Math.round(value * 10) / 10}%`;

function opening({ principal, received, isInPercent }: LoanCase): string {
  const unit = isInPercent ? '每借100元' : `借款${shown(principal)}元`;
  return received < principal ? `${unit}，到手${shown(received)}元` : unit;
}

type Worked = Pick<BorrowingCost, 'annualPercent' | 'steps' | 'isAssumed'> & Partial<Stretch>;

/** More instalments than these are no loan of these platforms. */
const MOST_INSTALMENTS = 400;

/** Only the price of the time is paid each period; the loan itself stands. */
function byStandingFee(loan: LoanCase, { yuan, every }: Instalment): Worked {
  const { received, interest, fees } = loan;
  const price = `每${PERIOD_NAME[every]}付${shown(yuan)}元，${shown(yuan)}÷${shown(received)}×${PER_YEAR[every]}`;
  const percent = annualPercent(yuan / received, every) + (interest + fees) * 100;
  return { annualPercent: percent, steps: `${opening(loan)}，${price}`, isAssumed: false };
}

function byEqualPayments(loan: LoanCase, { yuan, every }: Instalment, count: number): Worked | null {
  const { principal, received, fees } = loan;
  const each = yuan + (fees * principal) / PER_YEAR[every];
  if (each * count < principal * 0.9 || count > MOST_INSTALMENTS) return null;
  const payments = Array.from({ length: count }, (_, i): Payment => ({ after: i + 1, yuan: each }));
  const rate = internalRate(received, payments);
  const period = PERIOD_NAME[every];
  const inside = `内部收益率每${period}${percentShown(rate * 100)}×${PER_YEAR[every]}`;
  const steps = `${opening(loan)}，每${period}还${shown(each)}元×${count}期，${inside}`;
  return { annualPercent: annualPercent(rate, every), steps, isAssumed: false };
}

function byInstalments(loan: LoanCase): Worked | null {
  const { instalment, principal, paidBack } = loan;
  if (instalment === null) return null;
  const { isFee, count } = instalment;
  if (isFee || (count === null && (paidBack ?? 0) >= principal)) return byStandingFee(loan, instalment);
  return count === null ? null : byEqualPayments(loan, instalment, count);
}

/** A loan paid back in one sum; without a term only where a running price shows that it lasts, and then a year is assumed. */
function atOnce(loan: LoanCase): Worked | null {
  const { principal, received, paidBack, endFees, term } = loan;
  const running = loan.interest + loan.fees;
  const isExtra = received < principal || endFees > 0 || (paidBack ?? 0) > principal;
  if (!isExtra || (term === null && running === 0)) return null;
  const lasts = term === null ? A_YEAR : { years: yearsOf(term), days: term.days, told: `${term.days}天` };
  const end = paidBack ?? principal + endFees + principal * running * lasts.years;
  if (end <= received) return null;
  const cost = `成本${shown(end - received)}元÷到手${shown(received)}元×365÷${lasts.days}`;
  const steps = `${opening(loan)}，共还${shown(end)}元，${lasts.told}；${cost}`;
  return { annualPercent: bulletPercent(received, end, lasts.days), steps, isAssumed: term === null };
}

const A_YEAR = { years: 1, days: 365, told: '期限未写明、按一年计' };

function byRates(figures: LoanFigures, { interest, fees }: LoanCase): Worked | null {
  const totals = figures.rates.filter(({ kind }) => kind === 'total').map((rate) => yearly(rate) ?? 0);
  const annual = totals.length > 0 ? Math.max(...totals) : (interest + fees) * 100;
  if (annual <= 0) return null;
  const counted = figures.rates.filter((rate) => rate.per !== null && rate.kind !== 'penalty');
  const [start, end] = [counted[0]?.start, counted.at(-1)?.end];
  const own = start === undefined || end === undefined ? {} : { start, end };
  return { annualPercent: annual, steps: counted.map(stepOf).join('；'), isAssumed: false, ...own };
}

function stepOf({ percent, per, kind }: Rate): string {
  const name = { interest: '利息', fee: '费用', total: '综合', penalty: '逾期' }[kind];
  const value = `${Math.round(percent * 1e4) / 1e4}%`;
  return per === null || per === 'year' ? `${name}${value}` : `${name}每${PERIOD_NAME[per]}${value}×${PER_YEAR[per]}`;
}

const hasTotal = ({ rates }: LoanFigures): boolean => rates.some(({ kind, per }) => kind === 'total' && per !== null);

function costsOf(figures: LoanFigures, loan: LoanCase): BorrowingCost[] {
  const worked = hasTotal(figures)
    ? byRates(figures, loan)
    : (byInstalments(loan) ?? atOnce(loan) ?? byRates(figures, loan));
  const about = 'loan' as const;
  const own = worked === null ? [] : [{ ...{ start: loan.start, end: loan.end, about }, ...worked }];
  return own.map((cost) => ({ ...cost, steps: `${cost.steps}＝年化${percentShown(cost.annualPercent)}` }));
}

/** A penalty that is paid once counts as it stands, whatever the days: it alone exceeds or it does not. */
function penaltiesOf({ rates }: LoanFigures): BorrowingCost[] {
  return rates
    .filter(({ kind }) => kind === 'penalty')
    .map((rate) => {
      const annual = yearly(rate) ?? rate.percent;
      const steps =
        rate.per === null ? `违约金一次${percentShown(annual)}` : `${stepOf(rate)}＝年化${percentShown(annual)}`;
      return { start: rate.start, end: rate.end, annualPercent: annual, steps, about: 'penalty', isAssumed: false };
    });
}

function heldBackOf(loan: LoanCase): HeldBack[] {
  if (loan.received >= loan.principal) return [];
  const short = `${opening(loan)}，少${shown(loan.principal - loan.received)}元`;
  return [{ start: loan.heldBackAt.start, end: loan.heldBackAt.end, steps: short }];
}

/** A text that tells of more prices tells nothing new; keeps the cost of comparing them bounded. */
const MOST_COSTS = 200;

const isSame = (one: Stretch, other: Stretch): boolean => one.start === other.start && other.end === one.end;
const holds = (one: Stretch, other: Stretch): boolean => one.start <= other.start && other.end <= one.end;

/** Two readings of the same figures: the narrower one stays, and of two alike the first. */
function narrowest<T extends Stretch & { about?: string }>(found: readonly T[]): T[] {
  return found.filter((one, i) =>
    found.every((other, j) => {
      if (i === j || one.about !== other.about || !holds(one, other)) return true;
      return isSame(one, other) && i < j;
    }),
  );
}

/** Two sentences that each tell a price are read together only as a guess: they may speak of one loan or of two. */
function withGuesses(costs: readonly BorrowingCost[]): BorrowingCost[] {
  const narrow = narrowest(costs);
  const guesses = costs.filter(
    (cost) => !narrow.includes(cost) && narrow.every((it) => !isSame(it, cost)) && isDearer(cost, narrow),
  );
  return [...narrow, ...guesses.map((cost) => ({ ...cost, isAssumed: true }))];
}

function isDearer(cost: BorrowingCost, others: readonly BorrowingCost[]): boolean {
  const inside = others.filter((other) => other.about === cost.about && holds(cost, other));
  return inside.every(({ annualPercent: annual }) => annual < cost.annualPercent);
}

/**
 * Reads what loans cost from a folded text: sums owed, received and paid back, rates by day, week, month and year, fees,
 * what is held back, and terms. Yields of lenders are no cost. Steps are kept. No law: see `ceilingOn`.
 */
export function readLoans(text: string): LoanReading {
  const told = loanFiguresIn(withoutTags(text));
  const cases = told.flatMap((figures) => {
    const loan = loanCaseOf(figures);
    return loan === null ? [] : [{ figures, loan }];
  });
  const costs: BorrowingCost[] = [
    ...cases.flatMap(({ figures, loan }) => costsOf(figures, loan)),
    ...told.flatMap(penaltiesOf),
  ];
  return {
    costs: withGuesses(costs.slice(0, MOST_COSTS)),
    heldBack: narrowest(cases.flatMap(({ loan }) => heldBackOf(loan)).slice(0, MOST_COSTS)),
  };
}
