import { type Cue, type Verdict } from '#libs/domain';
import { type Trigger } from '#classifiers/detectors';
import { clausesOf, spanIndex, type Span } from '#classifiers/text';
import { type ReadyRule } from './compiled-pack';
import { type Decision } from './decide';
import { type Scene } from './weigh';

/** A trigger of a rule with what was decided about it. */
export interface Judged extends Decision {
  readonly rule: ReadyRule;
  readonly trigger: Trigger;
  /** Cues by hand, apart as {@link Scales} has them. */
  readonly own: readonly Cue[];
  readonly lent: readonly Cue[];
}

export const RANK: Readonly<Record<Verdict, number>> = { flag: 2, review: 1, drop: 0 };

/** A judgement with the clauses that its trigger's words stand in. */
type Placed = readonly [Judged, readonly number[]];

/** A weak word with none beside it. */
function isBare({ trigger }: Judged): boolean {
  return trigger.strength === 'weak' && trigger.places.length === 1;
}

/** The surer one first; then what is no bare word; then what stays within its clause, then the shorter quote. */
function byWorth([a, underA]: Placed, [b, underB]: Placed): number {
  return (
    RANK[b.verdict] - RANK[a.verdict] ||
    b.score - a.score ||
    Number(isBare(a)) - Number(isBare(b)) ||
    underA.length - underB.length ||
    a.trigger.end - a.trigger.start - (b.trigger.end - b.trigger.start) ||
    a.trigger.start - b.trigger.start
  );
}

function clausesUnder(clauses: readonly Span[], { start, end }: Span): number[] {
  const first = spanIndex(clauses, start);
  return Array.from({ length: spanIndex(clauses, end - 1) - first + 1 }, (_, i) => first + i);
}

/** Beside the best of a sentence only what would accuse by itself is worth a second look. */
function isWorthMore(one: Judged, best: Judged): boolean {
  return one.verdict !== 'drop' && one.verdict === best.verdict && one.score >= one.rule.decision.flagAt;
}

function worthKeeping(judged: readonly Judged[], clauses: readonly Span[]): Judged[] {
  const placed = judged.map((one): Placed => [one, clausesUnder(clauses, one.trigger)]).sort(byWorth);
  const best = placed[0]?.[0];
  if (!best) return [];
  const kept: Judged[] = [];
  const taken = new Set<number>();
  for (const [one, under] of placed) {
    const isTaken = under.some((clause) => taken.has(clause));
    if (isTaken || (one !== best && !isWorthMore(one, best))) continue;
    kept.push(one);
    for (const clause of under) taken.add(clause);
  }
  return kept;
}

/**
 * Of all triggers of a rule in one sentence the one that says most, and those in other clauses that would accuse by
 * themselves: a sentence may make two offers.
 */
export function bestOfSentences(judged: readonly Judged[], { view, cueText }: Scene): Judged[] {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) {
    const key = `${one.rule.id}|${spanIndex(cueText.sentences, one.trigger.start)}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  const clauses = clausesOf(view.repaired);
  return [...groups.values()].flatMap((group) => worthKeeping(group, clauses));
}
