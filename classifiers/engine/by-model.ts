import { type Cue, type Verdict } from '#libs/domain';
import { circumstancesOf, logOddsOf, type JudgeModel, type Suspicion } from '#classifiers/model';
import { type Judged } from './best-hits';
import { type ReadyRule } from './compiled-pack';
import { probability, verdictUnder } from './decide';
import { explain } from './explain';
import { type Statement } from './statement';
import { topicOf, type Topic } from './topic';
import { type Scene } from './weigh';

/** What is known of a suspicion, as the model takes it. @param cues With their weights without a model. */
export function suspicionOf(rule: ReadyRule, cues: readonly Cue[], statement: Statement, topic: Topic): Suspicion {
  const [first] = cues;
  const base = first ? `${first.name}${first.weight === 0 ? '-weak' : ''}` : 'none';
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

/** Weight by hand of a heading or section from which on it speaks for everything below it. */
const SAID_BY_PLACE = -2;

/** Of a short statement the rules' own weights decide; what the model would drop altogether is asked about at most. */
function shortVerdict(byHand: Verdict, byModel: Verdict): Verdict {
  return byHand === 'flag' && byModel === 'drop' ? 'review' : byHand;
}

const sumOf = (cues: readonly Cue[]): number => cues.reduce((sum, { weight }) => sum + weight, 0);

/** The surer of two judgements of the same words. */
export const surer = (a: Judged, b: Judged): Judged => (b.score > a.score ? b : a);

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
  const { isShort } = statement;
  // A section that tells of others, a page of facts outweigh any wording: what rules alone would leave, is left.
  const isPlaceAgainst = sumOf(lent) <= SAID_BY_PLACE || scene.segment.pageKind === 'disclosure';
  const isTold = judged.verdict === 'drop' && isPlaceAgainst;
  const notes = [...why, ...(isShort ? ['short'] : []), ...(topic.isOwn ? [] : ['uncalibrated'])];
  return {
    ...judged,
    score,
    verdict: isTold ? 'drop' : isShort ? shortVerdict(judged.verdict, verdict) : verdict,
    cues: [...explained, ...notes.map((name) => ({ name, weight: 0, quote: null }))],
  };
}
