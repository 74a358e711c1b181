import { type HtmlRow } from './document';
import { attribute } from './bounded-parser';
import { readPair } from './label-pair';
import { type Place, type Visitor } from './tree-walk';
import { collapse } from './white-space';

const LONGEST_CELL = 2000;
const WIDEST_SPAN = 30;
const LONGEST_SPAN = 200;
const APART = new Set(['p', 'div', 'li', 'option']);
const CELLS = new Set(['td', 'th', 'dt', 'dd']);

interface Cell {
  readonly place: Place;
  text: string;
  readonly images: string[];
  readonly links: string[];
}

interface Span {
  readonly text: string;
  rowsLeft: number;
}

interface Table {
  readonly place: Place;
  header: readonly string[];
  row: Cell[];
  readonly spans: Map<number, Span>;
}

/** Gathers rows of tables, definition pairs and label-beside-value pairs; nested tables keep their rows apart. */
export class PageRows implements Visitor {
  readonly rows: HtmlRow[] = [];
  private readonly tables: Table[] = [];
  private readonly cells: Cell[] = [];
  private readonly terms: { place: Place; term: Cell | null }[] = [];

  enter(place: Place): void {
    if (place.isTooDeep) return;
    const cell = this.cells.at(-1);
    if (place.tag === 'table') this.tables.push({ place, header: [], row: [], spans: new Map() });
    else if (place.tag === 'dl') this.terms.push({ place, term: null });
    else if (CELLS.has(place.tag)) this.cells.push({ place, text: '', images: [], links: [] });
    else if (place.tag === 'br' && cell !== undefined) cell.text += cell.text.length > 12 ? ' ' : '';
    else this.addPair(place);
    this.noteFiles(place, this.cells.at(-1));
  }

  text(place: Place, value: string): void {
    const cell = this.cells.at(-1);
    if (cell === undefined || cell.text.length > LONGEST_CELL || place.isHidden !== cell.place.isHidden) return;
    cell.text += value;
  }

  leave(place: Place): void {
    if (place.isTooDeep) return;
    const cell = this.cells.at(-1);
    if (cell?.place === place) this.leaveCell();
    else if (place.tag === 'tr') this.leaveRow(place);
    else if (place.tag === 'table') this.tables.pop();
    else if (place.tag === 'dl') this.terms.pop();
    else if (cell !== undefined && APART.has(place.tag)) cell.text += ' ';
  }

  private noteFiles(place: Place, cell: Cell | undefined): void {
    if (cell === undefined) return;
    const { element } = place;
    const href = place.tag === 'a' ? attribute(element, 'href') : null;
    if (href !== null) cell.links.push(href);
    const src = place.tag === 'img' ? (attribute(element, 'data-src') ?? attribute(element, 'src')) : null;
    if (src !== null) cell.images.push(src);
  }

  private leaveCell(): void {
    const cell = this.cells.pop();
    if (cell === undefined) return;
    if (cell.place.tag === 'dt') {
      const list = this.terms.at(-1);
      if (list !== undefined) list.term = cell;
    } else if (cell.place.tag === 'dd') {
      const term = this.terms.at(-1)?.term;
      if (term) this.push(cell.place, [textOf(term), textOf(cell)], [], [term, cell]);
    } else {
      this.tables.at(-1)?.row.push(cell);
    }
  }

  private leaveRow(place: Place): void {
    const table = this.tables.at(-1);
    if (table === undefined) return;
    const { row } = table;
    table.row = [];
    if (row.length === 0) return;
    const texts = spread(row, table.spans);
    const isHeader = row.length > 1 && (place.parent?.tag === 'thead' || row.every((it) => it.place.tag === 'th'));
    if (isHeader) table.header = texts;
    else if (texts.length > 1) this.push(place, texts, table.header, row);
  }

  private push(place: Place, cells: readonly string[], header: readonly string[], from: readonly Cell[]): void {
    const images = from.flatMap((it) => it.images);
    const links = from.flatMap((it) => it.links);
    this.rows.push({ path: place.path, cells, header, images, links });
  }

  private addPair(place: Place): void {
    const pair = readPair(place.element);
    if (pair !== null) this.rows.push({ path: place.path, header: [], ...pair });
  }
}

function textOf(cell: Cell): string {
  return collapse(cell.text);
}

/** Cells as a reader sees the columns: wide ones leave empty places behind them, tall ones are repeated below. */
function spread(row: readonly Cell[], spans: Map<number, Span>): string[] {
  const texts: string[] = [];
  const takeSpans = (): void => {
    for (let span = spans.get(texts.length); span !== undefined && texts.length < 200; span = spans.get(texts.length)) {
      const column = texts.length;
      span.rowsLeft -= 1;
      if (span.rowsLeft === 0) spans.delete(column);
      texts.push(span.text);
    }
  };
  for (const cell of row) {
    takeSpans();
    const text = textOf(cell);
    const rowsLeft = spanOf(cell, 'rowspan', LONGEST_SPAN) - 1;
    if (rowsLeft > 0) spans.set(texts.length, { text, rowsLeft });
    texts.push(text);
    for (let more = spanOf(cell, 'colspan', WIDEST_SPAN) - 1; more > 0; more -= 1) texts.push('');
  }
  takeSpans();
  return texts;
}

function spanOf(cell: Cell, name: string, most: number): number {
  const value = Number.parseInt(attribute(cell.place.element, name) ?? '1', 10);
  return Number.isFinite(value) && value > 1 ? Math.min(value, most) : 1;
}
