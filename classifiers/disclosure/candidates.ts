import { type LabelledRow, type Reading, type TextSegment } from '#libs/domain';
import { type HtmlImage } from '#libs/html';
import { type ChecklistItem } from './checklist';
import { foldLabel, type LabelIndex } from './label-index';

/** A label of the checklist with what stands beside it. */
export interface Candidate {
  readonly items: readonly ChecklistItem[];
  readonly label: string;
  readonly value: string;
  readonly path: string;
  /** Pictures and files beside the label: values are often one of these. */
  readonly images: readonly string[];
  readonly links: readonly string[];
}

/** Beyond these a page is no disclosure but an attack on the reader's time. */
const MOST_ROWS = 5000;
const MOST_SILENT = 200;
const LONGEST_VALUE = 400;
const LONGEST_TEXT = 4000;
/** Where one `label：value` ends and the next begins. */
const BETWEEN = /[；;|｜\n]|\s+(?=[^\s：:]{2,24}[：:])|[，,](?=[^\s：:，,]{2,12}[：:])/u;

/** Labels in rows of tables and lists, in columns under headings, and in running text, in the order of the page. */
export function candidatesOf(reading: Reading, index: LabelIndex, images: readonly HtmlImage[] | null): Candidate[] {
  const rows = reading.rows.slice(0, MOST_ROWS);
  const fromRows = rows.flatMap((row, i) => candidatesOfRow(row, rows[i + 1], index));
  const fromText = reading.segments.flatMap((segment) => candidatesOfText(segment, index));
  const spoken = fromText.filter((it) => it.value !== '');
  const silent = fromText.filter((it) => it.value === '').slice(0, MOST_SILENT);
  return [...fromRows, ...spoken, ...silent.flatMap((it) => withoutWords(it, reading, images))];
}

/** A label with nothing behind it: its value may be a picture in the same block, or stand in the next one. */
function withoutWords(candidate: Candidate, reading: Reading, images: readonly HtmlImage[] | null): Candidate[] {
  if (images === null || /\/(?:td|th|dt|span|label|strong|em|b|h\d)\[\d+\]$/.test(candidate.path)) return [];
  const within = `${candidate.path}/`;
  if (reading.segments.some((it) => it.path.startsWith(within) && it.source !== 'alt')) return [];
  return [{ ...candidate, images: images.filter((it) => it.path.startsWith(within)).map((it) => it.src) }];
}

function candidatesOfRow(row: LabelledRow, next: LabelledRow | undefined, index: LabelIndex): Candidate[] {
  const columns = underHeadings(row, row.header, index);
  if (columns.length > 1) return columns;
  const below = next?.cells.length === row.cells.length ? underHeadings(next, row.cells, index) : [];
  if (below.length > 1 && row.cells.every((cell) => cell === '' || index.itemsOf(cell).length > 0)) return below;
  return besideLabels(row, index);
}

function underHeadings(row: LabelledRow, header: readonly string[], index: LabelIndex): Candidate[] {
  return header.flatMap((label, column) => {
    const items = index.itemsOf(branchLabel(label, header));
    const value = row.cells[column];
    if (items.length === 0 || value === undefined) return [];
    return [{ items, label, value, path: row.path, images: [], links: [] }];
  });
}

/** In a table of branches the columns are named shortly: 全称, 投诉电话. */
function branchLabel(label: string, header: readonly string[]): string {
  const isOfBranches = header.some((it) => /负责人/.test(it)) && header.some((it) => /所在地|地址|全称|名称/.test(it));
  if (!isOfBranches) return label;
  const folded = foldLabel(label);
  const short = ['全称', '名称', '所在地', '地址', '成立时间', '负责人', '联系电话', '电话', '投诉电话', '员工人数'];
  return short.includes(folded)
    ? `分支机构${folded
        .replace(/^名称$/, '全称')
        .replace(/^地址$/, '所在地')
        .replace(/^电话$/, '联系电话')}`
    : label;
}

function besideLabels(row: LabelledRow, index: LabelIndex): Candidate[] {
  const found: Candidate[] = [];
  for (let i = 0; i + 1 < row.cells.length; i += 1) {
    const candidate = candidateOf(row, index, { label: row.cells[i], value: row.cells[i + 1] });
    if (candidate === null) continue;
    found.push(candidate);
    i += 1;
  }
  return found.length === 0 && row.cells.length === 2 ? besideFigures(row, index) : found;
}

/** Counters show the figure first and its label below. */
function besideFigures(row: LabelledRow, index: LabelIndex): Candidate[] {
  const [value, label] = row.cells;
  const candidate = candidateOf(row, index, { label, value });
  return candidate !== null && /\d/.test(candidate.value) ? [candidate] : [];
}

function candidateOf(row: LabelledRow, index: LabelIndex, cells: { label?: string; value?: string }): Candidate | null {
  const { label = '', value = '' } = cells;
  const items = index.itemsOf(label);
  const { path, images, links } = row;
  return items.length === 0 ? null : { items, label, value, path, images, links };
}

function candidatesOfText(segment: TextSegment, index: LabelIndex): Candidate[] {
  const { text, path } = segment;
  if (segment.source === 'meta' || segment.source === 'title' || !/[：:]/.test(text)) return [];
  return text
    .slice(0, LONGEST_TEXT)
    .split(BETWEEN)
    .flatMap((piece) => {
      const colon = piece.search(/[：:]/);
      if (colon < 2) return [];
      const label = lastWordsOf(piece.slice(0, colon));
      const items = index.itemsOf(label);
      if (items.length === 0) return [];
      const value = piece.slice(colon + 1, colon + 1 + LONGEST_VALUE).trim();
      return [{ items, label, value, path, images: [], links: [] }];
    });
}

/** A label follows the end of the sentence before it. */
function lastWordsOf(text: string): string {
  return (
    text
      .split(/[。！？!?）)]/u)
      .at(-1)
      ?.trim() ?? ''
  );
}
