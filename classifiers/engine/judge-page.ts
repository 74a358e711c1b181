import { type Channel, type Cue, type Hit, type Reading, type TextSegment } from '#libs/domain';
import { type Trigger } from '#classifiers/detectors';
import { cueTextOf, denialIn, sentencesOf, spanInOriginal, viewOf } from '#classifiers/text';
import { bestOfSentences, RANK, type Judged } from './best-hits';
import { clauseKey } from './clause-key';
import { compiledPack, type CompiledPack, type ReadyRule } from './compiled-pack';
import { decide } from './decide';
import { headingCuesOf, sectionCuesOf } from './heading-cues';
import { piecesOf, rebase } from './pieces';
import { type RulePack } from './rule-pack';
import { weigh, type Scene } from './weigh';

/** What a page is judged as. */
export interface JudgeOptions {
  /** Day by which rules apply, `YYYY-MM-DD` in China Standard Time: when the content was shown. */
  readonly asOf: string;
  readonly channel: Channel;
  /** The platform's own name, so that it is known when it speaks of itself. */
  readonly platformName?: string | null;
}

/** Element name and separator of the segments that hold a whole row of a table. */
const ROW_TAG = 'tr';
const CELL_BREAK = '｜'.normalize('NFKC');
function applies(rule: ReadyRule, { asOf, channel }: JudgeOptions): boolean {
  const isValid = rule.validFrom <= asOf && (rule.validTo === null || asOf <= rule.validTo);
  return isValid && (rule.status === 'active' || rule.status === 'draft') && rule.channels.includes(channel);
}

function isQuestion(text: string): boolean {
  return text.length < 120 && /[？?]\s*$/.test(text);
}

/** A question whose answer, the next segment, denies it; or that answer itself. */
function isDeniedAnswer(segment: TextSegment, next: TextSegment | undefined): boolean {
  if (isQuestion(segment.text)) return next !== undefined && denialIn(next.text);
  return isQuestion(segment.heading) && denialIn(segment.text);
}

/** What is known before a segment is read: the one after it, and what the page's section lends to all of them. */
interface Around {
  readonly next: TextSegment | undefined;
  readonly sectionCues: readonly Cue[];
}

/** The frame of a site, its navigation and footer, speaks for the site and not for the section. */
function isInFrame({ region }: TextSegment): boolean {
  return region === 'nav' || region === 'footer' || region === 'header';
}

function sceneOf(segment: TextSegment, { next, sectionCues }: Around, options: JudgeOptions): Scene {
  const view = viewOf(segment.text);
  return {
    segment,
    view,
    cueText: cueTextOf(view.repaired, sentencesOf(view.repaired)),
    channel: options.channel,
    platformName: options.platformName ?? null,
    isDenied: isDeniedAnswer(segment, next),
    headingCues: [...headingCuesOf(segment), ...(isInFrame(segment) ? [] : sectionCues)],
  };
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

/** Cells are segments of their own; of a row only what several cells say together is news. */
function spansCells({ start, end }: Trigger, { view }: Scene): boolean {
  return view.repaired.slice(start, end).includes(CELL_BREAK);
}

/** So many triggers of a rule are weighed in any stretch of so many characters; more say nothing new. */
const STRETCH = 400;
const MAX_PER_STRETCH = 10;

function atMost(triggers: readonly Trigger[]): Trigger[] {
  const counts = new Map<string, number>();
  const strongFirst = [...triggers].sort((a, b) => (a.strength === b.strength ? 0 : a.strength === 'strong' ? -1 : 1));
  return strongFirst.filter(({ rule, start }) => {
    const key = `${rule}|${Math.floor(start / STRETCH)}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= MAX_PER_STRETCH;
  });
}

function judgeScene(scene: Scene, compiled: CompiledPack, options: JudgeOptions): Judged[] {
  const triggers = atMost(compiled.detector.find(scene.view, scene.segment.pageKind));
  const judged = triggers.flatMap((trigger): Judged[] => {
    const rule = compiled.rules[trigger.rule];
    if (!rule || !applies(rule, options)) return [];
    const cues: Cue[] = weigh(rule, trigger, scene);
    return [{ rule, trigger, ...decide(rule, cues, scene.segment.source) }];
  });
  const isRow = scene.segment.tag === ROW_TAG;
  return bestOfSentences(isRow ? judged.filter(({ trigger }) => spansCells(trigger, scene)) : judged, scene);
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
      const judged = inOrder(judgeScene(scene, compiled, options));
      return judged.map((one) => rebase(toHit(one, scene), segment, at));
    }),
  );
}
