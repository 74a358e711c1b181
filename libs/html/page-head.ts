import { html } from 'parse5';
import { type HtmlText } from './document';
import { attribute, isText, type HtmlElement } from './bounded-parser';
import { type Place, type Visitor } from './tree-walk';
import { collapse } from './white-space';

const XHTML = html.NS.HTML;
const SPOKEN_META =
  /^(?:description|keywords|(?:og|twitter|article):[\w:.-]+|application-name|apple-mobile-web-app-title|subject|abstract)$/;
const LONGEST_META = 20_000;

/** Gathers what the head says: title, metas, base, canonical address and linked data. */
export class PageHead implements Visitor {
  title = '';
  baseHref: string | null = null;
  canonical: string | null = null;
  readonly jsonLd: string[] = [];
  readonly meta = new Map<string, string>();
  private titleText: HtmlText | null = null;
  private readonly metaTexts: HtmlText[] = [];

  /** The title first, metas next. */
  get texts(): readonly HtmlText[] {
    return this.titleText === null ? this.metaTexts : [this.titleText, ...this.metaTexts];
  }

  enter(place: Place): void {
    const { element } = place;
    if (element.namespaceURI !== XHTML) return;
    if (place.tag === 'title') this.readTitle(place);
    else if (place.tag === 'meta') this.readMeta(place);
    else if (place.tag === 'base') this.baseHref ??= attribute(element, 'href');
    else if (place.tag === 'link') this.readLink(element);
    else if (place.tag === 'script' && isLinkedData(element)) this.jsonLd.push(charactersOf(element));
  }

  private readLink(element: HtmlElement): void {
    if (/(?:^|\s)canonical(?:\s|$)/i.test(attribute(element, 'rel') ?? ''))
      this.canonical ??= attribute(element, 'href');
  }

  private readTitle(place: Place): void {
    const text = collapse(charactersOf(place.element));
    if (text === '' || this.titleText !== null) return;
    this.title = text;
    this.titleText = textOf(place, 'title', place.path, text);
  }

  private readMeta(place: Place): void {
    const { element } = place;
    const name = (attribute(element, 'name') ?? attribute(element, 'property') ?? '').trim().toLowerCase();
    const content = attribute(element, 'content');
    if (name === '' || content === null || this.meta.has(name)) return;
    this.meta.set(name, content.slice(0, LONGEST_META));
    const text = collapse(content.slice(0, LONGEST_META));
    if (text !== '' && SPOKEN_META.test(name)) {
      this.metaTexts.push(textOf(place, 'meta', `${place.path}/@content`, text));
    }
  }
}

function isLinkedData(element: HtmlElement): boolean {
  return /^application\/ld\+json/i.test(attribute(element, 'type')?.trim() ?? '');
}

function textOf(place: Place, source: 'title' | 'meta', path: string, text: string): HtmlText {
  return { source, region: 'head', path, tag: place.tag, text, heading: '' };
}

function charactersOf(element: HtmlElement): string {
  return element.childNodes.map((it) => (isText(it) ? it.value : '')).join('');
}
