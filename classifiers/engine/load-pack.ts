import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { InputInvalidError, RuleSchemaError } from '#libs/domain';
import { CUE_WORDS } from '#classifiers/text';
import { shortDigest } from './digest';
import { ENGINE_VERSION } from './engine-version';
import { explainSchema } from './explain-schema';
import { readYaml } from './load-yaml';
import { learnedFromOf, loadModel } from './load-model';
import { type RulePack, type VersionedRule } from './rule-pack';
import {
  absenceSamples,
  phraseSamples,
  ruleSchema,
  type AbsenceSamples,
  type PhraseRule,
  type PhraseSamples,
  type Rule,
} from './rule-schema';
import { STRUCTURED_CUES } from '#classifiers/detectors';

/** Files of a pack that are no rules. */
const NO_RULES = new Set(['pack.yml', 'lexicons.yml', 'checklist.yml']);
const packSchema = z.strictObject({ name: z.string().regex(/^[a-z0-9-]{2,40}$/), title: z.string().min(2) });
const lexiconSchema = z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.array(z.string().min(1)).min(1));

function readAs<T>(schema: z.ZodType<T>, path: string, file: string): T {
  if (!existsSync(path))
    throw new RuleSchemaError(file, ['does not exist; every rule needs its samples, every pack its pack.yml']);
  const result = schema.safeParse(readYaml(file, readFileSync(path, 'utf8')));
  if (!result.success) throw new RuleSchemaError(file, explainSchema(result.error));
  return result.data;
}

/** Names of lexicons and structured cues, `$` removed, that a rule leans on. */
function namesUsed(rule: Rule): string[] {
  const found = JSON.stringify(rule).matchAll(/"\$([a-z][a-z0-9-]*)"/g);
  return [...new Set([...found].map((match) => match[1] ?? ''))].sort();
}

function checkNames(file: string, rule: Rule, lexicons: RulePack['lexicons']): void {
  const unknown = namesUsed(rule).filter((name) => !(name in lexicons) && !(name in STRUCTURED_CUES));
  if (unknown.length === 0) return;
  throw new RuleSchemaError(
    file,
    unknown.map((name) => `$${name} is neither a lexicon of the pack nor a cue of the engine`),
  );
}

function checkTriggers(file: string, rule: PhraseRule): void {
  const count =
    rule.terms.strong.length + rule.terms.weak.length + rule.terms.near.length + rule.evasion.initials.length;
  if (count === 0) throw new RuleSchemaError(file, ['terms: has no strong, weak or near entry, so it could never hit']);
}

/** A lead (S4) never flags, so its proof stands under `review`. */
function checkSampleCount(file: string, rule: Rule, samples: PhraseSamples | AbsenceSamples): void {
  const proofs = rule.severity === 'S4' ? samples.review : samples.hits;
  const where = rule.severity === 'S4' ? 'review (an S4 rule never flags)' : 'hits';
  if (proofs.length < 3) throw new RuleSchemaError(file, [`${where}: needs at least 3, has ${proofs.length}`]);
}

function version(rule: Rule, lexicons: RulePack['lexicons'], model: string | null): VersionedRule {
  const used = Object.fromEntries(namesUsed(rule).map((name) => [name, lexicons[name] ?? null]));
  return {
    ...rule,
    ruleVersion: shortDigest({ engine: ENGINE_VERSION, cues: CUE_WORDS, rule, lexicons: used, model }),
  };
}

function readSamples(directory: string, rule: Rule): PhraseSamples | AbsenceSamples {
  const file = `samples/${rule.id}.yml`;
  const schema: z.ZodType<PhraseSamples | AbsenceSamples> = rule.detector === 'phrase' ? phraseSamples : absenceSamples;
  const samples = readAs(schema, join(directory, 'samples', `${rule.id}.yml`), file);
  checkSampleCount(file, rule, samples);
  return samples;
}

function readRule(directory: string, file: string, lexicons: RulePack['lexicons']): Rule {
  const rule = readAs(ruleSchema, join(directory, file), file);
  if (rule.id !== basename(file, '.yml'))
    throw new RuleSchemaError(file, [`id: is "${rule.id}", the file is named ${file}`]);
  checkNames(file, rule, lexicons);
  if (rule.detector === 'phrase') checkTriggers(file, rule);
  return rule;
}

/**
 * Loads every rule of a directory with its lexicons and samples. All or nothing: one bad file and no pack is given.
 *
 * @throws {RuleSchemaError} naming the file, the place in it and the remedy.
 * @throws {InputInvalidError} when there is no such directory or it holds no rule.
 */
export function loadPack(directory: string): RulePack {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new InputInvalidError('rule pack', directory, 'a directory with pack.yml and rule files');
  }
  const pack = readAs(packSchema, join(directory, 'pack.yml'), 'pack.yml');
  const hasLexicons = existsSync(join(directory, 'lexicons.yml'));
  const lexicons = hasLexicons ? readAs(lexiconSchema, join(directory, 'lexicons.yml'), 'lexicons.yml') : {};
  const files = readdirSync(directory).filter((file) => /\.ya?ml$/.test(file) && !NO_RULES.has(file));
  if (files.length === 0)
    throw new InputInvalidError('rule pack', `${directory} without rules`, 'at least one rule file');
  const found = files.sort().map((file) => readRule(directory, file, lexicons));
  const samples = new Map(found.map((rule) => [rule.id, readSamples(directory, rule)]));
  const model = loadModel(directory, learnedFromOf(directory, { rules: found, lexicons, samples }));
  const rules = found.map((rule) =>
    version(rule, lexicons, rule.detector === 'phrase' ? (model?.digest ?? null) : null),
  );
  const packVersion = shortDigest({ name: pack.name, rules: rules.map((rule) => [rule.id, rule.ruleVersion]) });
  return { ...pack, version: packVersion, rules, lexicons, model, samples };
}
