import { parse } from 'csv-parse/sync';
import { checkTargetUrl } from '#crawlers/runtime';
import { type Channel, CHANNELS, InputInvalidError, isRegion, MonitorError } from '#libs/domain';

/** Columns of a target list, as the offices write them. */
export const TARGET_COLUMNS = ['机构名称', '统一社会信用代码', '所在地区', '渠道', '网址'] as const;

/** One usable row of a target list. */
export interface TargetRow {
  readonly platform: string;
  readonly uscc: string | null;
  readonly region: string;
  readonly channel: Channel;
  readonly url: string;
}

/** One thing wrong with a row: lines count from 1, the header is line 1. */
export interface BadCell {
  readonly line: number;
  readonly column: string;
  readonly reason: string;
}

type Cells = Partial<Record<(typeof TARGET_COLUMNS)[number], string>>;

/**
 * Reads a target list from CSV (UTF-8, or GB18030 as office programs save it), keeping every row or naming every bad one.
 *
 * @throws {InputInvalidError} when the file is no such table at all.
 */
export function readTargetTable(bytes: Uint8Array): { rows: TargetRow[]; bad: BadCell[] } {
  const records = recordsOf(textOf(bytes));
  const rows: TargetRow[] = [];
  const bad: BadCell[] = [];
  records.forEach((cells, i) => {
    const problems = problemsOf(cells).map((problem) => ({ line: i + 2, ...problem }));
    bad.push(...problems);
    if (problems.length === 0) rows.push(toRow(cells));
  });
  return { rows, bad };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes); // what is not UTF-8 was saved by an office program
  }
}

function recordsOf(text: string): Cells[] {
  let table: string[][];
  try {
    table = parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    throw new InputInvalidError(
      'target list',
      error instanceof Error ? error.message : 'no table',
      'comma-separated values',
    );
  }
  const [header = [], ...lines] = table;
  const missing = TARGET_COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new InputInvalidError(
      'target list',
      `no column ${missing.join(', ')}`,
      `the columns ${TARGET_COLUMNS.join(',')}`,
    );
  }
  return lines.map((line) => Object.fromEntries(header.map((column, i) => [column, line[i] ?? ''])));
}

function problemsOf(cells: Cells): Omit<BadCell, 'line'>[] {
  const problems: Omit<BadCell, 'line'>[] = [];
  const check = (column: (typeof TARGET_COLUMNS)[number], isGood: (text: string) => boolean, reason: string) => {
    if (!isGood(cells[column] ?? '')) problems.push({ column, reason });
  };
  check('机构名称', (text) => text.length >= 1 && text.length <= 200, '不能为空，最多 200 字');
  check('统一社会信用代码', (text) => text === '' || /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text), '应为 18 位，或留空');
  check('所在地区', isRegion, '应为 2、4 或 6 位行政区划代码（GB/T 2260）');
  check('渠道', (text) => CHANNELS.includes(text as Channel), `应为 ${CHANNELS.join('、')}`);
  check('网址', isTargetUrl, '应为完整的 http:// 或 https:// 网址');
  return problems;
}

function isTargetUrl(text: string): boolean {
  try {
    checkTargetUrl(text);
    return true;
  } catch (error) {
    if (error instanceof MonitorError) return false;
    throw error;
  }
}

function toRow(cells: Cells): TargetRow {
  return {
    platform: cells['机构名称'] ?? '',
    uscc: cells['统一社会信用代码'] || null,
    region: cells['所在地区'] ?? '',
    channel: cells['渠道'] as Channel,
    url: checkTargetUrl(cells['网址'] ?? '').href,
  };
}
