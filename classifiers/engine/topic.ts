import { topicOutputOf, type WordModel } from '#classifiers/model';
import { type ReadyRule } from './compiled-pack';
import { type Statement } from './statement';

/** A rule as the wording of a statement fits it. */
export interface Topic {
  readonly output: number;
  readonly isOwn: boolean;
  readonly score: number;
  /** How many outputs of other rules score higher. */
  readonly better: number;
}

/** How well a statement's wording fits a rule. */
export function topicOf(topics: WordModel, rule: ReadyRule, statement: Statement): Topic {
  const { output, isOwn } = topicOutputOf(topics, rule.id, rule.family);
  const scores = statement.topics();
  const score = output === -1 ? 0 : (scores[output] ?? 0);
  let better = 0;
  for (let i = 0; i < topics.ownCount; i += 1) if ((scores[i] ?? 0) > score && i !== output) better += 1;
  return { output, isOwn, score, better };
}
