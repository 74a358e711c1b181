import { type Frame } from './frame';
import { type OcrLine, type Quad } from './ocr-engine';

/** A picture longer than this is cut: fine print would vanish when the whole is shrunk for detection. */
const LONGEST_WHOLE = 1536;
const TILE = 1280;
const OVERLAP = 200;
/** A very wide strip is cut as well; a line of it may be long, so tiles share more. */
const WIDEST_WHOLE = 2560;
const WIDE_TILE = 1920;
const WIDE_OVERLAP = 640;
const AT_EDGE = 3;
const SAME_PLACE = 0.5;

/** A part of a frame, and where it stands in it. */
export interface Tile {
  readonly frame: Frame;
  readonly x: number;
  readonly y: number;
}

/** Cuts a frame into overlapping parts; one part, the frame itself, when it is no longer than can be read at once. */
export function tilesOf(frame: Frame): Tile[] {
  const { width, height } = frame;
  if (height > LONGEST_WHOLE && height >= width * 1.2)
    return spans(height, TILE, OVERLAP).map(([y, h]) => cut(frame, { x: 0, y, w: width, h }));
  if (width > WIDEST_WHOLE && width > height * 3)
    return spans(width, WIDE_TILE, WIDE_OVERLAP).map(([x, w]) => cut(frame, { x, y: 0, w, h: height }));
  return [{ frame, x: 0, y: 0 }];
}

function spans(length: number, tile: number, overlap: number): [start: number, length: number][] {
  const out: [number, number][] = [];
  for (let start = 0; ; start += tile - overlap) {
    const rest = length - start;
    // A last part that is hardly more than the overlap would hold nothing of its own.
    if (rest <= tile + overlap / 2) return [...out, [start, rest]];
    out.push([start, tile]);
  }
}

function cut(frame: Frame, { x, y, w, h }: { x: number; y: number; w: number; h: number }): Tile {
  if (w === frame.width)
    return { x, y, frame: { data: frame.data.subarray(y * w * 3, (y + h) * w * 3), width: w, height: h } };
  const data = Buffer.allocUnsafe(w * h * 3);
  for (let row = 0; row < h; row += 1) {
    const from = ((y + row) * frame.width + x) * 3;
    data.set(frame.data.subarray(from, from + w * 3), row * w * 3);
  }
  return { x, y, frame: { data, width: w, height: h } };
}

/** Puts lines of all tiles into pixels of the frame: halves at a cut and second readings in an overlap are dropped. */
export function joinTiles(
  frame: Frame,
  read: readonly { readonly tile: Tile; readonly lines: readonly OcrLine[] }[],
): OcrLine[] {
  const all = read.flatMap(({ tile, lines }) =>
    lines.filter((line) => !isCut(line, tile, frame)).map((line) => moved(line, tile)),
  );
  if (read.length === 1) return all;
  const kept: OcrLine[] = [];
  for (const line of all.toSorted((a, b) => b.text.length - a.text.length || b.confidence - a.confidence)) {
    if (!kept.some((it) => covered(boundsOf(line.quad), boundsOf(it.quad)) > SAME_PLACE)) kept.push(line);
  }
  return kept;
}

function isCut(line: OcrLine, { frame: part, x, y }: Tile, whole: Frame): boolean {
  const { left, top, right, bottom } = boundsOf(line.quad);
  if (bottom - top < OVERLAP - 2 * AT_EDGE) {
    if (y > 0 && top <= AT_EDGE) return true;
    if (y + part.height < whole.height && bottom >= part.height - AT_EDGE) return true;
  }
  if (right - left >= WIDE_OVERLAP - 2 * AT_EDGE) return false;
  if (x > 0 && left <= AT_EDGE) return true;
  return x + part.width < whole.width && right >= part.width - AT_EDGE;
}

function moved(line: OcrLine, { x, y }: Tile): OcrLine {
  const [a, b, c, d] = line.quad;
  const quad: Quad = [
    [a[0] + x, a[1] + y],
    [b[0] + x, b[1] + y],
    [c[0] + x, c[1] + y],
    [d[0] + x, d[1] + y],
  ];
  return { ...line, quad };
}

/** The upright rectangle around a quad. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The upright rectangle around a quad, in its pixels. */
export function boundsOf(quad: Quad): Bounds {
  const xs = quad.map(([x]) => x);
  const ys = quad.map(([, y]) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** How much of the smaller of two rectangles lies in the other, 0 to 1. */
function covered(a: Bounds, b: Bounds): number {
  const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (w <= 0 || h <= 0) return 0;
  const areaOf = (it: Bounds) => Math.max(1, (it.right - it.left) * (it.bottom - it.top));
  return (w * h) / Math.min(areaOf(a), areaOf(b));
}
