import { clausesOf, spanAt, type View } from '#classifiers/text';

const MAX = 160;

/**
 * The clause around some words, folded, spaces out and digit runs masked: equal for hits that say the same thing on
 * different pages and nights.
 */
export function clauseKey(view: View, start: number, end: number): string {
  const spans = clausesOf(view.text);
  const first = spanAt(spans, start);
  const last = spanAt(spans, Math.max(start, end - 1));
  const from = Math.max(first.start, start - MAX / 2);
  const clause = view.text.slice(from, Math.min(last.end, from + MAX));
  return clause.replace(/[0-9][0-9,.]*/g, '0').replace(/[\s，。、；：！？,.;:!?"'“”‘’]/g, '');
}
