import { type Box } from '#libs/domain';
import { type Layout, type LayoutText } from './layout';
import { LayoutStyles } from './layout-styles';
import { readLayoutPart, type DocumentSnapshot, type LayoutPart } from './snapshot';

const ELEMENT = 1;
const SMALLEST_PX = 6;
const FAINTEST = 0.1;
const DEEPEST = 512;

interface Origin {
  readonly x: number;
  readonly y: number;
  readonly path: string;
  readonly isVisible: boolean;
}

/**
 * Reads the sealed `layout` part: every text node with its boxes in CSS pixels of the full page, those of frames
 * moved to where the frame stands. Paths are those of {@link parseHtml}; a text in a frame has the path of the
 * frame's element before its own. Text drawn by style sheets has the path of the element it is drawn for.
 *
 * @throws {InputInvalidError} when the bytes are no layout part.
 */
export function readLayout(bytes: Uint8Array): Layout {
  const part = readLayoutPart(bytes);
  const texts: LayoutText[] = [];
  const origins = new Map<number, Origin>([[0, { x: 0, y: 0, path: '', isVisible: true }]]);
  part.documents.forEach((document, index) => {
    const origin = origins.get(index);
    if (origin === undefined) return;
    for (const text of new DocumentReader(part, document, origin).read(origins)) texts.push(text);
  });
  return { pageWidth: part.pageWidth, pageHeight: part.pageHeight, texts };
}

class DocumentReader {
  private readonly styles: LayoutStyles;
  private readonly paths: readonly string[];

  constructor(
    private readonly part: LayoutPart,
    private readonly document: DocumentSnapshot,
    private readonly origin: Origin,
  ) {
    this.styles = new LayoutStyles(document, part.strings, part.computedStyles);
    this.paths = pathsOf(document, part.strings, origin.path);
  }

  read(origins: Map<number, Origin>): LayoutText[] {
    this.placeFrames(origins);
    const { layout } = this.document;
    const boxes = this.boxesByRow();
    const texts: LayoutText[] = [];
    layout.text.forEach((at, row) => {
      const text = at < 0 ? undefined : this.part.strings[at];
      const node = layout.nodeIndex[row];
      if (text === undefined || text === '' || node === undefined) return;
      const own = boxes.get(row) ?? [];
      const path = this.paths[node] ?? '';
      texts.push({ path, text, boxes: own, isVisible: this.isVisible(node, own) });
    });
    return texts;
  }

  private boxesByRow(): Map<number, LayoutText['boxes'][number][]> {
    const { textBoxes } = this.document;
    const byRow = new Map<number, LayoutText['boxes'][number][]>();
    textBoxes.layoutIndex.forEach((row, i) => {
      const own = byRow.get(row) ?? [];
      byRow.set(row, own);
      own.push({
        start: textBoxes.start[i] ?? 0,
        length: textBoxes.length[i] ?? 0,
        box: this.moved(textBoxes.bounds[i]),
      });
    });
    return byRow;
  }

  private moved(bounds: readonly number[] = []): Box {
    const [x = 0, y = 0, w = 0, h = 0] = bounds;
    return { x: x + this.origin.x, y: y + this.origin.y, w, h };
  }

  private isVisible(node: number, boxes: LayoutText['boxes']): boolean {
    const { styles } = this;
    if (!this.origin.isVisible || (styles.of(node, 'visibility') ?? 'visible') !== 'visible') return false;
    if (Number.parseFloat(styles.of(node, 'font-size') ?? '16') < SMALLEST_PX) return false;
    if (styles.opacity(node) < FAINTEST) return false;
    const colour = styles.of(node, 'color');
    if (colour !== null && (colour === styles.ground(node) || /rgba\(.*,\s*0\)/.test(colour))) return false;
    return boxes.some(({ box }) => this.isOnPage(box));
  }

  private isOnPage({ x, y, w, h }: Box): boolean {
    if (w < 1 || h < 1) return false;
    return x + w > 0 && y + h > 0 && x < this.part.pageWidth && y < this.part.pageHeight;
  }

  private placeFrames(origins: Map<number, Origin>): void {
    const inner = this.document.nodes.contentDocumentIndex;
    if (inner === undefined) return;
    inner.index.forEach((node, i) => {
      const index = inner.value[i] ?? -1;
      const row = this.document.layout.nodeIndex.indexOf(node);
      const frame = this.part.documents[index];
      if (frame === undefined) return;
      const box = this.moved(this.document.layout.bounds[row]);
      const isVisible = this.origin.isVisible && row >= 0 && this.isOnPage(box);
      const x = box.x - (frame.scrollOffsetX ?? 0);
      const y = box.y - (frame.scrollOffsetY ?? 0);
      origins.set(index, { x, y, path: this.paths[node] ?? '', isVisible });
    });
  }
}

/** The path of each element, and for every other node that of the element that holds it. */
export function pathsOf(document: DocumentSnapshot, strings: readonly string[], before: string): string[] {
  const { parentIndex, nodeType, nodeName, pseudoType } = document.nodes;
  const pseudo = new Set(pseudoType?.index ?? []);
  const counts = new Map<string, number>();
  const depths: number[] = [];
  const paths: string[] = [];
  parentIndex.forEach((parent, node) => {
    const above = paths[parent] ?? before;
    const depth = depths[parent] ?? 0;
    const isStep = nodeType[node] === ELEMENT && !pseudo.has(node) && depth < DEEPEST;
    depths.push(isStep ? depth + 1 : depth);
    paths.push(isStep ? `${above}${stepOf(strings[nodeName[node] ?? -1], parent, counts)}` : above);
  });
  return paths;
}

/** One step of a path; counts the elements of each name below each parent. */
function stepOf(name = '', parent: number, counts: Map<string, number>): string {
  const tag = name.toLowerCase();
  const key = `${parent} ${tag}`;
  const nth = (counts.get(key) ?? 0) + 1;
  counts.set(key, nth);
  return `/${tag}[${nth}]`;
}
