import { type Frame } from './frame';

/** Pictures of an animation that are looked at at all; spread evenly where there are more. */
const MOST_COMPARED = 40;
const DIFFERENT_BITS = 10;

interface Indexed {
  readonly index: number;
  readonly frame: Frame;
}

/**
 * The first, middle and last picture of an animation, and those that look different from every one taken so far; by
 * index, `most` at most. — a banner that changes its slogan says all of them
 */
export async function pickFrames(
  pages: number,
  most: number,
  decode: (page: number) => Promise<Frame>,
): Promise<Indexed[]> {
  const step = Math.max(1, Math.ceil(pages / MOST_COMPARED));
  const always = [...new Set([0, Math.floor(pages / 2), pages - 1])];
  const others = Array.from({ length: Math.ceil(pages / step) }, (_, i) => i * step).filter((i) => !always.includes(i));
  const taken: (Indexed & { readonly hash: bigint })[] = [];
  for (const index of [...always, ...others]) {
    if (taken.length >= most) break;
    const frame = await decode(index);
    const hash = differenceHash(frame);
    if (taken.every((it) => bitsBetween(it.hash, hash) > DIFFERENT_BITS)) taken.push({ index, frame, hash });
    else if (always.includes(index) && taken.every((it) => !isSame(it.frame, frame)))
      taken.push({ index, frame, hash });
  }
  return taken.toSorted((a, b) => a.index - b.index);
}

const isSame = (a: Frame, b: Frame): boolean => Buffer.compare(a.data, b.data) === 0;

/** 64 bits: of a 9 by 8 grid of grey cells, which is darker than its right neighbour. */
function differenceHash(frame: Frame): bigint {
  let hash = 0n;
  for (let row = 0; row < 8; row += 1) {
    const cells = Array.from({ length: 9 }, (_, column) => greyOfCell(frame, column, row));
    for (let column = 0; column < 8; column += 1) {
      hash = (hash << 1n) | (cells[column]! < cells[column + 1]! ? 1n : 0n);
    }
  }
  return hash;
}

function greyOfCell({ data, width, height }: Frame, column: number, row: number): number {
  const [left, right] = [Math.floor((column * width) / 9), Math.max(1, Math.floor(((column + 1) * width) / 9))];
  const [top, bottom] = [Math.floor((row * height) / 8), Math.max(1, Math.floor(((row + 1) * height) / 8))];
  let sum = 0;
  let count = 0;
  for (let y = top; y < bottom; y += 2) {
    for (let x = left; x < right; x += 2) {
      sum += data[(y * width + x) * 3 + 1] ?? 0;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}

function bitsBetween(a: bigint, b: bigint): number {
  let bits = 0;
  for (let rest = a ^ b; rest > 0n; rest >>= 1n) bits += Number(rest & 1n);
  return bits;
}
