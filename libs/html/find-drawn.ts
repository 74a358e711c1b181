import { type Box } from '#libs/domain';
import { type Layout, type LayoutText } from './layout';

/** Characters that the layout and the reading may have differently: white space, and what has no width. */
const UNEVEN = /[\s\u0085\u200b-\u200f\u2060-\u2064\ufeff\u00ad]/u;

const SHORTEST_SOUGHT = 8;

/** Text nodes written together without white space, with the way back to each character. */
interface Run {
  readonly characters: string;
  readonly textOf: Uint32Array;
  readonly offsetOf: Uint32Array;
  readonly texts: readonly LayoutText[];
}

/** What is looked up for every segment of a page, made once per layout. */
interface Known {
  readonly all: Run;
  readonly visible: Run;
  /** Path of an element -> first and last index of the texts in it or, at most {@link NEAREST} levels, below it. */
  readonly spans: ReadonlyMap<string, { readonly first: number; last: number }>;
}

const NEAREST = 40;
const knownLayouts = new WeakMap<Layout, Known>();

/**
 * Where part of a block's text was drawn: the rectangle around the characters `start` to `end` (UTF-16 code units
 * into `text`). White space and case are ignored. Looks for the whole text inside the block, then, when it is long enough
 * to be known again, anywhere on the page, then for the part alone inside the block. Null for attributes, and when it is
 * not found or was not drawn.
 */
export function boxOf(layout: Layout, path: string, text: string, at: { start: number; end: number }): Box | null {
  if (path.includes('/@')) return null;
  const before = even(text.slice(0, at.start)).length;
  const whole = even(text);
  const part = even(text.slice(at.start, at.end));
  if (part === '') return null;
  const { all, visible } = know(layout);
  const inside = runOf(textsIn(layout, path));
  // Short words stand in many places; taken for the quoted ones they would point at an innocent line.
  for (const run of whole.length >= SHORTEST_SOUGHT ? [inside, visible, all] : [inside]) {
    const found = run.characters.indexOf(whole);
    if (found >= 0) return boxOfRange(run, found + before, found + before + part.length);
  }
  const found = inside.characters.indexOf(part);
  return found >= 0 ? boxOfRange(inside, found, found + part.length) : null;
}

/**
 * Says whether a block's text was drawn for a visitor's eyes. Looks in that block alone: the same words may be drawn
 * elsewhere on behalf of something else.
 */
export function isDrawn(layout: Layout, path: string, text: string): boolean {
  const whole = even(text);
  if (whole === '' || path.includes('/@')) return false;
  return runOf(textsIn(layout, path).filter((it) => it.isVisible)).characters.includes(whole);
}

function textsIn(layout: Layout, path: string): readonly LayoutText[] {
  const span = know(layout).spans.get(path);
  if (span === undefined) return [];
  return layout.texts.slice(span.first, span.last + 1).filter((it) => isInside(it.path, path));
}

function isInside(path: string, block: string): boolean {
  return path.startsWith(block) && (path.length === block.length || path[block.length] === '/');
}

function know(layout: Layout): Known {
  const before = knownLayouts.get(layout);
  if (before !== undefined) return before;
  const known = {
    all: runOf(layout.texts),
    visible: runOf(layout.texts.filter((it) => it.isVisible)),
    spans: spansOf(layout.texts),
  };
  knownLayouts.set(layout, known);
  return known;
}

function spansOf(texts: readonly LayoutText[]): Known['spans'] {
  const spans = new Map<string, { first: number; last: number }>();
  texts.forEach(({ path }, index) => {
    let end = path.length;
    for (let level = 0; end > 0 && level < NEAREST; level += 1) {
      const above = path.slice(0, end);
      const span = spans.get(above);
      if (span === undefined) spans.set(above, { first: index, last: index });
      else span.last = index;
      end = path.lastIndexOf('/', end - 1);
    }
  });
  return spans;
}

function even(text: string): string {
  let kept = '';
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (!UNEVEN.test(character)) kept += lower(character);
  }
  return kept;
}

/** Lower case of one code unit, and never more than one. */
function lower(character: string): string {
  const small = character.toLowerCase();
  return small.length === 1 ? small : character;
}

function runOf(texts: readonly LayoutText[]): Run {
  const length = texts.reduce((sum, it) => sum + it.text.length, 0);
  const textOf = new Uint32Array(length);
  const offsetOf = new Uint32Array(length);
  const characters: string[] = [];
  texts.forEach(({ text }, index) => {
    for (let i = 0; i < text.length; i += 1) {
      const character = text[i] ?? '';
      if (UNEVEN.test(character)) continue;
      textOf[characters.length] = index;
      offsetOf[characters.length] = i;
      characters.push(lower(character));
    }
  });
  return { characters: characters.join(''), textOf, offsetOf, texts };
}

function boxOfRange(run: Run, from: number, to: number): Box | null {
  let around: Box | null = null;
  for (let i = from; i < to; i += 1) {
    const box = boxOfCharacter(run.texts[run.textOf[i] ?? 0], run.offsetOf[i] ?? 0);
    if (box !== null) around = around === null ? box : union(around, box);
  }
  return around;
}

/** Lines tell their own box; a character's place in it is taken in proportion, which Chinese print fits closely. */
function boxOfCharacter(text: LayoutText | undefined, offset: number): Box | null {
  const line = text?.boxes.find((it) => offset >= it.start && offset < it.start + it.length);
  if (line === undefined || line.length === 0) return null;
  const width = line.box.w / line.length;
  return { x: line.box.x + width * (offset - line.start), y: line.box.y, w: width, h: line.box.h };
}

function union(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}
