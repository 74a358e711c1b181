import { type JudgeModel } from '#classifiers/model';
import { circumstancesOf, logOddsOf } from '#classifiers/model';
import { type Trigger } from '#classifiers/detectors';
import { clausesOf, type Span } from '#classifiers/text';
import { type Judged } from './best-hits';
import { type CompiledPack, type ReadyRule } from './compiled-pack';
import { suspicionOf } from './by-model';
import { probability, verdictUnder } from './decide';
import { explain, weightByCharacter } from './explain';
import { type Statement } from './statement';
import { topicOf, type Topic } from './topic';
import { type Scene } from './weigh';

/** Below these log-odds a statement without any rule's words is not looked at further. */
const LEAST_OFFER = -0.5;
const LEAST_TOPIC = -3;
/** Pages that state facts and terms: there the wording alone accuses nobody. */
const FACTUAL: ReadonlySet<string> = new Set(['disclosure', 'agreement']);
/** Cells of a table say little alone; their row is a text of its own. */
const CELLS: ReadonlySet<string> = new Set(['td', 'th']);

/** A statement with what was found in it. */
export interface Screening {
  readonly scene: Scene;
  readonly statement: Statement;
  readonly judged: readonly Judged[];
  readonly compiled: CompiledPack;
  readonly model: JudgeModel;
}

/** Whether a rule applies to such a place and asks for words, not for figures or facts. */
function maySuspect({ pageKinds, severity, family, channels }: ReadyRule, { segment, channel }: Scene): boolean {
  if (severity === 'S4' || family === 'numbers' || !channels.includes(channel)) return false;
  return pageKinds.length === 0 || pageKinds.includes(segment.pageKind);
}

/** The rule whose subject the wording fits best, when it applies to such a place and fits at all; none that needs figures or facts. */
function bestRule({ statement, compiled, model, scene }: Screening): { rule: ReadyRule; topic: Topic } | null {
  let best: { rule: ReadyRule; topic: Topic } | null = null;
  for (const rule of compiled.rules) {
    if (!maySuspect(rule, scene)) continue;
    const topic = topicOf(model.topics, rule, statement);
    if (topic.isOwn && topic.score >= LEAST_TOPIC && topic.score > (best?.topic.score ?? -Infinity))
      best = { rule, topic };
  }
  return best;
}

/** The clause that speaks most of the rule's subject: what a person would underline. */
function clauseAbout({ statement, model, scene }: Screening, topic: Topic): Span {
  const text = scene.view.repaired;
  const sums = weightByCharacter(statement, model.topics, topic.output, 1);
  const inside = clausesOf(text).filter(({ start, end }) => start < statement.end && end > statement.start);
  const weightOf = ({ start, end }: Span): number =>
    sums.subarray(Math.max(0, start - statement.start), end - statement.start).reduce((sum, it) => sum + it, 0);
  const best = inside.reduce<Span>((a, b) => (weightOf(b) > weightOf(a) ? b : a), inside[0] ?? statement);
  const cut = text.slice(best.start, best.end);
  const lead = cut.length - cut.trimStart().length;
  const kept = cut.replace(/[\s，。、；：！？,.;:!?|｜…—]+$/u, '').length;
  return { start: best.start + lead, end: best.start + Math.max(lead + 1, kept) };
}

/** Whether words of a rule stand in the text and were set aside: a cell of a row is judged by itself. */
function hasWords({ scene, compiled }: Screening, rule: ReadyRule): boolean {
  const { triggers } = compiled.detector.find(scene.view, scene.segment.pageKind, scene.asOf);
  return triggers.some((trigger) => compiled.rules[trigger.rule] === rule);
}

/**
 * A suspicion by the wording alone, where the statement has no word of the rule that it fits best; at most one, and
 * never more than `review`.
 */
export function suspectedByWording(screening: Screening): Judged[] {
  const { scene, statement, judged, model } = screening;
  const { pageKind, tag } = scene.segment;
  const isMute = statement.isShort || CELLS.has(tag) || FACTUAL.has(pageKind);
  if (isMute || statement.offer < LEAST_OFFER) return [];
  const best = bestRule(screening);
  if (!best || judged.some(({ rule }) => rule.id === best.rule.id)) return [];
  const { rule, topic } = best;
  const suspicion = suspicionOf(rule, [], statement, topic);
  const lent = scene.lentCues.reduce((sum, { weight }) => sum + weight, 0);
  const score = probability(logOddsOf(model.weights, circumstancesOf(suspicion)) + lent);
  const ground = { rule, score, cues: [], source: scene.segment.source };
  const { verdict } = verdictUnder(model.thresholds, ground);
  if (verdict === 'drop' || hasWords(screening, rule)) return [];
  const span = clauseAbout(screening, topic);
  const trigger: Trigger = { rule: -1, ...span, strength: 'weak', places: [], excludedBy: null };
  const cues = explain({ suspicion, topic, statement, model, view: scene.view });
  return [{ rule, trigger, own: [], lent: [], score, verdict: 'review', cues }];
}
