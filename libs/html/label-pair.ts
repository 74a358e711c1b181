import { attribute, isElement, isText, type HtmlElement, type HtmlNode } from './bounded-parser';
import { isConcealed } from './concealment';
import { collapse, isBlank } from './white-space';

const HOLDERS = new Set(['li', 'div', 'p', 'a', 'section', 'span', 'label', 'h3', 'h4', 'h5', 'td', 'dd']);
const HALVES = new Set('span em i b strong label p div h1 h2 h3 h4 h5 h6 small a font u var code'.split(' '));
const LISTS = new Set(['table', 'ul', 'ol', 'dl']);
const LONGEST_LABEL = 40;
const LONGEST_VALUE = 600;
const MOST_NODES = 60;

/** What two neighbouring elements say, one of them short enough to be a label. */
export interface Pair {
  readonly cells: readonly string[];
  readonly images: readonly string[];
  readonly links: readonly string[];
}

/**
 * Reads an element whose content is a label and a value: `<li><span>注册资本</span><span>5000万元</span></li>`, also
 * where the value is bare text or carries its unit in a third element. Null when it is something else; looks at a
 * bounded number of nodes.
 */
export function readPair(element: HtmlElement): Pair | null {
  if (!HOLDERS.has(element.tagName)) return null;
  if (element.childNodes.length < 2 || element.childNodes.length > 9) return null;
  const parts = element.childNodes.filter((it) => (isText(it) ? !isBlank(it.value) : isElement(it)));
  if (parts.length < 2 || parts.length > 3 || !parts.every(isHalf) || !parts.some(isElement)) return null;
  const halves: Half[] = [];
  for (const part of parts) {
    const half = readHalf(part);
    if (half === null) return null;
    halves.push(half);
  }
  return joined(halves);
}

interface Half {
  readonly text: string;
  readonly images: string[];
  readonly links: string[];
}

const NO_UNIT: Half = { text: '', images: [], links: [] };

function joined(halves: readonly Half[]): Pair | null {
  const [first, second, unit = NO_UNIT] = halves;
  if (first === undefined || second === undefined || first.text === '') return null;
  if (unit !== NO_UNIT && (unit.text.length > 4 || unit.text === '')) return null;
  const value = second.text + unit.text;
  const shorter = value === '' ? first.text.length : Math.min(first.text.length, value.length);
  if (shorter > LONGEST_LABEL) return null;
  return {
    cells: [first.text, value],
    images: halves.flatMap((it) => it.images),
    links: halves.flatMap((it) => it.links),
  };
}

function isHalf(node: HtmlNode): boolean {
  return isText(node) || (isElement(node) && (HALVES.has(node.tagName) || node.tagName === 'img'));
}

function readHalf(node: HtmlNode): Half | null {
  const half: Half = { text: '', images: [], links: [] };
  const waiting: HtmlNode[] = [node];
  let text = '';
  for (let seen = 0; waiting.length > 0; seen += 1) {
    const next = waiting.pop();
    if (next === undefined || seen > MOST_NODES || text.length > LONGEST_VALUE) return null;
    if (isText(next)) text += next.value;
    if (!isElement(next) || isConcealed(next)) continue;
    if (LISTS.has(next.tagName) || next.childNodes.length > MOST_NODES) return null;
    note(next, half);
    waiting.push(...next.childNodes.toReversed());
  }
  return { ...half, text: collapse(text) };
}

function note(element: HtmlElement, half: Half): void {
  const href = element.tagName === 'a' ? attribute(element, 'href') : null;
  if (href !== null) half.links.push(href);
  const src = element.tagName === 'img' ? (attribute(element, 'data-src') ?? attribute(element, 'src')) : null;
  if (src !== null) half.images.push(src);
}
