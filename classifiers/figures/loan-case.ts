import { type LoanFigures } from './loan-figures';
import { type Stretch } from './figure-text';
import { yearly, type Rate } from './rates';
import { type Period } from './periods';
import { type Sum } from './sums';
import { type Term } from './terms';

/** A sum that is paid each period. */
export interface Instalment {
  readonly yuan: number;
  readonly every: Period;
  /** Null when the text does not say how often. */
  readonly count: number | null;
  /** A price for the time and no repayment. */
  readonly isFee: boolean;
}

/** A loan as its figures tell it. Sums in yuan; of a loan told in percentages alone the principal counts as 100. */
export interface LoanCase extends Stretch {
  /** Where the text tells of what is held back. */
  readonly heldBackAt: Stretch;
  readonly principal: number;
  /** What reaches the borrower; less than the principal when something is held back. */
  readonly received: number;
  /** Paid back at the end, when the text says how much. */
  readonly paidBack: number | null;
  /** Fees at the end beside the principal. */
  readonly endFees: number;
  readonly instalment: Instalment | null;
  /** Interest that runs, as a part of the principal a year. */
  readonly interest: number;
  /** Fees that run, as a part of the principal a year. */
  readonly fees: number;
  readonly term: Term | null;
  readonly isInPercent: boolean;
}

const IN_PERCENT = 100;
/** Nobody holds back more than this part of a loan; other sums tell of something else. */
const MOST_HELD_BACK = 0.7;

const isWhole = ({ yuan, lowYuan }: Sum): boolean => yuan === lowYuan;
const once = (sums: readonly Sum[], role: Sum['role']): Sum[] =>
  sums.filter((sum) => sum.role === role && sum.every === null);
const total = (sums: readonly Sum[]): number => sums.reduce((sum, { yuan }) => sum + yuan, 0);

/** Of several rates of a kind the highest, for the same rate may be told twice; as a part a year. */
function highest(rates: readonly Rate[], kind: Rate['kind']): number {
  return Math.max(0, ...rates.filter((rate) => rate.kind === kind).map((rate) => yearly(rate) ?? 0)) / 100;
}

function principalOf(sums: readonly Sum[]): Sum | null {
  const owed = once(sums, 'owed')[0] ?? once(sums, 'handed-out')[0] ?? once(sums, 'plain')[0];
  if (owed) return owed;
  const [received, repaid] = [once(sums, 'received')[0], once(sums, 'repaid')[0]];
  if (received && repaid && repaid.yuan > received.yuan) return repaid;
  const hasFee = sums.some((sum) => sum.role === 'fee' && (sum.isUpfront || sum.every !== null));
  return hasFee ? (received ?? null) : null;
}

/** Part of the principal that is taken beforehand, as rates and folds tell it. */
function heldBackPart({ rates, fold }: LoanFigures): number {
  const taken = rates.filter(({ per, isUpfront, kind }) => per === null && isUpfront && kind !== 'penalty');
  return taken.reduce((sum, { percent }) => sum + percent / 100, fold === null ? 0 : 1 - fold.part);
}

function receivedOf(figures: LoanFigures, sums: readonly Sum[], principal: Sum | null): number {
  const owed = principal?.yuan ?? IN_PERCENT;
  const stated = [...once(sums, 'received'), ...once(sums, 'handed-out')].find(
    (sum) => sum !== principal && sum.yuan < owed,
  );
  if (stated) return stated.yuan;
  const fees = principal === null ? 0 : total(once(sums, 'fee').filter(({ isUpfront }) => isUpfront));
  return owed - fees - owed * heldBackPart(figures);
}

/** Paid each period and this small a part of the loan, a sum is a price even where no word says so. */
const PRICE_PART = 0.05;

