import { type Cue, type SegmentSource, type Verdict } from '#libs/domain';
import { type Thresholds } from '#classifiers/model';
import { type ReadyRule } from './compiled-pack';

/** A judgement before it is bound to its place. */
export interface Decision {
  readonly score: number;
  readonly verdict: Verdict;
  readonly cues: readonly Cue[];
}

/** What a verdict is reached from. */
export interface Ground {
  readonly rule: ReadyRule;
  readonly score: number;
  /** The trigger's own comes first; empty when only the wording speaks. */
  readonly cues: readonly Cue[];
  readonly source: SegmentSource;
}

/** Log-odds to a probability, rounded so that two machines store the same number. */
export function probability(logOdds: number): number {
  return Math.round(1e4 / (1 + Math.exp(-logOdds))) / 1e4;
}

/** Why a hit that would flag goes to a person all the same. */
function reservation({ rule, cues, source }: Ground, isWeighedByHand: boolean): string | null {
  if (rule.severity === 'S4') return 'lead-only';
  if (source === 'hidden') return 'hidden';
  if (cues.length === 0) return 'wording-alone';
  const isWeak = cues[0]?.weight === 0 && !cues.some(({ name, weight }) => name === 'amplified' && weight > 0);
  return isWeighedByHand && isWeak ? 'weak-words' : null;
}

/** What settles a suspicion by its meaning: words that are denied, forbidden, quoted, taught or others' are no offer. */
const SETTLING: ReadonlySet<string> = new Set([
  ...['negated', 'prohibited', 'warning', 'ended', 'archived'],
  ...['education', 'self-check', 'regulation-quote', 'comment', 'other-meaning'],
]);
/** Weight by hand from which on such a cue leaves no doubt. */
const SETTLED = -4;
const ELSEWHERE = -6;

/** Whether the cues by hand leave nothing to weigh: the words are no offer, or the rule does not speak of such a place. */
export function isSettled(cues: readonly Cue[]): boolean {
  const isAgainst = cues.reduce((sum, { weight }) => sum + weight, 0) < 0;
  return cues.some(({ name, weight }) =>
    name === 'page-kind' ? weight <= ELSEWHERE : isAgainst && weight <= SETTLED && SETTLING.has(name),
  );
}

function verdictAt({ flagAt, reviewAt }: Thresholds, score: number): Verdict {
  if (score >= flagAt) return 'flag';
  return score >= reviewAt ? 'review' : 'drop';
}

/**
 * The verdict for a score that a model gave, with the reasons that hold it back. A lead (S4), words that the layout
 * does not show and a wording without any of the rule's words are never more than `review`.
 */
export function verdictUnder(thresholds: Thresholds, ground: Ground): { verdict: Verdict; why: string[] } {
  if (isSettled(ground.cues)) return { verdict: 'drop', why: [] };
  const verdict = verdictAt(thresholds, ground.score);
  const why = verdict === 'flag' ? reservation(ground, false) : null;
  return why === null ? { verdict, why: [] } : { verdict: 'review', why: [why] };
}

/**
 * Without a model: sums the cues and compares with the rule's own thresholds. Weak words without amplifying ones are
 * never more than `review` besides; a cue of weight 0 says so.
 *
 * @param cues The trigger's own comes first.
 */
export function decide(rule: ReadyRule, cues: readonly Cue[], source: SegmentSource): Decision {
  const score = probability(cues.reduce((sum, cue) => sum + cue.weight, 0));
  const verdict = verdictAt(rule.decision, score);
  const why = verdict === 'flag' ? reservation({ rule, score, cues, source }, true) : null;
  return why === null
    ? { score, verdict, cues }
    : { score, verdict: 'review', cues: [...cues, { name: why, weight: 0, quote: null }] };
}
