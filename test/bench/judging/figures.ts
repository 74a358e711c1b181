import { type JudgedText, type Pair } from './judge-held';
import { shareOf, type Share } from './interval';

const isFound = ({ verdict }: Pair): boolean => verdict === 'flag' || verdict === 'review';
const count = <T>(list: readonly T[], holds: (one: T) => boolean): number => list.filter(holds).length;

/** Of all flags those that are right. */
export function flagPrecision(pairs: readonly Pair[]): Share {
  const flags = pairs.filter(({ verdict }) => verdict === 'flag');
  return shareOf(
    count(flags, ({ isTrue }) => isTrue),
    flags.length,
  );
}

/** Of all hits those that were flagged. */
export function flagRecall(pairs: readonly Pair[]): Share {
  const hits = pairs.filter(({ isTrue }) => isTrue);
  return shareOf(
    count(hits, ({ verdict }) => verdict === 'flag'),
    hits.length,
  );
}

/** Of all hits those that were flagged or handed to a person. */
export function recall(pairs: readonly Pair[]): Share {
  const hits = pairs.filter(({ isTrue }) => isTrue);
  return shareOf(count(hits, isFound), hits.length);
}

/** Harmonic mean of flag precision and flag recall. */
export function f1(pairs: readonly Pair[]): number {
  const [p, r] = [flagPrecision(pairs), flagRecall(pairs)];
  const [precision, found] = [p.part / Math.max(1, p.whole), r.part / Math.max(1, r.whole)];
  return precision + found === 0 ? 0 : (2 * precision * found) / (precision + found);
}

/** Texts with no hit and no open question: what a flag on them would be. */
export function negatives(judged: readonly JudgedText[]): JudgedText[] {
  return judged.filter(({ held }) => held.labels.length === 0 && held.debatable.length === 0);
}

/** Of some texts those with a verdict of any rule. */
export function touched(judged: readonly JudgedText[], verdict: 'flag' | 'review'): Share {
  return shareOf(
    count(judged, ({ verdicts }) => [...verdicts.values()].includes(verdict)),
    judged.length,
  );
}

/** Of the texts that touch a rule (a hit or a tempting near miss) those that are only handed to a person. */
export function reviewShare(judged: readonly JudgedText[]): Share {
  const candidates = judged.filter(({ held }) => held.labels.length + held.near.length > 0);
  const asked = count(candidates, ({ verdicts }) => {
    const said = [...verdicts.values()];
    return said.includes('review') && !said.includes('flag');
  });
  return shareOf(asked, candidates.length);
}

const BINS = 10;

/** How far scores are from shares of right ones, over ten bins, weighed by how many stand in each. — Naeini et al. 2015 */
export function calibrationError(pairs: readonly Pair[]): { error: number; pairs: number } {
  const scored = pairs.filter(({ verdict }) => verdict !== 'nothing');
  const bins = Array.from({ length: BINS }, () => ({ count: 0, score: 0, right: 0 }));
  for (const { score, isTrue } of scored) {
    const bin = bins[Math.min(BINS - 1, Math.floor(score * BINS))];
    if (!bin) continue;
    bin.count += 1;
    bin.score += score;
    bin.right += isTrue ? 1 : 0;
  }
  const sum = bins.reduce((all, { score, right }) => all + Math.abs(score - right), 0);
  return { error: scored.length === 0 ? 0 : sum / scored.length, pairs: scored.length };
}
