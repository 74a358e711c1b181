import { spanIndex, type Span } from '#classifiers/text';
import { keyOfName, wordingOf, type JudgeModel, type Rows, type Wording } from '#classifiers/model';
import { kindSpokenFor } from './page-cues';
import { type ByHand } from './by-hand';
import { type Scene } from './weigh';

/** A text up to this length, in characters, is one statement; a longer one is cut at its sentences. */
const WHOLE = 240;
/** A statement cut out of a longer text has about this many characters at most. */
const LONGEST = 200;

/** What is said in one breath, with what a model reads in it. */
export interface Statement extends Span {
  readonly wording: Wording;
  /** Both models know the same features. */
  readonly rows: Rows;
  readonly offer: number;
  /** Log-odds of every output of the topics, reckoned when first asked for. */
  readonly topics: () => Float64Array;
  /** How many rules have words in it. */
  readonly rulesTouched: number;
  /** It has so few letters, numbers left out, that its wording says nothing by itself. */
  readonly isShort: boolean;
}

/** The statements of a text, in order, without gaps: sentences joined as long as they stay short. */
export function statementsOf({ view, cueText }: Scene): Span[] {
  const { length } = view.repaired;
  if (length <= WHOLE) return length === 0 ? [] : [{ start: 0, end: length }];
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of cueText.sentences) {
    const last = found.at(-1);
    if (last && end - last.start <= LONGEST) last.end = end;
    else found.push({ start, end });
  }
  return found.flatMap(cutLong);
}

function cutLong({ start, end }: Span): Span[] {
  const parts: Span[] = [];
  for (let at = start; at < end; at += WHOLE) parts.push({ start: at, end: Math.min(end, at + WHOLE) });
  return parts;
}

/** The names of what is known of a statement beside its words. */
export function namesOf(scene: Scene, { judged, named }: ByHand): string[] {
  const names = new Set([`page-kind=${kindSpokenFor(scene.segment)}`, `channel=${scene.channel}`]);
  for (const { name } of named) names.add(`says=${name}`);
  for (const { rule, own } of judged) {
    const [base, ...around] = own;
    if (!base) continue;
    names.add(`words=${rule.id}:${base.name}`);
    names.add(`family=${rule.family}:${base.name}`);
    names.add(`any=${base.name}`);
    for (const { name, weight } of around) if (weight !== 0) names.add(`cue=${name}`);
  }
  return [...names];
}

/** A statement with fewer letters than this says too little for its wording to be weighed. */
const LEAST_LETTERS = 8;

function isShort(text: string): boolean {
  return (text.match(/\p{L}/gu)?.length ?? 0) < LEAST_LETTERS;
}

/** Reads a statement with a model. @param here What the rules found in it. */
export function readStatement(scene: Scene, span: Span, here: ByHand, model: JudgeModel): Statement {
  const wording = wordingOf(scene.view.repaired, span.start, span.end);
  const names = Uint32Array.from(namesOf(scene, here), keyOfName);
  const rows = model.offer.rowsOf(wording.keys, names);
  let topics: Float64Array | null = null;
  return {
    ...span,
    wording,
    rows,
    offer: model.offer.scoreOf(rows, 0),
    topics: () => (topics ??= model.topics.scoresOf(rows)),
    rulesTouched: new Set(here.judged.map(({ rule }) => rule.id)).size,
    isShort: isShort(scene.view.repaired.slice(span.start, span.end)),
  };
}

/** Of statements in order the one that holds the beginning of some words. */
export function statementAt<T extends Span>(statements: readonly T[], start: number): T | undefined {
  return statements[spanIndex(statements, start)];
}
