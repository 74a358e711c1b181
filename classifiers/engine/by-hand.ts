import { type NamedPlace, type Trigger } from '#classifiers/detectors';
import { bestOfSentences, type Judged } from './best-hits';
import { type CompiledPack } from './compiled-pack';
import { decide } from './decide';
import { weigh, type Scene } from './weigh';

/** Element name and separator of the segments that hold a whole row of a table. */
const ROW_TAG = 'tr';
const CELL_BREAK = '｜'.normalize('NFKC');

/** Cells are segments of their own; of a row only what several cells say together is news. */
function spansCells({ start, end }: Trigger, { view }: Scene): boolean {
  return view.repaired.slice(start, end).includes(CELL_BREAK);
}

/** So many triggers of a rule are weighed in any stretch of so many characters; more say nothing new. */
const STRETCH = 400;
const MAX_PER_STRETCH = 10;

/** Several patterns of a rule may find the very same words; the first says all. */
function withoutTwins(triggers: readonly Trigger[]): Trigger[] {
  const seen = new Set<string>();
  return triggers.filter(({ rule, start, end, places }) => {
    const key = `${String(rule)}|${String(start)}|${String(end)}|${String(places.length > 1)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function atMost(triggers: readonly Trigger[]): Trigger[] {
  const counts = new Map<string, number>();
  const strongFirst = [...triggers].sort((a, b) => (a.strength === b.strength ? 0 : a.strength === 'strong' ? -1 : 1));
  return withoutTwins(strongFirst).filter(({ rule, start }) => {
    const key = `${rule}|${Math.floor(start / STRETCH)}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= MAX_PER_STRETCH;
  });
}

/** What the rules find in a text. */
export interface ByHand {
  readonly judged: readonly Judged[];
  readonly named: readonly NamedPlace[];
}

/**
 * Judges every trigger of a text by the weights of its cues alone, whatever day it is; of a sentence the best of each
 * rule. This is the verdict when a pack has no model, and what a model weighs when it has one.
 */
export function judgedByHand(scene: Scene, compiled: CompiledPack): ByHand {
  const found = compiled.detector.find(scene.view, scene.segment.pageKind, scene.asOf);
  const triggers = atMost(found.triggers);
  const judged = triggers.flatMap((trigger): Judged[] => {
    const rule = compiled.rules[trigger.rule];
    if (!rule || !rule.channels.includes(scene.channel)) return [];
    const { own, lent } = weigh(rule, trigger, scene);
    return [{ rule, trigger, own, lent, ...decide(rule, [...own, ...lent], scene.segment.source) }];
  });
  const isRow = scene.segment.tag === ROW_TAG;
  const kept = isRow ? judged.filter(({ trigger }) => spansCells(trigger, scene)) : judged;
  return { judged: bestOfSentences(kept, scene), named: found.named };
}
