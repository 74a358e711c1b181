import { type JudgeModel } from '#classifiers/model';
import { type AbsenceSamples, type PhraseSamples, type Rule } from './rule-schema';

/** A rule with the version that its hits carry. */
export type VersionedRule = Rule & {
  /** First 16 hex digits of SHA-256 over the canonical rule, the lexicons it names and the engine with its cue words. */
  readonly ruleVersion: string;
};

/** A version of all rules of an office. Plain data: what it says is what its files say. */
export interface RulePack {
  /** Name of the directory's `pack.yml`: `notice-57`. */
  readonly name: string;
  readonly title: string;
  /** First 16 hex digits of SHA-256 over the versions of all rules. */
  readonly version: string;
  /** Sorted by id. */
  readonly rules: readonly VersionedRule[];
  /** Word lists that rules name as `$name`. */
  readonly lexicons: Readonly<Record<string, readonly string[]>>;
  /** What the pack's lessons taught; null when it was not trained: then rules judge alone, and say so. */
  readonly model: JudgeModel | null;
  /** Rule id -> its samples. */
  readonly samples: ReadonlyMap<string, PhraseSamples | AbsenceSamples>;
}
