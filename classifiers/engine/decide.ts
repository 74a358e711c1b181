import { type Cue, type SegmentSource, type Verdict } from '#libs/domain';
import { type ReadyRule } from './compiled-pack';

/** A judgement before it is bound to its place. */
export interface Decision {
  readonly score: number;
  readonly verdict: Verdict;
  readonly cues: readonly Cue[];
}

/** Log-odds to a probability, rounded so that two machines store the same number. */
function probability(logOdds: number): number {
  return Math.round(1e4 / (1 + Math.exp(-logOdds))) / 1e4;
}

function verdictOf(rule: ReadyRule, score: number): Verdict {
  if (score >= rule.decision.flagAt) return 'flag';
  return score >= rule.decision.reviewAt ? 'review' : 'drop';
}

/** Why a hit that would flag goes to a person all the same; null when it may flag. */
function reservation(rule: ReadyRule, cues: readonly Cue[], source: SegmentSource): string | null {
  if (rule.severity === 'S4') return 'lead-only';
  if (source === 'hidden') return 'hidden';
  const isWeak = cues[0]?.weight === 0 && !cues.some(({ name, weight }) => name === 'amplified' && weight > 0);
  return isWeak ? 'weak-words' : null;
}

/**
 * Sums the cues and compares with the rule's thresholds. A lead (S4), words that the layout does not show and weak
 * words without amplifying ones are never more than `review`; a cue of weight 0 says so.
 *
 * @param cues The trigger's own comes first.
 */
export function decide(rule: ReadyRule, cues: readonly Cue[], source: SegmentSource): Decision {
  const score = probability(cues.reduce((sum, cue) => sum + cue.weight, 0));
  const verdict = verdictOf(rule, score);
  const why = verdict === 'flag' ? reservation(rule, cues, source) : null;
  return why === null
    ? { score, verdict, cues }
    : { score, verdict: 'review', cues: [...cues, { name: why, weight: 0, quote: null }] };
}
