import { type Channel, type PageKind, type Reading, type TextSegment } from '#libs/domain';
import { boxOf, guessPageKind, isDrawn, type HtmlDocument, type HtmlText, type Layout } from '#libs/html';
import { linkedData } from './linked-data';
import { rowSegments } from './row-segments';
import { READER_VERSION } from './reader-version';

/** Text that showed itself only after something was opened in the browser: a tab, a fold, a carousel's next picture. */
export interface OpenedState {
  /** What was opened, as its label says. */
  readonly label: string;
  readonly texts: readonly { readonly path: string; readonly text: string }[];
}

/** What is known of a page beside its parse. */
export interface PageFacts {
  readonly document: HtmlDocument;
  /** Null when the page was not rendered; then what markup hides is hidden and nothing else. */
  readonly layout: Layout | null;
  readonly states?: readonly OpenedState[];
  readonly url: string;
  /** Text of the link that led here; empty for the start page. */
  readonly linkText: string;
  readonly channel: Channel;
  readonly isHome: boolean;
  /** What kind of page it is, when somebody knows; otherwise it is guessed. */
  readonly pageKind?: PageKind;
  readonly contentSha256: string;
}

function segmentOf(text: HtmlText, pageKind: PageKind, layout: Layout | null): TextSegment {
  const isDrawable = text.source === 'visible' || text.source === 'hidden';
  const drawn = layout !== null && isDrawable ? isDrawn(layout, text.path, text.text) : null;
  const source = drawn === null ? text.source : drawn ? 'visible' : 'hidden';
  const box =
    layout !== null && drawn === true ? boxOf(layout, text.path, text.text, { start: 0, end: text.text.length }) : null;
  return {
    source,
    region: text.region,
    pageKind,
    path: text.path,
    text: text.text,
    tag: text.tag,
    heading: text.heading,
    box,
  };
}

/** Opened text that stands drawn nowhere on the page as it was left, so that nothing is judged twice. */
function openedSegments(
  states: readonly OpenedState[],
  drawn: readonly TextSegment[],
  pageKind: PageKind,
): TextSegment[] {
  const seen = new Set(drawn.map(({ text }) => text));
  return states.flatMap(({ label, texts }) =>
    texts.flatMap(({ path, text: raw }): TextSegment[] => {
      const text = raw.trim();
      if (text === '' || seen.has(text)) return [];
      seen.add(text);
      return [{ source: 'visible', region: 'main', pageKind, path, text, tag: '', heading: label, box: null }];
    }),
  );
}

/**
 * Reads one page as segments: blocks in document order, then whole rows of tables, names and descriptions of embedded
 * data, opened texts. What the layout does not show is `hidden`; a box is given where the layout has one.
 */
export function readPage(facts: PageFacts): Reading {
  const { document, layout, url, linkText, channel, isHome } = facts;
  const pageKind = facts.pageKind ?? guessPageKind({ document, url, linkText, channel, isHome });
  const texts = document.texts.filter(({ text }) => text.trim() !== '');
  const onPage = texts.map((text) => segmentOf(text, pageKind, layout));
  const drawn = onPage.filter(({ source }) => source !== 'hidden');
  const opened = openedSegments(facts.states ?? [], drawn, pageKind);
  const openedTexts = new Set(opened.map(({ text }) => text));
  // What was hidden only until somebody opened it, a visitor sees: it stands once, as opened.
  const left = onPage.filter(({ source, text }) => source !== 'hidden' || !openedTexts.has(text));
  const rows = rowSegments(document.rows, left);
  const data = linkedData(document.jsonLd, pageKind);
  return {
    contentSha256: facts.contentSha256,
    readerVersion: READER_VERSION,
    title: document.title,
    pageKind,
    segments: [...left, ...rows, ...data, ...opened],
    rows: document.rows,
  };
}
