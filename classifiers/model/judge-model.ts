import { type Circumstances } from './circumstances';
import { type WordModel } from './word-model';

/** From which score on something is flagged, or handed to a person. */
export interface Thresholds {
  readonly flagAt: number;
  readonly reviewAt: number;
}

/** What a pack's lessons taught. Plain numbers: the same input, the same score, on every machine. */
export interface JudgeModel {
  /** First 16 hex digits of SHA-256 over everything in it; part of every rule's version. */
  readonly digest: string;
  /** Over what it was learned from: rules, lexicons, samples, lessons and the engine. */
  readonly learnedFrom: string;
  /** One output: whether a statement offers or claims something itself. */
  readonly offer: WordModel;
  /** One output for each rule that had lessons, and one for each family, `family:` before its name. */
  readonly topics: WordModel;
  readonly weights: ReadonlyMap<string, number>;
  readonly thresholds: Thresholds;
}

/** Log-odds of a suspicion under the weights of its circumstances. */
export function logOddsOf(weights: ReadonlyMap<string, number>, circumstances: Circumstances): number {
  let sum = 0;
  for (const [name, value] of circumstances) sum += (weights.get(name) ?? 0) * value;
  return sum;
}

/** Which output of the topics speaks for a rule, and whether it is the rule's own; -1 when there is none. */
export function topicOutputOf(topics: WordModel, ruleId: string, family: string): { output: number; isOwn: boolean } {
  const own = topics.outputOf(ruleId);
  if (own !== -1) return { output: own, isOwn: true };
  return { output: topics.outputOf(`family:${family}`), isOwn: false };
}
