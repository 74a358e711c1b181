/** A stretch of a text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const ENDS_SENTENCE = new Set('。！？!?；;\n');
const ENDS_CLAUSE = new Set('，：:…—|｜,');
const CLOSES = new Set('”’"』」）)】》');

function isDigitAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0x30 && unit <= 0x39;
}

/** A comma or colon between digits is part of a number or a clock time. */
function isInsideNumber(text: string, at: number): boolean {
  return isDigitAt(text, at - 1) && isDigitAt(text, at + 1);
}

function split(text: string, isEnd: (at: number) => boolean): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!isEnd(at)) continue;
    let end = at + 1;
    while (end < text.length && (isEnd(end) || CLOSES.has(text[end] ?? ''))) end += 1;
    spans.push({ start, end });
    start = end;
    at = end - 1;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}

/** The sentences of a text in order, without gaps; closing quotes and brackets go with the sentence they close. */
export function sentencesOf(text: string): Span[] {
  return split(text, (at) => ENDS_SENTENCE.has(text[at] ?? ''));
}

/** The clauses of a text in order, without gaps: sentences cut further at commas, colons, dashes and bars. */
export function clausesOf(text: string): Span[] {
  return split(text, (at) => {
    const character = text[at] ?? '';
    return ENDS_SENTENCE.has(character) || (ENDS_CLAUSE.has(character) && !isInsideNumber(text, at));
  });
}

/** Index of the span that holds an offset, by halving; the last one when the offset lies beyond. */
export function spanIndex(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The span that holds an offset; the last one when the offset lies beyond, an empty one when there is none. */
export function spanAt(spans: readonly Span[], offset: number): Span {
  return spans[spanIndex(spans, offset)] ?? { start: 0, end: 0 };
}
