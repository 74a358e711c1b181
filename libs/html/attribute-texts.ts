import { html } from 'parse5';
import { attribute } from './bounded-parser';
import { type TextSink, type TextSource } from './text-sink';
import { type Place, type Visitor } from './tree-walk';
import { collapse } from './white-space';

const XHTML = html.NS.HTML;
const SPOKEN = new Set(['alt', 'title', 'aria-label', 'placeholder']);
const BUTTON_TYPES = new Set(['button', 'submit', 'reset']);
/** A title or description in a picture is what `alt` is for an `img`. */
const PICTURE_TEXTS = new Set(['title', 'desc']);

/** Gathers texts that stand in attributes: alternatives of pictures, hints, and the words on buttons, which are drawn. */
export class AttributeTexts implements Visitor {
  constructor(private readonly sink: TextSink) {}

  enter(place: Place): void {
    if (place.region === 'head') return;
    for (const { name, value } of place.element.attrs) {
      if (SPOKEN.has(name)) this.add(place, name, value, 'alt');
      else if (name === 'value' && isButton(place)) this.add(place, name, value, place.isHidden ? 'hidden' : 'visible');
    }
  }

  text(place: Place, value: string): void {
    if (!PICTURE_TEXTS.has(place.tag) || place.element.namespaceURI === XHTML) return;
    const text = collapse(value);
    if (text !== '') this.sink.add(place, 'alt', text);
  }

  private add(place: Place, name: string, value: string, source: TextSource): void {
    const text = collapse(value);
    if (text !== '') this.sink.add(place, source, text, `/@${name}`);
  }
}

function isButton(place: Place): boolean {
  return place.tag === 'input' && BUTTON_TYPES.has((attribute(place.element, 'type') ?? '').toLowerCase());
}
