/** A stretch of a text, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Tags that text input may hold say nothing about figures; they become bars of the same length, so offsets stay. */
export function withoutTags(text: string): string {
  return text.includes('<') ? text.replace(/<[^<>]{1,200}>/g, (tag) => '|'.repeat(tag.length)) : text;
}

const BREAK = /[。；;！!？?\n]/g;

/** End of the last match of a pattern in a text, 0 when there is none. */
export function endOfLast(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}

/**
 * What stands before an offset in the same sentence, at most so many characters.
 *
 * @param from The text before this offset is not looked at.
 */
export function before(text: string, offset: number, reach: number, from = 0): string {
  const window = text.slice(Math.max(from, offset - reach), offset);
  return window.slice(endOfLast(window, BREAK));
}

/** What stands after an offset in the same sentence, at most so many characters. */
export function after(text: string, offset: number, reach: number, to = text.length): string {
  const window = text.slice(offset, Math.min(to, offset + reach));
  const at = window.search(/[。；;！!？?\n]/);
  return at < 0 ? window : window.slice(0, at);
}
