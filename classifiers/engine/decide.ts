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

/**
 * Sums the cues and compares with the rule's thresholds. A lead (S4) is never more than `review`, nor are words that
 * the layout does not show; both say so with a cue of weight 0.
 */
export function decide(rule: ReadyRule, cues: readonly Cue[], source: SegmentSource): Decision {
  const score = probability(cues.reduce((sum, cue) => sum + cue.weight, 0));
  const verdict = verdictOf(rule, score);
  if (verdict !== 'flag') return { score, verdict, cues };
  if (rule.severity === 'S4')
    return { score, verdict: 'review', cues: [...cues, { name: 'lead-only', weight: 0, quote: null }] };
  if (source === 'hidden')
    return { score, verdict: 'review', cues: [...cues, { name: 'hidden', weight: 0, quote: null }] };
  return { score, verdict, cues };
}
