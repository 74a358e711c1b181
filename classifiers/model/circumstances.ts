import { type Cue } from '#libs/domain';

/** What is known of one suspicion before it is weighed. */
export interface Suspicion {
  readonly family: string;
  /** How its words were found: the name of the trigger's own cue, `none` when only the wording speaks for it. */
  readonly base: string;
  /** What stands around the words, with the weights that hold without a model; the trigger's own first, if any. */
  readonly cues: readonly Cue[];
  /** Log-odds that the statement offers or claims something itself, by its wording. */
  readonly offer: number;
  /** Log-odds that the statement speaks of what the rule forbids, by its wording. */
  readonly topic: number;
  /** How many other rules the wording fits better. */
  readonly betterTopics: number;
  /** How many rules have words in the statement. */
  readonly rulesTouched: number;
}

/** Circumstances by name with how strongly they hold. */
export type Circumstances = ReadonlyMap<string, number>;

const between = (low: number, value: number, high: number): number => Math.max(low, Math.min(high, value));

/** Sum of the weights of what stands around the words, the words themselves left out. */
function contextOf({ cues, base }: Suspicion): number {
  return cues.slice(base === 'none' ? 0 : 1).reduce((sum, cue) => sum + cue.weight, 0);
}

/** Part of a sum that is counted: beyond four it says nothing new. */
function countedSum(cues: readonly Cue[]): number {
  return between(
    -4,
    cues.reduce((sum, cue) => sum + cue.weight, 0),
    4,
  );
}

/** The circumstances of a suspicion: no rule by its name, so that a rule without lessons is weighed as its family is. */
export function circumstancesOf(suspicion: Suspicion): Circumstances {
  const { family, base, cues } = suspicion;
  const [offer, topic] = [between(-8, suspicion.offer, 8) / 2, between(-8, suspicion.topic, 8) / 2];
  const found = new Map<string, number>([
    ['always', 1],
    [`always:${family}`, 1],
    ['offer', offer],
    ['topic', topic],
    [`offer:${family}`, offer],
    [`topic:${family}`, topic],
    [`base:${base}`, 1],
    [`offer:${base}`, offer],
    [`topic:${base}`, topic],
    ['rules-touched', between(0, suspicion.rulesTouched, 4) / 2],
  ]);
  if (suspicion.betterTopics === 0) found.set('topic-first', 1);
  if (suspicion.betterTopics < 3) found.set('topic-among-first', 1);
  if (base === 'none') return found;
  const context = contextOf(suspicion);
  found.set('context', between(-6, context, 3) / 2);
  if (context < -2) found.set('context-against', 1);
  found.set('sum', countedSum(cues) / 2);
  for (const { name, weight } of cues.slice(1)) if (weight !== 0) found.set(`cue:${name}`, 1);
  return found;
}
