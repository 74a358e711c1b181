import { attribute, isElement, isText, type HtmlElement } from './bounded-parser';
import { type TextSink } from './text-sink';
import { type Place, type Visitor } from './tree-walk';
import { collapse, isBlank } from './white-space';

const BLOCKS = new Set(
  (
    'address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main marquee menu nav noscript ' +
    'noframes object ol optgroup option p plaintext pre search section select summary table tbody td textarea tfoot th ' +
    'thead tr ul xmp text foreignobject html'
  ).split(' '),
);
const SECTIONS = new Set(['section', 'article', 'aside', 'nav', 'header', 'footer', 'main', 'dialog', 'td']);
const PICTURE_TEXTS = new Set(['title', 'desc']);
const HEADING = /^h[1-6]$/;
/** A line this short before a `br` is one half of a label; a longer one is a sentence of its own. */
const LABEL_LENGTH = 12;
const CJK_END = /[\p{Script=Han}（）、，％%]$/u;
const CJK_START = /^[\p{Script=Han}（）、，％%]/u;

/** A `br` inside a block. */
const BREAK = null;

interface Block {
  readonly place: Place;
  parts: (string | typeof BREAK)[];
}

/** Gathers the blocks of text of a page, each with the heading above it. */
export class BlockTexts implements Visitor {
  private readonly open: Block[] = [];
  private readonly sections: { place: Place; heading: string }[] = [];
  private headingPlace: Place | null = null;
  private headingText = '';

  constructor(private readonly sink: TextSink) {}

  enter(place: Place): void {
    if (place.region === 'head' && place.tag !== 'noscript') return;
    if (place.tag === 'br') this.open.at(-1)?.parts.push(BREAK);
    this.noteHeading(place);
    if (!beginsBlock(place)) return;
    // Hidden filler inside a line must not tear the visible line in two.
    const isFiller = isWhereHidingBegins(place) && !BLOCKS.has(place.tag);
    if (!isFiller) this.flush(this.open.at(-1));
    this.open.push({ place, parts: [] });
  }

  text(place: Place, value: string): void {
    if (this.headingPlace !== null && !place.isHidden) this.headingText += value;
    if (PICTURE_TEXTS.has(place.tag)) return;
    if (place.region !== 'head' || place.isHidden) this.open.at(-1)?.parts.push(value);
  }

  leave(place: Place): void {
    const block = this.open.at(-1);
    if (block?.place === place) {
      this.flush(block);
      this.open.pop();
    }
    if (this.headingPlace === place) {
      this.sink.heading = collapse(this.headingText).slice(0, 200) || this.sink.heading;
      this.headingPlace = null;
    }
    if (this.sections.at(-1)?.place === place) this.sink.heading = this.sections.pop()?.heading ?? '';
  }

  private noteHeading(place: Place): void {
    if (SECTIONS.has(place.tag) && !place.isTooDeep) this.sections.push({ place, heading: this.sink.heading });
    if (!HEADING.test(place.tag) || this.headingPlace !== null || place.isHidden) return;
    this.headingPlace = place;
    this.headingText = '';
  }

  private flush(block: Block | undefined): void {
    if (block === undefined || block.parts.length === 0) return;
    const { place } = block;
    for (const text of paragraphsOf(block.parts)) this.sink.add(place, place.isHidden ? 'hidden' : 'visible', text);
    block.parts = [];
  }
}

/** One `br` joins the halves of a Chinese label and otherwise stands for a space; two in a row end a paragraph. */
function paragraphsOf(parts: readonly (string | typeof BREAK)[]): string[] {
  const paragraphs: string[] = [];
  let lines: string[] = [];
  for (const line of linesOf(parts)) {
    if (line !== '') {
      if (lines.length > 0) lines.push(joint(lines.at(-1) ?? '', line));
      lines.push(line);
    } else if (lines.length > 0) {
      paragraphs.push(lines.join(''));
      lines = [];
    }
  }
  if (lines.length > 0) paragraphs.push(lines.join(''));
  return paragraphs;
}

function linesOf(parts: readonly (string | typeof BREAK)[]): string[] {
  const lines: string[][] = [[]];
  for (const part of parts) {
    if (part === BREAK) lines.push([]);
    else lines.at(-1)?.push(part);
  }
  return lines.map((it) => collapse(it.join('')));
}

function joint(before: string, after: string): '' | ' ' {
  const isLabel = before.length <= LABEL_LENGTH && CJK_END.test(before) && CJK_START.test(after);
  return isLabel ? '' : ' ';
}

function beginsBlock(place: Place): boolean {
  if (place.isTooDeep) return false;
  if (BLOCKS.has(place.tag)) return true;
  if (isWhereHidingBegins(place)) return true;
  if (place.tag === 'a') return place.region !== 'main' || standsAmongLinks(place.element);
  const style = attribute(place.element, 'style');
  return style !== null && /display\s*:\s*(?:block|flex|grid|table)/i.test(style.slice(0, 4096));
}

function isWhereHidingBegins(place: Place): boolean {
  return place.isHidden && place.parent?.isHidden === false;
}

/** A link beside links is an entry of a list, one in running text is part of its sentence. */
function standsAmongLinks(element: HtmlElement): boolean {
  const siblings = element.parentNode?.childNodes ?? [];
  if (siblings.length > 400) return true;
  const at = siblings.indexOf(element);
  return isLinkFrom(siblings, at, 1) || isLinkFrom(siblings, at, -1);
}

function isLinkFrom(siblings: HtmlElement['childNodes'], from: number, step: 1 | -1): boolean {
  for (let i = from + step; i >= 0 && i < siblings.length; i += step) {
    const node = siblings[i];
    if (node === undefined) return false;
    if (isElement(node)) return node.tagName === 'a';
    if (isText(node) && !isBlank(node.value.replace(/[|｜丨·•/>»、-]/g, ''))) return false;
  }
  return false;
}
