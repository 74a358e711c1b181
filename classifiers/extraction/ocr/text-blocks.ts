import { type OcrLine, type Quad } from './ocr-engine';
import { boundsOf, type Bounds } from './tiles';

/** Lines that a person reads as one text: banners break words over lines. */
export interface TextBlock {
  /** Lines joined without a separator. */
  readonly text: string;
  readonly lines: readonly OcrLine[];
}

/** Heights may differ by this and the lines are still of one size. */
const SAME_SIZE = 1.35;
/** Gap between lines of one block, in heights. */
const NEAR = 0.9;
const MOST_LINES = 4;

/** Groups lines, given in reading order, into blocks. A line that ends a sentence ends its block. */
export function blocksOf(lines: readonly OcrLine[]): TextBlock[] {
  const blocks: OcrLine[][] = [];
  for (const line of lines) {
    const block = blocks.at(-1);
    const last = block?.at(-1);
    if (block && last && block.length < MOST_LINES && goesOn(last, line)) block.push(line);
    else blocks.push([line]);
  }
  return blocks.map((own) => ({ text: own.map(({ text }) => text).join(''), lines: own }));
}

function goesOn(above: OcrLine, below: OcrLine): boolean {
  if (above.rotation !== 0 || below.rotation !== 0 || above.frame !== below.frame) return false;
  if (/[。！？!?;；：:]$/.test(above.text)) return false;
  const [a, b] = [boundsOf(above.quad), boundsOf(below.quad)];
  const [heightA, heightB] = [a.bottom - a.top, b.bottom - b.top];
  if (Math.max(heightA, heightB) > SAME_SIZE * Math.min(heightA, heightB)) return false;
  const gap = b.top - a.bottom;
  return gap > -0.5 * heightA && gap < NEAR * heightA && isAligned(a, b, heightA);
}

function isAligned(a: Bounds, b: Bounds, height: number): boolean {
  const middles = Math.abs(a.left + a.right - b.left - b.right) / 2;
  return Math.abs(a.left - b.left) < height || middles < height;
}

/** The upright rectangle around characters of a block, in pixels of the picture; null for an empty range. */
export function boundsOfRange(block: TextBlock, start: number, end: number): Bounds | null {
  let offset = 0;
  const parts: Bounds[] = [];
  for (const line of block.lines) {
    const [from, to] = [Math.max(0, start - offset), Math.min(line.text.length, end - offset)];
    if (from < to) parts.push(boundsOf(partOf(line, from, to)));
    offset += line.text.length;
  }
  if (parts.length === 0) return null;
  return {
    left: Math.min(...parts.map((it) => it.left)),
    top: Math.min(...parts.map((it) => it.top)),
    right: Math.max(...parts.map((it) => it.right)),
    bottom: Math.max(...parts.map((it) => it.bottom)),
  };
}

/** The part of a line's quad that holds the characters: cut half way to their neighbours. */
function partOf({ quad, charX, text }: OcrLine, from: number, to: number): Quad {
  const between = (i: number): number => ((charX[i - 1] ?? 0) + (charX[i] ?? 1)) / 2;
  const start = from === 0 ? 0 : between(from);
  const end = to === text.length ? 1 : between(to);
  const [a, b, c, d] = quad;
  const on = (p: readonly [number, number], q: readonly [number, number], at: number) =>
    [p[0] + (q[0] - p[0]) * at, p[1] + (q[1] - p[1]) * at] as const;
  return [on(a, b, start), on(a, b, end), on(d, c, end), on(d, c, start)];
}
