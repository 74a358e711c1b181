import { type Box, type Hit, type QuoteAbout } from '#libs/domain';
import { boxOf, type Layout } from '#libs/html';
import { CELL_SEPARATOR } from './row-segments';

function around(boxes: readonly (Box | null)[]): Box | null {
  return boxes.reduce((all, box) => {
    if (all === null || box === null) return all ?? box;
    const x = Math.min(all.x, box.x);
    const y = Math.min(all.y, box.y);
    return { x, y, w: Math.max(all.x + all.w, box.x + box.w) - x, h: Math.max(all.y + all.h, box.y + box.h) - y };
  }, null);
}

function boxOfQuote(about: QuoteAbout, layout: Layout): Box | null {
  const { path, segmentText, quote, start, end } = about;
  if (!quote.includes(CELL_SEPARATOR)) return boxOf(layout, path, segmentText, { start, end });
  const pieces = quote.split(CELL_SEPARATOR);
  return around(pieces.map((piece) => boxOf(layout, path, piece, { start: 0, end: piece.length })));
}

/**
 * The same hits, those that quote drawn text with the rectangle of their words. Hits on attributes and hidden text
 * keep a null box.
 */
export function boxHits(hits: readonly Hit[], layout: Layout | null): Hit[] {
  if (layout === null) return [...hits];
  return hits.map((hit) => {
    const { about } = hit;
    if (about.kind !== 'quote' || about.source !== 'visible') return hit;
    return { ...hit, about: { ...about, box: boxOfQuote(about, layout) } };
  });
}
