import { type LabelledRow, type TextSegment } from '#libs/domain';

/** Stands between the cells of a row in its segment; judging takes it for the end of a clause. */
export const CELL_SEPARATOR = ' ｜ ';

const MAX_LENGTH = 300;

/** The first block of text inside each wanted element; one pass, as tables may be long. */
function byHolder(blocks: readonly TextSegment[], wanted: ReadonlySet<string>): Map<string, TextSegment> {
  const found = new Map<string, TextSegment>();
  for (const block of blocks) {
    if (block.source !== 'visible' && block.source !== 'hidden') continue;
    for (let path = block.path; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
      if (wanted.has(path) && !found.has(path)) found.set(path, block);
    }
  }
  return found;
}

/**
 * Each row as one segment (tag `tr`), so that what only a label and its value say together can be judged. It takes
 * source and region from the block inside it; rows without one are left out.
 */
export function rowSegments(rows: readonly LabelledRow[], blocks: readonly TextSegment[]): TextSegment[] {
  const blockOf = byHolder(blocks, new Set(rows.map(({ path }) => path)));
  return rows.flatMap((row): TextSegment[] => {
    const cells = row.cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    const text = cells.join(CELL_SEPARATOR);
    if (cells.length < 2 || text.length > MAX_LENGTH) return [];
    const block = blockOf.get(row.path);
    return !block ? [] : [{ ...block, path: row.path, text, tag: 'tr' }];
  });
}
