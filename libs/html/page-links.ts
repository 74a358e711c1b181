import { type HtmlImage, type HtmlLink } from './document';
import { attribute } from './bounded-parser';
import { type Place, type Visitor } from './tree-walk';
import { collapse } from './white-space';

const LONGEST_TEXT = 200;

/** Gathers links and pictures. */
export class PageLinks implements Visitor {
  readonly links: HtmlLink[] = [];
  readonly images: HtmlImage[] = [];
  private anchor: { place: Place; href: string; text: string } | null = null;

  enter(place: Place): void {
    const { element } = place;
    if (place.tag === 'img' || (place.tag === 'input' && attribute(element, 'type')?.toLowerCase() === 'image')) {
      this.addImage(place);
    } else if (place.tag === 'a') {
      this.leaveAnchor();
      const href = attribute(element, 'href');
      if (href !== null) this.anchor = { place, href, text: '' };
    } else {
      this.addOther(place);
    }
  }

  text(_place: Place, value: string): void {
    if (this.anchor !== null && this.anchor.text.length < LONGEST_TEXT) this.anchor.text += value;
  }

  leave(place: Place): void {
    if (this.anchor?.place === place) this.leaveAnchor();
  }

  private leaveAnchor(): void {
    if (this.anchor === null) return;
    const { place, href, text } = this.anchor;
    const words = collapse(text) || collapse(attribute(place.element, 'title') ?? '');
    this.push(place, 'anchor', href, words);
    this.anchor = null;
  }

  private addImage(place: Place): void {
    const { element } = place;
    const alt = collapse(attribute(element, 'alt') ?? '');
    if (this.anchor !== null) this.anchor.text += ` ${alt}`;
    const lazy =
      attribute(element, 'data-src') ?? attribute(element, 'data-original') ?? attribute(element, 'data-lazy');
    const src = lazy ?? attribute(element, 'src') ?? '';
    if (src !== '') this.images.push({ src, alt, region: place.region, path: place.path });
  }

  private addOther(place: Place): void {
    const { element } = place;
    if (place.tag === 'area') this.pushNamed(place, 'area', 'href', attribute(element, 'alt'));
    else if (place.tag === 'frame' || place.tag === 'iframe')
      this.pushNamed(place, 'frame', 'src', attribute(element, 'title'));
    else if (place.tag === 'meta' && attribute(element, 'http-equiv')?.toLowerCase() === 'refresh')
      this.addRefresh(place);
    else if (place.tag === 'link' && /(?:^|\s)alternate(?:\s|$)/i.test(attribute(element, 'rel') ?? '')) {
      this.pushNamed(place, 'alternate', 'href', attribute(element, 'title'));
    }
  }

  private addRefresh(place: Place): void {
    const content = attribute(place.element, 'content') ?? '';
    const href = /^\s*[\d.]*\s*[;,]?\s*url\s*=\s*["']?\s*([^"']+)/i.exec(content.slice(0, 4096))?.[1];
    if (href !== undefined) this.push(place, 'refresh', href.trim(), '');
  }

  private pushNamed(place: Place, kind: HtmlLink['kind'], name: string, text: string | null): void {
    const href = attribute(place.element, name);
    if (href !== null && href !== '') this.push(place, kind, href, collapse(text ?? ''));
  }

  private push(place: Place, kind: HtmlLink['kind'], href: string, text: string): void {
    this.links.push({ href, text: text.slice(0, LONGEST_TEXT), kind, region: place.region, path: place.path });
  }
}
