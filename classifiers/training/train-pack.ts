import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputInvalidError } from '#libs/domain';
import { learnedFromOf, lessonFiles, loadPack, MODEL_FILE } from '#classifiers/engine';
import { readModel, writeModel } from '#classifiers/model';
import { readLessons } from './lesson';
import { type Progress, train } from './train';

/** What came of training a pack. */
export interface Trained {
  /** False when the model there was learned from the same already. */
  readonly isNew: boolean;
  readonly digest: string;
  readonly lessons: number;
}

/**
 * Teaches the pack of a directory from its `training/*.jsonl` and writes `model.json` beside its rules, whole or not at
 * all. Does nothing when the model there was learned from the very same rules, lexicons, samples and lessons.
 *
 * @throws {RuleSchemaError} when a rule or a lesson is not usable.
 * @throws {InputInvalidError} when the pack has no lessons.
 */
export function trainPack(directory: string, progress: Progress): Trained {
  const pack = loadPack(directory);
  const files = lessonFiles(directory);
  if (files.length === 0)
    throw new InputInvalidError('rule pack', `${directory} without lessons`, 'labelled texts in training/*.jsonl');
  const lessons = files.flatMap(readLessons);
  if (pack.model) return { isNew: false, digest: pack.model.digest, lessons: lessons.length };
  const model = train(pack, lessons, learnedFromOf(directory, pack), progress);
  const path = join(directory, MODEL_FILE);
  writeFileSync(`${path}.new`, writeModel(model));
  renameSync(`${path}.new`, path);
  return { isNew: true, digest: readModel(readFileSync(path, 'utf8')).digest, lessons: lessons.length };
}
