import { type OcrLine } from './ocr-engine';
import { boundsOf } from './tiles';

/** Lines whose middles differ by less than this part of their height stand side by side. */
const SAME_ROW = 0.5;

/**
 * Lines as a person reads them: rows from the top, in a row from the left; upright columns after the rows, from the
 * right. A picture that stands on its head is read from its lower right corner. Pictures of an animation one after
 * the other.
 */
export function inReadingOrder(lines: readonly OcrLine[]): OcrLine[] {
  const frames = [...new Set(lines.map((line) => line.frame ?? 0))].toSorted((a, b) => a - b);
  return frames.flatMap((frame) => orderedFrame(lines.filter((line) => (line.frame ?? 0) === frame)));
}

function orderedFrame(lines: readonly OcrLine[]): OcrLine[] {
  const upright = lines.filter(isColumn).toSorted((a, b) => boundsOf(b.quad).right - boundsOf(a.quad).right);
  if (most(upright, 270)) upright.reverse();
  const rows: { middle: number; height: number; lines: OcrLine[] }[] = [];
  const flat = lines.filter((line) => !isColumn(line));
  for (const line of flat.toSorted((a, b) => boundsOf(a.quad).top - boundsOf(b.quad).top)) {
    const { top, bottom } = boundsOf(line.quad);
    const middle = (top + bottom) / 2;
    const row = rows.find((it) => Math.abs(it.middle - middle) < SAME_ROW * Math.min(it.height, bottom - top));
    if (row) row.lines.push(line);
    else rows.push({ middle, height: bottom - top, lines: [line] });
  }
  const ordered = rows
    .toSorted((a, b) => a.middle - b.middle)
    .flatMap((row) => row.lines.toSorted((a, b) => boundsOf(a.quad).left - boundsOf(b.quad).left));
  return [...(most(flat, 180) ? ordered.toReversed() : ordered), ...upright];
}

const most = (lines: readonly OcrLine[], rotation: OcrLine['rotation']): boolean =>
  lines.filter((line) => line.rotation === rotation).length * 2 > lines.length;

const isColumn = (line: OcrLine): boolean => line.rotation === 90 || line.rotation === 270;
