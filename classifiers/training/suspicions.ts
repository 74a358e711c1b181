import {
  isSettled,
  RANK,
  suspicionOf,
  type CompiledPack,
  type Judged,
  type ReadyRule,
  type Statement,
  topicOf,
} from '#classifiers/engine';
import { circumstancesOf, type Circumstances } from '#classifiers/model';
import { type WordModels } from './learn-words';
import { type ReadLesson } from './read-lessons';

/** One rule held against one lesson. */
export interface LessonSuspicion {
  readonly lessonIndex: number;
  readonly rule: ReadyRule;
  readonly hasWords: boolean;
  readonly isTrue: boolean;
  readonly circumstances: Circumstances;
}

/** Below these log-odds a rule without words in the lesson is not held against it: judging never does either. */
const LEAST_TOPIC = -5;

const empty = new Int32Array(0);
const NO_WORDING = { keys: new Uint32Array(0), starts: empty, ends: empty };

function statementFor(read: ReadLesson, { offer, topics }: WordModels): Statement {
  const rows = offer.rowsOf(read.words, read.names);
  const scores = topics.scoresOf(rows);
  return {
    start: 0,
    end: read.scene.view.repaired.length,
    wording: NO_WORDING,
    rows,
    offer: offer.scoreOf(rows, 0),
    topics: () => scores,
    isShort: false,
    rulesTouched: new Set(read.judged.map(({ rule }) => rule.id)).size,
  };
}

function bestOf(judged: readonly Judged[], id: string): Judged | undefined {
  return judged
    .filter(({ rule }) => rule.id === id)
    .sort((a, b) => RANK[b.verdict] - RANK[a.verdict] || b.score - a.score)[0];
}

/** Every rule that could be held against a lesson, with what speaks for and against it. */
export function suspicionsIn(
  read: ReadLesson,
  lessonIndex: number,
  models: WordModels,
  compiled: CompiledPack,
): LessonSuspicion[] {
  const { lesson } = read;
  const statement = statementFor(read, models);
  return compiled.rules.flatMap((rule): LessonSuspicion[] => {
    if (lesson.debatable.includes(rule.id) || !rule.channels.includes(lesson.channel)) return [];
    const judged = bestOf(read.judged, rule.id);
    if (judged && isSettled(judged.own)) return []; // never weighed, so nothing is to be learned from it
    const topic = topicOf(models.topics, rule, statement);
    const isTrue = lesson.labels.includes(rule.id);
    if (!judged && !isTrue && topic.score < LEAST_TOPIC) return [];
    const circumstances = circumstancesOf(suspicionOf(rule, judged?.own ?? [], statement, topic));
    return [{ lessonIndex, rule, hasWords: judged !== undefined, isTrue, circumstances }];
  });
}
