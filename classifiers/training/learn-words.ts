import { fit, type FitPlan, type Rows, WordModel } from '#classifiers/model';
import { FOLDS, foldOf } from './folds';
import { type ReadLesson } from './read-lessons';

/** A rule with fewer lessons than this has no output of its own; its family speaks for it. */
const LEAST_LESSONS = 5;
/** A run of characters seen in fewer lessons than this teaches nothing that holds elsewhere. */
const LEAST_SEEN = 4;
const OFFER: FitPlan = { epochs: 10, rate: 0.1, weightOfTrue: 1 };
const TOPICS: FitPlan = { epochs: 10, rate: 0.1, weightOfTrue: 3 };

/** The two word models, as one learned without a fold or from everything. */
export interface WordModels {
  readonly offer: WordModel;
  readonly topics: WordModel;
}

/** Keys that stand in enough lessons, ascending. */
function keysIn(lessons: readonly ReadLesson[]): Uint32Array {
  const counts = new Map<number, number>();
  for (const { words, names } of lessons)
    for (const list of [words, names]) for (const key of list) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Uint32Array.from([...counts].filter(([, count]) => count >= LEAST_SEEN).map(([key]) => key)).sort();
}

/** Names of the outputs: rules with enough lessons, then families. */
export function outputsOf(lessons: readonly ReadLesson[], families: ReadonlyMap<string, string>): string[] {
  const counts = new Map<string, number>();
  for (const { lesson } of lessons) for (const id of lesson.labels) counts.set(id, (counts.get(id) ?? 0) + 1);
  const rules = [...families.keys()].filter((id) => (counts.get(id) ?? 0) >= LEAST_LESSONS);
  return [...rules, ...[...new Set(families.values())].map((family) => `family:${family}`)];
}

/** Whether an output holds for a lesson: 1, 0, or -1 where the lesson teaches nothing of it. */
function topicTruth({ lesson }: ReadLesson, output: string, families: ReadonlyMap<string, string>): number {
  const isOf = (id: string): boolean => id === output || `family:${families.get(id) ?? ''}` === output;
  if (lesson.labels.some(isOf)) return 1;
  const isOpen = output.startsWith('family:') ? lesson.debatable.some(isOf) : lesson.debatable.includes(output);
  return isOpen ? -1 : 0;
}

/** Learns both models, from everything and once without each fold. */
export class WordTeacher {
  private readonly keys: Uint32Array;
  private readonly examples: readonly Rows[];
  private readonly truths: readonly Int8Array[];
  private readonly outputs: readonly string[];

  /** @param families Rule id -> family, for every rule that may have an output. */
  constructor(
    private readonly lessons: readonly ReadLesson[],
    families: ReadonlyMap<string, string>,
  ) {
    this.keys = keysIn(lessons);
    this.outputs = outputsOf(lessons, families);
    const blank = new WordModel([], this.keys, new Float32Array(0));
    this.examples = lessons.map(({ words, names }) => blank.rowsOf(words, names));
    this.truths = lessons.map((lesson) =>
      Int8Array.from(this.outputs, (output) => topicTruth(lesson, output, families)),
    );
  }

  /** @param fold What is left out; null: nothing. */
  learn(fold: number | null): WordModels {
    const kept = this.lessons.flatMap(({ lesson }, i) => (foldOf(lesson.id) === fold ? [] : [i]));
    const examples = kept.flatMap((i) => this.examples[i] ?? []);
    const rowCount = this.keys.length;
    const isOffer = (at: number): number => ((this.lessons[kept[at] ?? 0]?.lesson.labels.length ?? 0) > 0 ? 1 : 0);
    const isTopic = (at: number, output: number): number => this.truths[kept[at] ?? 0]?.[output] ?? -1;
    const offer = fit({ examples, truth: isOffer, outputs: 1, rowCount }, OFFER);
    const topics = fit({ examples, truth: isTopic, outputs: this.outputs.length, rowCount }, TOPICS);
    return { offer: this.modelOf(['offer'], offer), topics: this.modelOf(this.outputs, topics) };
  }

  /** The models of every fold, in order. */
  learnFolds(onFold: (fold: number) => void): WordModels[] {
    return Array.from({ length: FOLDS }, (_, fold) => {
      onFold(fold);
      return this.learn(fold);
    });
  }

  private modelOf(outputs: readonly string[], weights: Float32Array): WordModel {
    return new WordModel(outputs, this.keys, weights);
  }
}
