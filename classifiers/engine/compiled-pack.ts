import { PhraseDetector, type PhraseTerms } from '#classifiers/detectors';
import { viewOf } from '#classifiers/text';
import { type JudgeModel } from '#classifiers/model';
import { type RulePack } from './rule-pack';
import { type PhraseRule } from './rule-schema';

/** A phrase rule of a pack, ready to judge with. */
export type ReadyRule = PhraseRule & {
  readonly ruleVersion: string;
  readonly nudges: readonly Nudge[];
};

/** Words of the rule itself that speak for or against near its trigger. */
export interface Nudge {
  readonly name: string;
  readonly words: readonly string[];
  readonly within: number;
  readonly add: number;
}

/** A pack with its words compiled; made once per pack and kept as long as the pack is. */
export interface CompiledPack {
  readonly rules: readonly ReadyRule[];
  readonly detector: PhraseDetector;
  readonly model: JudgeModel | null;
}

const SUPPRESSED = -5;

function expand(terms: readonly string[], lexicons: RulePack['lexicons']): string[] {
  return terms
    .flatMap((term) => (term.startsWith('$') ? (lexicons[term.slice(1)] ?? []) : [term]))
    .map((term) => viewOf(term).repaired);
}

function nudgesOf(rule: PhraseRule, lexicons: RulePack['lexicons']): Nudge[] {
  const { amplify, suppress } = rule.context;
  return [
    ...amplify.map(({ any, within, add }) => ({ name: 'amplified', words: expand(any, lexicons), within, add })),
    ...suppress.map(({ any, within, why }) => ({ name: why, words: expand(any, lexicons), within, add: SUPPRESSED })),
  ];
}

function termsOf(rule: PhraseRule): PhraseTerms {
  return { ...rule.terms, ...rule.evasion };
}

const compiled = new WeakMap<RulePack, CompiledPack>();

/** The compiled form of a pack; the second call with the same pack is free. */
export function compiledPack(pack: RulePack): CompiledPack {
  const known = compiled.get(pack);
  if (known) return known;
  const rules = pack.rules.flatMap((rule): ReadyRule[] =>
    rule.detector === 'phrase' ? [{ ...rule, nudges: nudgesOf(rule, pack.lexicons) }] : [],
  );
  const made = { rules, detector: new PhraseDetector(rules.map(termsOf), pack.lexicons), model: pack.model };
  compiled.set(pack, made);
  return made;
}
