import { type Thresholds } from '#classifiers/model';

/** One suspicion as a model that had not seen it scores it. */
export interface Scored {
  readonly lessonIndex: number;
  readonly score: number;
  readonly isTrue: boolean;
  /** Whether it may flag at all: a lead or a wording alone never does. */
  readonly mayFlag: boolean;
  /** A lead (S4) stands in a list of its own and takes none of the reviewers' time for accusations. */
  readonly isLead: boolean;
}

/** A flag accuses. Texts of other hands proved about five in a hundred harder than the lessons, so lessons ask for more. */
const PRECISION = 0.985;
/** A share of fewer says nothing. */
const LEAST_FLAGS = 10;
/** Of the texts that touch a rule at all a person is asked about this share at most, leads left out. */
const REVIEW_SHARE = 0.18;
const LOWEST_REVIEW = 0.03;

const round = (score: number): number => Math.round(score * 1e4) / 1e4;

function flagAt(scored: readonly Scored[]): number {
  let [right, all, cut] = [0, 0, 1];
  for (const { score, isTrue } of scored.filter(({ mayFlag }) => mayFlag)) {
    all += 1;
    if (isTrue) right += 1;
    if (all >= LEAST_FLAGS && right / all >= PRECISION) cut = score;
  }
  return cut;
}

function reviewAt(scored: readonly Scored[], flagFrom: number, candidates: number): number {
  const flagged = new Set(scored.filter((it) => it.mayFlag && it.score >= flagFrom).map((it) => it.lessonIndex));
  const asked = new Set<number>();
  for (const { lessonIndex, score, isLead } of scored) {
    if (score < LOWEST_REVIEW) break;
    if (!isLead && !flagged.has(lessonIndex)) asked.add(lessonIndex);
    if (asked.size > candidates * REVIEW_SHARE) return score;
  }
  return LOWEST_REVIEW;
}

/**
 * Where flagging and asking begin, by what was right and wrong among lessons that the scoring model had not seen.
 *
 * @param candidates How many lessons touch a rule at all.
 */
export function thresholdsFor(scored: readonly Scored[], candidates: number): Thresholds {
  const falling = [...scored].sort((a, b) => b.score - a.score);
  const flagFrom = flagAt(falling);
  return { flagAt: round(flagFrom), reviewAt: round(Math.min(flagFrom, reviewAt(falling, flagFrom, candidates))) };
}
