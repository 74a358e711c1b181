import { type Cue } from '#libs/domain';
import { circumstancesOf, logOddsOf, type JudgeModel, type Suspicion } from '#classifiers/model';
import { RANK, type Judged } from './best-hits';
import { type ReadyRule } from './compiled-pack';
import { probability, verdictUnder } from './decide';
import { explain } from './explain';
import { type Statement } from './statement';
import { topicOf, type Topic } from './topic';
import { type Scene } from './weigh';

/** What is known of a suspicion, as the model takes it. @param cues With their weights without a model. */
export function suspicionOf(rule: ReadyRule, cues: readonly Cue[], statement: Statement, topic: Topic): Suspicion {
  const base = cues[0]?.name ?? 'none';
  return {
    family: rule.family,
    base,
    cues,
    offer: statement.offer,
    topic: topic.score,
    betterTopics: topic.better,
    rulesTouched: statement.rulesTouched,
  };
}

/** A statement with fewer letters says too little for its wording to be weighed: the rules' own weights may only lower it. */
const LEAST_LETTERS = 8;

const sumOf = (cues: readonly Cue[]): number => cues.reduce((sum, { weight }) => sum + weight, 0);

/** Judges again, by the model, what was judged by hand: another score, another verdict, every cue with its new weight. */
export function judgedByModel(judged: Judged, scene: Scene, statement: Statement, model: JudgeModel): Judged {
  const { rule, own, lent } = judged;
  const topic = topicOf(model.topics, rule, statement);
  const suspicion = suspicionOf(rule, [...own, ...lent], statement, topic);
  // What headings and sections lend stands in no lesson, so it also keeps the weight it has by hand.
  const score = probability(logOddsOf(model.weights, circumstancesOf(suspicion)) + sumOf(lent));
  const explained = explain({ suspicion, topic, statement, model, view: scene.view }).map((cue, i) => ({
    ...cue,
    weight: cue.weight + (i >= own.length ? (lent[i - own.length]?.weight ?? 0) : 0),
  }));
  const { verdict, why } = verdictUnder(model.thresholds, { rule, score, cues: own, source: scene.segment.source });
  const isShort = statement.end - statement.start < LEAST_LETTERS && RANK[judged.verdict] < RANK[verdict];
  const notes = [...why, ...(isShort ? ['short'] : []), ...(topic.isOwn ? [] : ['uncalibrated'])];
  return {
    ...judged,
    score,
    verdict: isShort ? judged.verdict : verdict,
    cues: [...explained, ...notes.map((name) => ({ name, weight: 0, quote: null }))],
  };
}
