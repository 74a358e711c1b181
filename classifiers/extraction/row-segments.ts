import { type LabelledRow, type TextSegment } from '#libs/domain';

/** Stands between the cells of a row in its segment; judging takes it for the end of a clause. */
export const CELL_SEPARATOR = ' ｜ ';

const MAX_LENGTH = 300;

/**
 * Each row as one segment (tag `tr`), so that what only a label and its value say together can be judged. It takes
 * source and region from the block inside it; rows without one are left out.
 */
export function rowSegments(rows: readonly LabelledRow[], blocks: readonly TextSegment[]): TextSegment[] {
  const byPath = new Map(blocks.map((block) => [block.path, block]));
  return rows.flatMap((row): TextSegment[] => {
    const cells = row.cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    const text = cells.join(CELL_SEPARATOR);
    if (cells.length < 2 || text.length > MAX_LENGTH) return [];
    const block = byPath.get(row.path) ?? blocks.find(({ path }) => path.startsWith(`${row.path}/`));
    if (!block || (block.source !== 'visible' && block.source !== 'hidden')) return [];
    return [{ ...block, path: row.path, text, tag: 'tr' }];
  });
}
