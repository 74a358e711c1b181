import { type Hit, type Reading } from '#libs/domain';
import { spanAt, spanInOriginal, type Span } from '#classifiers/text';
import { RANK, type Judged } from './best-hits';
import { judgedByHand } from './by-hand';
import { judgedByModel, surer } from './by-model';
import { clauseKey } from './clause-key';
import { compiledPack, type CompiledPack, type ReadyRule } from './compiled-pack';
import { sectionCuesOf } from './heading-cues';
import { type JudgeOptions } from './judge-options';
import { piecesOf, rebase } from './pieces';
import { type RulePack } from './rule-pack';
import { sceneOf } from './scene';
import { suspectedByWording } from './screen';
import { readStatement, statementAt, statementsOf } from './statement';
import { type Scene } from './weigh';

function applies(rule: ReadyRule, { asOf, channel }: JudgeOptions): boolean {
  const isValid = rule.validFrom <= asOf && (rule.validTo === null || asOf <= rule.validTo);
  return isValid && (rule.status === 'active' || rule.status === 'draft') && rule.channels.includes(channel);
}

function toHit({ rule, trigger, score, verdict, cues }: Judged, scene: Scene): Hit {
  const { segment, view } = scene;
  const { start, end } = spanInOriginal(view, trigger.start, trigger.end);
  const { path, source, region, pageKind, text } = segment;
  return {
    ruleId: rule.id,
    ruleVersion: rule.ruleVersion,
    verdict,
    score,
    about: {
      kind: 'quote',
      path,
      segmentText: text,
      source,
      region,
      pageKind,
      start,
      end,
      quote: text.slice(start, end),
      box: null,
    },
    clause: clauseKey(view, trigger.start, trigger.end),
    cues,
  };
}

/** Of rules that speak of the same words the most specific first, then the surer one. — regulation catalogue, 7 (a) */
function bySpecificity(a: Judged, b: Judged): number {
  if (a.rule.moreSpecificThan.includes(b.rule.id)) return -1;
  if (b.rule.moreSpecificThan.includes(a.rule.id)) return 1;
  return RANK[b.verdict] - RANK[a.verdict] || b.score - a.score || (a.rule.id < b.rule.id ? -1 : 1);
}

/** In the order of the text; where words overlap, in the order of {@link bySpecificity}. */
function inOrder(judged: readonly Judged[]): Judged[] {
  const clusters: { end: number; members: Judged[] }[] = [];
  for (const one of [...judged].sort((a, b) => a.trigger.start - b.trigger.start)) {
    const last = clusters.at(-1);
    if (last && one.trigger.start < last.end) {
      last.members.push(one);
      last.end = Math.max(last.end, one.trigger.end);
    } else clusters.push({ end: one.trigger.end, members: [one] });
  }
  return clusters.flatMap(({ members }) => members.sort(bySpecificity));
}

/**
 * The sentence of words that the rules would flag by themselves, when it is a part only of the statement: an offer of
 * another kind in the same breath must not outshout it.
 */
function sentenceOf({ verdict, trigger }: Judged, { cueText }: Scene, statement: Span): Span | null {
  if (verdict !== 'flag') return null;
  const first = spanAt(cueText.sentences, trigger.start);
  const last = spanAt(cueText.sentences, trigger.end - 1);
  const sentence = { start: first.start, end: last.end };
  return sentence.end - sentence.start < statement.end - statement.start ? sentence : null;
}

/** Judges a text by hand and, where the pack has a model, again by it. */
function judgeScene(scene: Scene, compiled: CompiledPack): Judged[] {
  const byHand = judgedByHand(scene, compiled);
  const { model } = compiled;
  if (!model) return [...byHand.judged];
  const spans = statementsOf(scene);
  const judged = spans.flatMap((span): Judged[] => {
    const isHere = ({ start }: { start: number }): boolean => statementAt(spans, start) === span;
    const here = {
      judged: byHand.judged.filter(({ trigger }) => isHere(trigger)),
      named: byHand.named.filter(isHere),
    };
    const statement = readStatement(scene, span, here, model);
    const weighed = here.judged.map((one) => {
      const whole = judgedByModel(one, scene, statement, model);
      const alone = sentenceOf(one, scene, span);
      if (!alone) return whole;
      const inSentence = ({ start }: { start: number }): boolean => start >= alone.start && start < alone.end;
      const said = {
        judged: here.judged.filter(({ trigger }) => inSentence(trigger)),
        named: here.named.filter(inSentence),
      };
      return surer(whole, judgedByModel(one, scene, readStatement(scene, alone, said, model), model));
    });
    return [...weighed, ...suspectedByWording({ scene, statement, judged: weighed, compiled, model })];
  });
  return judged;
}

/**
 * Judges everything that was read of one page. Gives `flag`, `review` and `drop` (a trigger was seen and judged
 * harmless; its cues say why), in the order of the page, the most specific rule first where several speak of the same
 * words. Pure; cost grows with the text.
 */
export function judgePage(reading: Reading, pack: RulePack, options: JudgeOptions): Hit[] {
  const compiled = compiledPack(pack);
  const sectionCues = sectionCuesOf(reading.title);
  return reading.segments.flatMap((segment, i) =>
    piecesOf(segment).flatMap(({ piece, at }) => {
      const scene = sceneOf(piece, { next: reading.segments[i + 1], sectionCues }, options);
      const judged = judgeScene(scene, compiled).filter(({ rule }) => applies(rule, options));
      return inOrder(judged).map((one) => rebase(toHit(one, scene), segment, at));
    }),
  );
}
