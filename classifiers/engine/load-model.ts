import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuleSchemaError } from '#libs/domain';
import { CUE_WORDS } from '#classifiers/text';
import { readModel, type JudgeModel } from '#classifiers/model';
import { shortDigest } from './digest';
import { ENGINE_VERSION } from './engine-version';
import { type RulePack } from './rule-pack';
import { type Rule } from './rule-schema';

/** Written by training beside the rules, never committed. */
export const MODEL_FILE = 'model.json';
/**
 * Labelled texts that a pack learns from. Those in `seen` stood before whoever wrote the rules and teach the wording;
 * those in `apart` did not, so they also tell how far the rules' own words can be trusted.
 */
const LESSONS = { seen: join('training', 'seen'), apart: join('training', 'apart') } as const;

/** A file of lessons, and whether the rules were written without it in sight. */
export interface LessonFile {
  readonly path: string;
  readonly isApart: boolean;
}

/** The files of lessons of a pack, those seen first, in order of name; none when it has no such folders. */
export function lessonFiles(directory: string): LessonFile[] {
  return Object.entries(LESSONS).flatMap(([name, place]): LessonFile[] => {
    const folder = join(directory, place);
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
    return files.sort().map((file) => ({ path: join(folder, file), isApart: name === 'apart' }));
  });
}

/** Digest of everything a model is learned from, samples included: a model learned from anything else is out of date. */
export function learnedFromOf(
  directory: string,
  { rules, lexicons, samples }: Pick<RulePack, 'lexicons' | 'samples'> & { readonly rules: readonly Rule[] },
): string {
  const lessons = lessonFiles(directory).map(({ path, isApart }) => ({
    isApart,
    sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
  }));
  const phrases = rules
    .filter((rule) => rule.detector === 'phrase')
    .map((rule) => ({ rule: { ...rule, ruleVersion: null }, samples: samples.get(rule.id) }));
  return shortDigest({ engine: ENGINE_VERSION, cues: CUE_WORDS, rules: phrases, lexicons, lessons });
}

/**
 * The model of a pack; null when there is none or it was learned from something else than what stands there now.
 *
 * @throws {RuleSchemaError} when the file is there and is no model.
 */
export function loadModel(directory: string, learnedFrom: string): JudgeModel | null {
  const path = join(directory, MODEL_FILE);
  if (!existsSync(path)) return null;
  try {
    const model = readModel(readFileSync(path, 'utf8'));
    return model.learnedFrom === learnedFrom ? model : null;
  } catch (cause) {
    throw new RuleSchemaError(MODEL_FILE, [`is no model (${String(cause)}); remove it or run "mingcha rules train"`]);
  }
}
