import { compiledPack, type CompiledPack, type RulePack } from '#classifiers/engine';
import { logOddsOf, type ModelParts } from '#classifiers/model';
import { FOLDS, foldOf } from './folds';
import { learnWeights } from './learn-weights';
import { type WordModels, WordTeacher } from './learn-words';
import { type Lesson } from './lesson';
import { readLesson, type ReadLesson } from './read-lessons';
import { sampleLessons } from './sample-lessons';
import { type LessonSuspicion, suspicionsIn } from './suspicions';
import { type Scored, thresholdsFor } from './thresholds';

/** A sample is what the rule's author would stake the rule on: it counts as so many lessons. */
const SAMPLES_COUNT = 3;

/** What training tells while it goes on. */
export type Progress = (step: 'read' | 'fold' | 'weigh' | 'whole', done: number, of: number) => void;

/**
 * Teaches a pack from labelled texts and its own samples. Seeded: the same rules and lessons give the same model to the
 * last byte. Each lesson's suspicions are weighed by scores of models that had not seen it, and only lessons apart from
 * the rules set weights and thresholds, where there are some: words judged by the texts they were picked from look better
 * than they are.
 *
 * @param learnedFrom Digest of everything that is learned from.
 */
export function train(pack: RulePack, lessons: readonly Lesson[], learnedFrom: string, progress: Progress): ModelParts {
  const compiled = compiledPack({ ...pack, model: null });
  const samples = sampleLessons(pack);
  const all = [...lessons, ...Array.from({ length: SAMPLES_COUNT }, () => samples).flat()];
  const read = all.map((lesson, i) => {
    if (i % 500 === 0) progress('read', i, all.length);
    return readLesson(lesson, compiled);
  });
  const teacher = new WordTeacher(read, new Map(compiled.rules.map(({ id, family }) => [id, family])));
  const folds = teacher.learnFolds((fold) => progress('fold', fold, FOLDS));
  progress('weigh', 0, 1);
  const suspicions = suspicionsOf(read, folds, compiled);
  const apart = lessons.filter(({ isApart }) => isApart);
  const isHonest = ({ lessonIndex }: LessonSuspicion): boolean =>
    apart.length === 0 || read[lessonIndex]?.lesson.isApart === true;
  const honest = suspicions.filter(isHonest);
  const signs = signsOf(read);
  const weights = learnWeights(honest, signs);
  const thresholds = thresholdsFor(
    scoredApart(read, honest, signs),
    candidatesIn(apart.length === 0 ? lessons : apart),
  );
  progress('whole', 0, 1);
  return { learnedFrom, ...teacher.learn(null), weights, thresholds };
}

function suspicionsOf(
  read: readonly ReadLesson[],
  folds: readonly WordModels[],
  compiled: CompiledPack,
): LessonSuspicion[] {
  return read.flatMap((one, i) => {
    const models = folds[foldOf(one.lesson.id)];
    return models ? suspicionsIn(one, i, models, compiled) : [];
  });
}

/** A cue of this weight by hand is a reason to leave something alone. */
const SURELY_AGAINST = -2;

/** A denial may not be weighed as a reason for a hit, however often they stand together: reasons must stay reasons. */
function signsOf(read: readonly ReadLesson[]): ReadonlyMap<string, number> {
  const signs = new Map(['offer', 'topic', 'context', 'sum'].map((name) => [name, 1]));
  for (const { judged } of read)
    for (const { own } of judged)
      for (const { name, weight } of own.slice(1)) if (weight <= SURELY_AGAINST) signs.set(`cue:${name}`, -1);
  return signs;
}

/** Scores of weights that were learned without the lesson's fold. Samples set no threshold: they are written to be clear. */
function scoredApart(
  read: readonly ReadLesson[],
  suspicions: readonly LessonSuspicion[],
  signs: ReadonlyMap<string, number>,
): Scored[] {
  const foldAt = (index: number): number => foldOf(read[index]?.lesson.id ?? '');
  return Array.from({ length: FOLDS }, (_, fold) => {
    const weights = learnWeights(
      suspicions.filter(({ lessonIndex }) => foldAt(lessonIndex) !== fold),
      signs,
    );
    return suspicions
      .filter(({ lessonIndex }) => foldAt(lessonIndex) === fold)
      .filter(({ lessonIndex }) => !read[lessonIndex]?.lesson.id.startsWith('sample:'))
      .map((it): Scored => {
        const score = 1 / (1 + Math.exp(-logOddsOf(weights, it.circumstances)));
        const isLead = it.rule.severity === 'S4';
        return { lessonIndex: it.lessonIndex, score, isTrue: it.isTrue, mayFlag: it.hasWords && !isLead, isLead };
      });
  }).flat();
}

function candidatesIn(lessons: readonly Lesson[]): number {
  return lessons.filter(({ labels, near }) => labels.length + near.length > 0).length;
}
