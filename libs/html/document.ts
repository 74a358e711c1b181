import { type SegmentRegion } from '#libs/domain';

/** One link as the page wrote it; resolving and scoping is the crawler's work. */
export interface HtmlLink {
  /** The attribute as written; may be relative, may be rubbish. */
  readonly href: string;
  readonly text: string;
  readonly kind: 'anchor' | 'area' | 'frame' | 'refresh' | 'alternate';
  readonly region: SegmentRegion;
  readonly path: string;
}

/** One picture, as the page names it; a lazily loaded one by the address it will have. */
export interface HtmlImage {
  readonly src: string;
  readonly alt: string;
  readonly region: SegmentRegion;
  readonly path: string;
}

/** One block of text: inline elements joined, white space collapsed, entities decoded. */
export interface HtmlText {
  readonly source: 'visible' | 'hidden' | 'title' | 'meta' | 'alt';
  readonly region: SegmentRegion;
  /** Absolute XPath of the block's element, `/@name` appended for attributes. */
  readonly path: string;
  readonly tag: string;
  readonly text: string;
  /** Nearest heading above in document order; empty when none. */
  readonly heading: string;
}

/** A row of a table, a `dt`/`dd` pair, or a label element beside a value element. */
export interface HtmlRow {
  readonly path: string;
  readonly cells: readonly string[];
  readonly header: readonly string[];
  /** Addresses (as written) of pictures and of links inside the row. */
  readonly images: readonly string[];
  readonly links: readonly string[];
}

/** What a page shows of needing a browser. */
export interface HtmlSigns {
  readonly scriptCount: number;
  /** Characters of visible text. */
  readonly visibleLength: number;
  /** An element that frameworks fill (`#app`, `#root`, `[ng-app]`) stands empty. */
  readonly hasEmptyShell: boolean;
  /** Tab strips, `select`, `details`, carousels whose content script fetches or shows. */
  readonly hasTabs: boolean;
  readonly hasFrames: boolean;
  readonly hasPasswordField: boolean;
  /** Unrendered template marks, `{{ }}`, in visible text. */
  readonly hasTemplateMarks: boolean;
  /** The page has more elements than are read; what lies behind them was not seen. */
  readonly isCut: boolean;
}

/** One parse of a page: what the crawler and the classifiers both need; plain data, no tree. */
export interface HtmlDocument {
  readonly title: string;
  readonly baseHref: string | null;
  readonly canonical: string | null;
  /** In document order; the title first, metas next. */
  readonly texts: readonly HtmlText[];
  readonly links: readonly HtmlLink[];
  readonly rows: readonly HtmlRow[];
  readonly images: readonly HtmlImage[];
  /** Raw contents of `script[type="application/ld+json"]`, unparsed. */
  readonly jsonLd: readonly string[];
  /** `meta` by lower-case name or property; the first of each wins. */
  readonly meta: Readonly<Record<string, string>>;
  readonly signs: HtmlSigns;
}
