import { parseFragment } from 'parse5';
import { type SegmentRegion } from '#libs/domain';
import { isElement, isText, type HtmlElement, type HtmlNode, type HtmlTree } from './bounded-parser';
import { isConcealed } from './concealment';
import { regionBegunBy } from './region';

/** An element in the tree, with what it takes from those around it. */
export interface Place {
  readonly element: HtmlElement;
  readonly tag: string;
  /** Absolute XPath. Below {@link DEEPEST} the path of the last ancestor above it, as browsers flatten such trees too. */
  readonly path: string;
  readonly region: SegmentRegion;
  readonly isHidden: boolean;
  readonly isTooDeep: boolean;
  readonly parent: Place | null;
}

/** Somebody who listens while the tree is walked once, in document order. */
export interface Visitor {
  enter(place: Place): void;
  text?(place: Place, value: string): void;
  leave?(place: Place): void;
}

/** Blink flattens what lies deeper; paths of such pages would grow with the square of their depth. */
const DEEPEST = 512;
const OPAQUE = new Set(['script', 'style', 'template', 'iframe', 'noembed', 'metadata']);
/** With scripting on, browsers take the inside of these for plain characters and show none of it. */
const UNSHOWN_MARKUP = new Set(['noscript', 'noframes']);
const FALLBACK = new Set(['audio', 'video', 'canvas']);

interface Frame {
  readonly place: Place | null;
  readonly children: readonly HtmlNode[];
  readonly depth: number;
  readonly counts: Map<string, number>;
  next: number;
}

/** Walks a tree without recursion; cost grows with the number of nodes. Comments are not shown to anybody. */
export function walkTree(tree: HtmlTree, visitors: readonly Visitor[]): void {
  const stack: Frame[] = [frame(null, tree.childNodes, 0)];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const node = top.children[top.next];
    top.next += 1;
    if (node === undefined) {
      stack.pop();
      leave(top.place, visitors);
    } else {
      const inner = visit(node, top, visitors);
      if (inner !== null) stack.push(inner);
    }
  }
}

function leave(place: Place | null, visitors: readonly Visitor[]): void {
  if (place !== null) for (const it of visitors) it.leave?.(place);
}

/** Shows one node; gives the frame to go on in when it is an element. */
function visit(node: HtmlNode, above: Frame, visitors: readonly Visitor[]): Frame | null {
  if (isElement(node)) {
    const place = placeOf(node, above);
    for (const it of visitors) it.enter(place);
    return frame(place, childrenOf(node), above.depth + 1);
  }
  if (isText(node) && above.place !== null) for (const it of visitors) it.text?.(above.place, node.value);
  return null;
}

function frame(place: Place | null, children: readonly HtmlNode[], depth: number): Frame {
  return { place, children, depth, counts: new Map(), next: 0 };
}

function placeOf(element: HtmlElement, above: Frame): Place {
  const tag = element.tagName.toLowerCase();
  const nth = (above.counts.get(tag) ?? 0) + 1;
  above.counts.set(tag, nth);
  const parent = above.place;
  const isTooDeep = above.depth >= DEEPEST;
  const parentPath = parent === null ? '' : parent.path;
  const around = parent === null || tag === 'body' ? 'main' : parent.region;
  return {
    element,
    tag,
    path: isTooDeep ? parentPath : `${parentPath}/${tag}[${nth}]`,
    region: regionBegunBy(element, around) ?? around,
    isHidden: isHiddenAround(parent) || UNSHOWN_MARKUP.has(tag) || isConcealed(element),
    isTooDeep,
    parent,
  };
}

function isHiddenAround(parent: Place | null): boolean {
  return parent !== null && (parent.isHidden || FALLBACK.has(parent.tag));
}

/** The inside of `noscript` is reduced to its words: parsed as markup, it would need bounds of its own. */
function childrenOf(element: HtmlElement): readonly HtmlNode[] {
  if (OPAQUE.has(element.tagName)) return [];
  if (!UNSHOWN_MARKUP.has(element.tagName)) return element.childNodes;
  const markup = element.childNodes.map((it) => (isText(it) ? it.value : '')).join('');
  return parseFragment(markup.replace(/<[^<>]*>/g, ' ').replaceAll('<', ' ')).childNodes;
}