function instalmentOf(sums: readonly Sum[], terms: readonly Term[], principal: number): Instalment | null {
  const sum = sums.find(({ every, role }) => every !== null && role !== 'penalty');
  if (!sum || sum.every === null) return null;
  const counted = terms.find(({ isInstalments, period }) => isInstalments || period === sum.every);
  const isWeekly = sum.every === 'month' && counted?.period === 'week';
  const every = isWeekly ? 'week' : sum.every;
  const isFee = sum.role === 'fee' || (sum.role === 'plain' && sum.yuan <= principal * PRICE_PART);
  return { yuan: sum.yuan, every, count: counted?.count ?? null, isFee };
}

function endFeesOf({ rates }: LoanFigures, sums: readonly Sum[], principal: number): number {
  const later = rates.filter(({ per, isUpfront, kind }) => per === null && !isUpfront && kind === 'fee');
  const fees = total(once(sums, 'fee').filter(({ isUpfront }) => !isUpfront));
  return fees + later.reduce((sum, { percent }) => sum + (percent / 100) * principal, 0);
}

function paidBackOf(sums: readonly Sum[], principal: number): number | null {
  const repaid = once(sums, 'repaid').at(-1)?.yuan;
  if (repaid === undefined) return null;
  return repaid < principal / 2 ? principal + repaid : repaid;
}

function hullOf(used: readonly Stretch[]): Stretch | null {
  if (used.length === 0) return null;
  return { start: Math.min(...used.map(({ start }) => start)), end: Math.max(...used.map(({ end }) => end)) };
}

const HELD_BACK_ROLES: ReadonlySet<Sum['role']> = new Set(['owed', 'handed-out', 'received', 'plain']);

/** The figures that say how much is lent and how much of it arrives. */
function heldBackHull({ sums, rates, fold }: LoanFigures): Stretch | null {
  const lent = sums.filter(({ role, isUpfront }) => isUpfront || HELD_BACK_ROLES.has(role));
  const used: Stretch[] = [...lent, ...rates.filter(({ isUpfront }) => isUpfront), ...(fold === null ? [] : [fold])];
  return hullOf(used);
}

/** Of several terms the longest, for the longer a loan lasts the less a fee weighs; instalments only where nothing else is told. */
function longestOf(terms: readonly Term[]): Term | null {
  const ends = terms.filter(({ isInstalments }) => !isInstalments);
  return [...(ends.length > 0 ? ends : terms)].sort((a, b) => b.days - a.days)[0] ?? null;
}

/** What is paid back, as far as sums tell it; of a loan told in percentages alone no sum does. */
function repaymentOf(figures: LoanFigures, others: readonly Sum[], principal: Sum | null) {
  const owed = principal?.yuan ?? IN_PERCENT;
  const sums = principal === null ? [] : others;
  return {
    paidBack: paidBackOf(sums, owed),
    endFees: endFeesOf(figures, sums, owed),
    instalment: instalmentOf(sums, figures.terms, owed),
  };
}

/** All figures of a loan from the first to the last. */
function figuresHull({ sums, rates, terms, fold }: LoanFigures): Stretch | null {
  return hullOf([...sums, ...rates, ...terms, ...(fold === null ? [] : [fold])]);
}

/** The loan that figures tell of; null when they tell of none. */
export function loanCaseOf(figures: LoanFigures): LoanCase | null {
  const hull = figuresHull(figures);
  const sums = figures.sums.filter(isWhole);
  const principal = principalOf(sums);
  const isTold = principal !== null || figures.rates.length > 0 || figures.fold !== null;
  if (hull === null || !isTold) return null;
  const owed = principal?.yuan ?? IN_PERCENT;
  const received = receivedOf(figures, sums, principal);
  if (received > owed || received < owed * (1 - MOST_HELD_BACK)) return null;
  const others = sums.filter((sum) => sum !== principal);
  return {
    ...hull,
    heldBackAt: heldBackHull(figures) ?? hull,
    ...{ principal: owed, received, isInPercent: principal === null },
    ...repaymentOf(figures, others, principal),
    interest: highest(figures.rates, 'interest'),
    fees: highest(figures.rates, 'fee'),
    term: longestOf(figures.terms),
  };
}
