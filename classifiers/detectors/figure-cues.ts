import {
  ceilingOn,
  contractDayIn,
  contradictionsIn,
  daysPastDeadlineIn,
  lateStartsIn,
  longFundingIn,
  overCapIn,
  readLoans,
  staleDatesIn,
  unannualisedCostsIn,
  type BorrowingCost,
  type LoanReading,
  type Stretch,
} from '#classifiers/figures';
import { type View } from '#classifiers/text';
import { type CuePlace, type StructuredCue } from './structured-cue';

/** A year of 365 days and one of 360 are both in use; what exceeds a line exceeds it by either. */
const BY_EITHER_YEAR = 365 / 360;

const readings = new WeakMap<View, LoanReading>();

/** The loans that a text tells of, read once per view however many cues ask. */
function loansIn(view: View): LoanReading {
  const known = readings.get(view);
  if (known) return known;
  const made = readLoans(view.repaired);
  readings.set(view, made);
  return made;
}

type Line = 'voidPercent' | 'protectedPercent';

/** Costs above one line of the ceiling of the day and, where named, not above a higher one. */
function costsAbove(view: View, asOf: string, line: Line, upTo?: Line): (BorrowingCost & { text: string })[] {
  const { costs } = loansIn(view);
  if (costs.length === 0) return [];
  const ceiling = ceilingOn(contractDayIn(view.repaired, asOf));
  return costs
    .filter(({ annualPercent }) => annualPercent > ceiling[line] * BY_EITHER_YEAR)
    .filter(({ annualPercent }) => upTo === undefined || annualPercent <= ceiling[upTo] * BY_EITHER_YEAR)
    .map((cost) => ({ ...cost, text: `${cost.steps}，高于${ceiling[line]}%（${ceiling.instrument}）` }));
}

const toPlace = ({ start, end, steps }: Stretch & { readonly steps?: string }): CuePlace => ({
  start,
  end,
  steps: steps ?? null,
});

const told = (costs: readonly (BorrowingCost & { text: string })[]): CuePlace[] =>
  costs.map(({ start, end, text }) => ({ start, end, steps: text }));

/** Facts that follow from the figures of a text, with the steps by which they were worked out. */
export const FIGURE_CUES: Readonly<Record<string, StructuredCue>> = {
  /** A loan costs more a year than may be agreed. — `ceilingOn` */
  'over-ceiling': (view, asOf) =>
    told(costsAbove(view, asOf, 'voidPercent').filter(({ about, isAssumed }) => about === 'loan' && !isAssumed)),
  /** The same where the text does not say for how long, so that a year was assumed. */
  'perhaps-over-ceiling': (view, asOf) =>
    told(costsAbove(view, asOf, 'voidPercent').filter(({ about, isAssumed }) => about === 'loan' && isAssumed)),
  /** Being late costs more a year than may be agreed. — 法释〔2015〕18号, article 30 */
  'penalty-over-ceiling': (view, asOf) =>
    told(costsAbove(view, asOf, 'voidPercent').filter(({ about }) => about === 'penalty')),
  /** A loan costs more than the courts protect and not more than may be agreed. */
  'over-protected': (view, asOf) => told(costsAbove(view, asOf, 'protectedPercent', 'voidPercent')),
  /** Less money reaches the borrower than the loan is for. */
  'held-back': (view) => loansIn(view).heldBack.map(toPlace),
  /** A price by the day, week, month or instalment, and none by the year in the text. */
  'unannualised-cost': (view) => unannualisedCostsIn(view.repaired).map(toPlace),
  /** A listed loan above what one borrower may owe on a platform. */
  'over-cap': (view, asOf) => overCapIn(view.repaired, asOf).map(toPlace),
  /** A funding period of more than 20 working days. */
  'long-funding': (view, asOf) => longFundingIn(view.repaired, asOf).map(toPlace),
  /** Figures of a platform that are older than they may be. */
  'stale-date': (view, asOf) => staleDatesIn(view.repaired, asOf).map(toPlace),
  /** A platform that began after 2016-08-24. */
  'late-start': (view, asOf) => lateStartsIn(view.repaired, asOf).map(toPlace),
  /** A day after the deadline for filing. */
  'past-deadline': (view, asOf) => daysPastDeadlineIn(view.repaired, asOf).map(toPlace),
  /** Disclosed figures that cannot both be true. */
  contradiction: (view) => contradictionsIn(view.repaired).map(toPlace),
};
