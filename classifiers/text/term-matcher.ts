/** One occurrence of a word: which word, and where. */
export interface Occurrence {
  readonly word: number;
  readonly start: number;
  readonly end: number;
}

const BUCKETS = 1 << 16;

function bucketOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e3b) ^ Math.imul(second, 0x85eb)) & (BUCKETS - 1);
}

/**
 * Finds many words in one pass. A table of the words' first two characters says at each place whether any word may
 * begin there; only then are the candidates compared. Overlapping occurrences are all given.
 */
export class TermMatcher {
  private readonly heads = new Uint8Array(BUCKETS);
  private readonly candidates = new Map<number, number[]>();
  private readonly singles = new Map<number, number>();

  /** @param words Folded; empty ones are never found. */
  constructor(private readonly words: readonly string[]) {
    words.forEach((word, index) => {
      if (word.length === 1) this.singles.set(word.charCodeAt(0), index);
      if (word.length < 2) return;
      const key = word.charCodeAt(0) * 65536 + word.charCodeAt(1);
      this.heads[bucketOf(word.charCodeAt(0), word.charCodeAt(1))] = 1;
      const list = this.candidates.get(key);
      if (list) list.push(index);
      else this.candidates.set(key, [index]);
    });
  }

  /** Every occurrence, in order of start; of those with one start, in order of the words. */
  find(text: string): Occurrence[] {
    const found: Occurrence[] = [];
    let first = text.charCodeAt(0);
    for (let at = 0; at < text.length; at += 1) {
      const second = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
      const single = this.singles.get(first);
      if (single !== undefined) found.push({ word: single, start: at, end: at + 1 });
      if (this.heads[bucketOf(first, second)] === 1) this.compare(text, at, first * 65536 + second, found);
      first = second;
    }
    return found;
  }

  private compare(text: string, start: number, key: number, found: Occurrence[]): void {
    for (const word of this.candidates.get(key) ?? []) {
      const needle = this.words[word] ?? '';
      if (needle.length === 2 || text.startsWith(needle, start))
        found.push({ word, start, end: start + needle.length });
    }
  }
}
