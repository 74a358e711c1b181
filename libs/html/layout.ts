import { type Box } from '#libs/domain';

/** One text node as it was laid out, with one box per line of it. */
export interface LayoutText {
  /** Absolute XPath of the element that holds the text node. */
  readonly path: string;
  readonly text: string;
  readonly boxes: readonly { readonly start: number; readonly length: number; readonly box: Box }[];
  /** Drawn with an area, inside the page, not transparent, not the colour of its ground, at least 6 px high. */
  readonly isVisible: boolean;
}

/** What stood where when the picture was taken; read from the sealed `layout` part. */
export interface Layout {
  readonly pageWidth: number;
  readonly pageHeight: number;
  /** Text nodes in document order, frames included (their boxes in coordinates of the page). */
  readonly texts: readonly LayoutText[];
}
