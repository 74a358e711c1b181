import { extendKey, WORDS_BEGIN } from './feature-key';

/** The short runs of characters of a text, each with its key and its place; one entry per different run. */
export interface Wording {
  readonly keys: Uint32Array;
  /** Offsets into the text the wording was taken from. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Longest run, in characters; a number counts as one. */
const LONGEST = 3;
const EDGE = 0x5e;
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0x0a || unit === 0x09 || unit === 0x0d;

/** The characters that count: white space left out, each number one character that tells how many digits it has. */
interface Letters {
  readonly units: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly count: number;
}

function endOfNumber(text: string, from: number, to: number): number {
  let end = from + 1;
  while (end < to) {
    const unit = text.charCodeAt(end);
    const isInside = isDigit(unit) || ((unit === 0x2c || unit === 0x2e) && isDigit(text.charCodeAt(end + 1)));
    if (!isInside) break;
    end += 1;
  }
  return end;
}

function lettersOf(text: string, from: number, to: number): Letters {
  const size = to - from + 2;
  const [units, starts, ends] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  units[0] = EDGE;
  starts[0] = from;
  ends[0] = from;
  let count = 1;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    if (isSpace(unit)) continue;
    const end = isDigit(unit) ? endOfNumber(text, at, to) : at + 1;
    units[count] = isDigit(unit) ? 0x110000 + Math.min(end - at, 5) : unit;
    starts[count] = at;
    ends[count] = end;
    count += 1;
    at = end - 1;
  }
  units[count] = EDGE;
  starts[count] = to;
  ends[count] = to;
  return { units, starts, ends, count: count + 1 };
}

/** A set of keys that is emptied by counting on, so that no text pays for making one. */
class SeenKeys {
  private keys = new Uint32Array(1 << 12);
  private rounds = new Uint32Array(1 << 12);
  private round = 0;

  /** Empties the set and makes room for so many keys. */
  begin(count: number): void {
    this.round += 1;
    if (this.keys.length >= count * 2) return;
    let size = this.keys.length;
    while (size < count * 2) size *= 2;
    this.keys = new Uint32Array(size);
    this.rounds = new Uint32Array(size);
    this.round = 1;
  }

  /** Puts a key in; false when it was there. */
  add(key: number): boolean {
    const mask = this.keys.length - 1;
    let slot = (key ^ (key >>> 15)) & mask;
    while (this.rounds[slot] === this.round) {
      if (this.keys[slot] === key) return false;
      slot = (slot + 1) & mask;
    }
    this.keys[slot] = key;
    this.rounds[slot] = this.round;
    return true;
  }
}

const seen = new SeenKeys();

/**
 * Runs of one to three characters of a stretch of folded text, both edges marked, each different run once at its first
 * place. Empty text has the runs of its edges alone.
 */
export function wordingOf(text: string, from = 0, to = text.length): Wording {
  const letters = lettersOf(text, from, to);
  const size = letters.count * LONGEST;
  const [keys, starts, ends] = [new Uint32Array(size), new Int32Array(size), new Int32Array(size)];
  seen.begin(size);
  let count = 0;
  for (let first = 0; first < letters.count; first += 1) {
    let key = WORDS_BEGIN;
    for (let last = first; last < Math.min(first + LONGEST, letters.count); last += 1) {
      key = extendKey(key, letters.units[last] ?? 0);
      if (!seen.add(key)) continue;
      keys[count] = key;
      starts[count] = letters.starts[first] ?? 0;
      ends[count] = letters.ends[last] ?? 0;
      count += 1;
    }
  }
  return { keys: keys.subarray(0, count), starts: starts.subarray(0, count), ends: ends.subarray(0, count) };
}
