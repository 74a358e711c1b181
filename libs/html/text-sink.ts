import { type HtmlText } from './document';
import { type Place } from './tree-walk';

export type TextSource = HtmlText['source'];

/** Where the texts of the body arrive, in the order of the page. */
export class TextSink {
  readonly texts: HtmlText[] = [];
  visibleLength = 0;
  /** The nearest heading above what is read now. */
  heading = '';

  /** @param attribute What to append to the path: `/@alt`. */
  add(place: Place, source: TextSource, text: string, attribute = ''): void {
    if (source === 'visible') this.visibleLength += text.length;
    this.texts.push({
      source,
      region: place.region,
      path: place.path + attribute,
      tag: place.tag,
      text,
      heading: this.heading,
    });
  }
}
