import { type Point } from './rectangle';

/** A map of probabilities, row by row. */
export interface ProbabilityMap {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Connected cells above a threshold: their outermost cells of each row, which have the same hull as all of them. */
export interface Component {
  readonly outline: readonly Point[];
  readonly cells: number;
}

const LEAST_CELLS = 10;
const MOST = 1000;

/** Finds what is connected (also over corners) above the threshold; the first thousand, from the top. */
export function componentsOf(map: ProbabilityMap, threshold: number): Component[] {
  const seen = new Uint8Array(map.data.length);
  const stack = new Int32Array(map.data.length);
  const found: Component[] = [];
  for (let start = 0; start < map.data.length && found.length < MOST; start += 1) {
    if (seen[start] === 1 || map.data[start]! <= threshold) continue;
    const component = fill(map, threshold, { start, seen, stack });
    if (component.cells >= LEAST_CELLS) found.push(component);
  }
  return found;
}

interface Filling {
  readonly start: number;
  readonly seen: Uint8Array;
  readonly stack: Int32Array;
}

function fill(map: ProbabilityMap, threshold: number, { start, seen, stack }: Filling): Component {
  const { data, width, height } = map;
  const rows = new Map<number, [left: number, right: number]>();
  let depth = 0;
  let cells = 0;
  stack[depth++] = start;
  seen[start] = 1;
  while (depth > 0) {
    const at = stack[--depth]!;
    const [x, y] = [at % width, Math.floor(at / width)];
    cells += 1;
    widen(rows, x, y);
    for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j += 1) {
      for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i += 1) {
        const next = j * width + i;
        if (seen[next] === 1 || data[next]! <= threshold) continue;
        seen[next] = 1;
        stack[depth++] = next;
      }
    }
  }
  const outline = [...rows].flatMap(([y, [left, right]]) => cornersOf(y, left, right));
  return { outline, cells };
}

function widen(rows: Map<number, [number, number]>, x: number, y: number): void {
  const row = rows.get(y);
  if (row === undefined) rows.set(y, [x, x]);
  else if (x < row[0]) row[0] = x;
  else if (x > row[1]) row[1] = x;
}

/** Corners of the cells at both ends of a row: a cell has an area. */
function cornersOf(y: number, left: number, right: number): Point[] {
  return [
    { x: left, y },
    { x: left, y: y + 1 },
    { x: right + 1, y },
    { x: right + 1, y: y + 1 },
  ];
}
