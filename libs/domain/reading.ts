import { type PageKind } from './page';

/** Where a text stands in the file it was read from. */
export type SegmentSource = 'visible' | 'hidden' | 'title' | 'meta' | 'alt' | 'ocr' | 'pdf';

/** Which part of a page a text stands in. */
export type SegmentRegion = 'nav' | 'header' | 'main' | 'aside' | 'footer' | 'head';

/** Text with its place. A block of a page is one segment: inline tags are joined, white space is collapsed. */
export interface TextSegment {
  readonly source: SegmentSource;
  readonly region: SegmentRegion;
  readonly pageKind: PageKind;
  /** Absolute XPath of the block's element, with `/@name` for attributes; `text` for plain text input. */
  readonly path: string;
  readonly text: string;
  /** Element name of the block, lower case: `h1`, `td`, `li`, `a`. */
  readonly tag: string;
  /** The nearest heading above, empty when none: says what a list or a table is about. */
  readonly heading: string;
  /** CSS pixels on the full page in which the whole block was drawn; null when not rendered or not drawn. */
  readonly box: Box | null;
}

/** A rectangle in CSS pixels of the full page, origin at its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A row of a table, a definition pair or a label beside a value, kept because disclosure is read label by label. */
export interface LabelledRow {
  readonly path: string;
  readonly cells: readonly string[];
  /** Column headings when the table has some; otherwise empty. */
  readonly header: readonly string[];
  /** How many pictures, links to files stand in the row: values are often one of these. */
  readonly images: readonly string[];
  readonly links: readonly string[];
}

/** The segments read from one content by one reader version; order is that of the document. */
export interface Reading {
  /** SHA-256 of the bytes read, lower-case hex. */
  readonly contentSha256: string;
  readonly readerVersion: string;
  readonly title: string;
  readonly pageKind: PageKind;
  readonly segments: readonly TextSegment[];
  readonly rows: readonly LabelledRow[];
}
