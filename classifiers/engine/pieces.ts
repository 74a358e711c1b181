import { type Hit, type TextSegment } from '#libs/domain';

/** A stretch of a segment that is judged by itself, and where in the segment it begins. */
export interface Piece {
  readonly piece: TextSegment;
  readonly at: number;
}

/** A segment longer than this is judged in pieces, so that cost stays linear in hostile text. */
const MAX_SEGMENT = 20_000;
/** Stands between the name of a page, its section and the site in a title. */
const TITLE_BREAK = /[\s]*[-_|｜—–·>»]+[\s]*/g;
/** What a dash inside a name or a range looks like: 24-36, A-12, e-mail. */
const INSIDE_WORD = /^[-_·–][0-9a-z]/i;
const MAX_PARTS = 12;

function titleSpans(text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  let start = 0;
  for (const { index, 0: mark } of text.matchAll(TITLE_BREAK)) {
    if (spans.length === MAX_PARTS - 1) break;
    const isInside = /[0-9a-z]/i.test(text[index - 1] ?? '') && INSIDE_WORD.test(text.slice(index));
    if (isInside) continue;
    spans.push({ start, end: index });
    start = index + mark.length;
  }
  return [...spans, { start, end: text.length }].filter((span) => span.start < span.end);
}

/** The parts of a title in order: the name of the page, its section, the site; one part when nothing parts them. */
export function titleParts(title: string): string[] {
  const head = title.slice(0, MAX_TITLE);
  return titleSpans(head).map(({ start, end }) => head.slice(start, end));
}

/** Titles are short; what is stuffed into one beyond this is judged as one part. */
const MAX_TITLE = 400;

function titlePieces(segment: TextSegment): Piece[] {
  if (segment.text.length > MAX_TITLE) return longPieces(segment);
  const spans = titleSpans(segment.text);
  return spans.map(({ start, end }) => ({ piece: { ...segment, text: segment.text.slice(start, end) }, at: start }));
}

function longPieces(segment: TextSegment): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < segment.text.length; at += MAX_SEGMENT)
    pieces.push({ piece: { ...segment, text: segment.text.slice(at, at + MAX_SEGMENT) }, at });
  return pieces;
}

/** The stretches of a segment that are judged apart: parts of a title, for they are no sentence; lengths of a long text. */
export function piecesOf(segment: TextSegment): Piece[] {
  if (segment.source === 'title') return titlePieces(segment);
  return segment.text.length <= MAX_SEGMENT ? [{ piece: segment, at: 0 }] : longPieces(segment);
}

/** A hit on a piece as a hit on its segment. */
export function rebase(hit: Hit, segment: TextSegment, at: number): Hit {
  if (hit.about.kind !== 'quote' || hit.about.segmentText === segment.text) return hit;
  const { start, end } = hit.about;
  return { ...hit, about: { ...hit.about, segmentText: segment.text, start: start + at, end: end + at } };
}
