import { type Box } from '#libs/domain';
import { type Layout, type LayoutText } from './layout';

/** Characters that the layout and the reading may have differently: white space, and what has no width. */
const UNEVEN = /[\s\u0085\u200b-\u200f\u2060-\u2064\ufeff\u00ad]/u;

/** Text nodes written together without white space, with the way back to each character. */
interface Run {
  readonly characters: string;
  readonly textOf: Uint32Array;
  readonly offsetOf: Uint32Array;
  readonly texts: readonly LayoutText[];
}

const wholeRuns = new WeakMap<Layout, { all: Run; visible: Run }>();

/**
 * Where part of a block's text was drawn: the rectangle around the characters `start` to `end` (UTF-16 code units
 * into `text`). White space and case are ignored. Looks inside the block first, then anywhere on the page, first for
 * the whole text, then for the part alone. Null for attributes, and when it is not found or was not drawn.
 */
export function boxOf(layout: Layout, path: string, text: string, at: { start: number; end: number }): Box | null {
  if (path.includes('/@')) return null;
  const before = even(text.slice(0, at.start)).length;
  const whole = even(text);
  const part = even(text.slice(at.start, at.end));
  if (part === '') return null;
  const { all, visible } = runsOf(layout);
  const inside = runOf(layout.texts.filter((it) => isInside(it.path, path)));
  for (const run of [inside, visible, all]) {
    const found = run.characters.indexOf(whole);
    if (found >= 0) return boxOfRange(run, found + before, found + before + part.length);
  }
  // A short word alone stands in many places; taken for the quoted one it would point at an innocent line.
  for (const run of part.length >= 4 ? [inside, visible] : [inside]) {
    const found = run.characters.indexOf(part);
    if (found >= 0) return boxOfRange(run, found, found + part.length);
  }
  return null;
}

/** Says whether a block's text was drawn for a visitor's eyes; looks in the block, and elsewhere only when the layout does not know the block. */
export function isDrawn(layout: Layout, path: string, text: string): boolean {
  const whole = even(text);
  if (whole === '' || path.includes('/@')) return false;
  const inside = layout.texts.filter((it) => isInside(it.path, path));
  if (inside.length > 0) return runOf(inside.filter((it) => it.isVisible)).characters.includes(whole);
  return runsOf(layout).visible.characters.includes(whole);
}

function isInside(path: string, block: string): boolean {
  return path.startsWith(block) && (path.length === block.length || path[block.length] === '/');
}

function runsOf(layout: Layout): { all: Run; visible: Run } {
  const known = wholeRuns.get(layout);
  if (known !== undefined) return known;
  const runs = { all: runOf(layout.texts), visible: runOf(layout.texts.filter((it) => it.isVisible)) };
  wholeRuns.set(layout, runs);
  return runs;
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
