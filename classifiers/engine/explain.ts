import { type Cue } from '#libs/domain';
import { circumstancesOf, type JudgeModel, type Suspicion, type WordModel } from '#classifiers/model';
import { spanInOriginal, type View } from '#classifiers/text';
import { type Topic } from './topic';
import { type Statement } from './statement';

/** Everything that made a score. */
export interface Grounds {
  readonly suspicion: Suspicion;
  readonly topic: Topic;
  readonly statement: Statement;
  readonly model: JudgeModel;
  readonly view: View;
}

/** So many stretches of words are named, the heaviest; what the rest adds stands in one sum. */
const MOST_NAMED = 4;
const LEAST_NAMED = 0.15;
const round = (weight: number): number => Math.round(weight * 1000) / 1000;

/** A stretch of words and what they add. */
interface Stretch {
  start: number;
  end: number;
  weight: number;
}

/** What each character of a statement adds to an output: every run shares its weight among its characters. */
export function weightByCharacter(statement: Statement, words: WordModel, output: number, scale: number): Float64Array {
  const { wording, start, end } = statement;
  const sums = new Float64Array(end - start);
  for (let i = 0; i < wording.keys.length; i += 1) {
    const weight = words.weightOf(wording.keys[i] ?? 0, output) * scale;
    const [from, to] = [(wording.starts[i] ?? 0) - start, (wording.ends[i] ?? 0) - start];
    if (weight === 0 || to <= from) continue;
    const share = weight / (to - from);
    for (let at = from; at < to; at += 1) sums[at] = (sums[at] ?? 0) + share;
  }
  return sums;
}

/** Neighbouring characters that speak the same way, as one stretch each. */
function stretchesOf(sums: Float64Array, start: number): Stretch[] {
  const found: Stretch[] = [];
  sums.forEach((weight, at) => {
    const last = found.at(-1);
    if (last && weight !== 0 && Math.sign(last.weight) === Math.sign(weight) && last.end === start + at) {
      last.end += 1;
      last.weight += weight;
    } else if (weight !== 0) found.push({ start: start + at, end: start + at + 1, weight });
  });
  return found;
}

/** What the wording adds through one output, its heaviest stretches named, the rest in one cue without words. */
function wordingCues({ statement, view }: Grounds, name: string, sums: Float64Array, total: number): Cue[] {
  const heaviest = stretchesOf(sums, statement.start)
    .filter(({ weight }) => Math.abs(weight) >= LEAST_NAMED)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_NAMED);
  const named = heaviest.map(({ start, end, weight }): Cue => {
    const span = spanInOriginal(view, start, end);
    return { name, weight: round(weight), quote: view.original.slice(span.start, span.end) };
  });
  const rest = total - heaviest.reduce((sum, { weight }) => sum + weight, 0);
  return Math.abs(rest) < LEAST_NAMED / 10 ? named : [...named, { name, weight: round(rest), quote: null }];
}

/** The weight that a circumstance had in the sum. */
function added(circumstances: ReadonlyMap<string, number>, model: JudgeModel, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (model.weights.get(name) ?? 0) * (circumstances.get(name) ?? 0), 0);
}

/** The cues found by hand, each with what it added under the model. */
function handCues({ suspicion, model }: Grounds, circumstances: ReadonlyMap<string, number>, own: number): Cue[] {
  const { cues } = suspicion;
  const bySum = added(circumstances, model, ['sum']);
  const byContext = added(circumstances, model, ['context', 'context-against']);
  const whole = cues.reduce((sum, cue) => sum + cue.weight, 0);
  const around = cues.slice(1).reduce((sum, cue) => sum + cue.weight, 0);
  const shareOf = (part: number, all: number): number => (all === 0 ? 0 : part / all);
  return cues.map((cue, i): Cue => {
    const shared = bySum * shareOf(cue.weight, whole) + (i === 0 ? own : byContext * shareOf(cue.weight, around));
    const named = i === 0 || cue.weight === 0 ? 0 : added(circumstances, model, [`cue:${cue.name}`]);
    return { ...cue, weight: round(shared + named) };
  });
}

/**
 * Every circumstance with what it added to the log-odds; the weights sum to them up to rounding. The trigger's own cue
 * comes first, then what stands around it, then the wording: `wording` speaks of offering, `topic` of the rule's subject.
 */
export function explain(grounds: Grounds): Cue[] {
  const { suspicion, statement, model, topic } = grounds;
  const { base, family } = suspicion;
  const circumstances = circumstancesOf(suspicion);
  const add = (names: readonly string[]): number => added(circumstances, model, names);
  const own = add(['always', `always:${family}`, `base:${base}`, 'rules-touched', 'topic-first', 'topic-among-first']);
  const offer = add(['offer', `offer:${family}`, `offer:${base}`]);
  const subject = add(['topic', `topic:${family}`, `topic:${base}`]);
  const perOffer = suspicion.offer === 0 ? 0 : offer / suspicion.offer;
  const perTopic = suspicion.topic === 0 ? 0 : subject / suspicion.topic;
  const { scale } = statement.rows;
  const offerSums = weightByCharacter(statement, model.offer, 0, scale * perOffer);
  const topicSums = weightByCharacter(statement, model.topics, topic.output, scale * perTopic);
  const hand = handCues(grounds, circumstances, own);
  return [
    ...(hand.length > 0 ? hand : [{ name: 'wording-alone', weight: round(own), quote: null }]),
    ...wordingCues(grounds, 'wording', offerSums, offer),
    ...wordingCues(grounds, 'topic', topicSums, subject),
  ];
}
