import { DROP, foldTable, LONG } from './fold-table';

/** Text made comparable, with the way back to where each unit came from. */
export interface Folded {
  /** The text as it was given. */
  readonly original: string;
  readonly text: string;
  /** For each unit of `text` the offset of the original unit it came from; one more entry at the end. */
  readonly map: Int32Array;
}

const UNREADABLE = 0xfffd;

/** A growing folded text with its map; units may become several, so it starts with room to spare. */
class FoldedUnits {
  private units: Uint16Array;
  private sources: Int32Array;
  length = 0;

  constructor(size: number) {
    this.units = new Uint16Array(size + 16);
    this.sources = new Int32Array(size + 16);
  }

  push(unit: number, source: number): void {
    if (this.length + 1 >= this.units.length) this.grow();
    this.units[this.length] = unit;
    this.sources[this.length] = source;
    this.length += 1;
  }

  private grow(): void {
    const units = new Uint16Array(this.units.length * 2);
    const sources = new Int32Array(this.units.length * 2);
    units.set(this.units);
    sources.set(this.sources);
    this.units = units;
    this.sources = sources;
  }

  finish(original: string): Folded {
    this.sources[this.length] = original.length;
    return { original, text: textOf(this.units.subarray(0, this.length)), map: this.sources.slice(0, this.length + 1) };
  }
}

/** UTF-16 units as a string, in pieces that fit a call's arguments. */
export function textOf(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += 8192)
    text += String.fromCharCode.apply(null, units.subarray(at, at + 8192) as unknown as number[]);
  return text;
}

function pushAll(out: FoldedUnits, form: string, source: number): void {
  for (let i = 0; i < form.length; i += 1) out.push(form.charCodeAt(i), source);
}

/** Folds one character beyond the basic plane; letters of the mathematical alphabets become plain ones, emoji stay. */
function pushAstral(out: FoldedUnits, code: number, source: number): void {
  if (code >= 0xe0000 && code <= 0xe0fff) return;
  const form = String.fromCodePoint(code).normalize('NFKC').toLowerCase();
  const { units, long } = foldTable();
  for (let i = 0; i < form.length; i += 1) {
    const unit = form.charCodeAt(i);
    const folded = units[unit] ?? unit;
    if (folded === LONG) pushAll(out, long.get(unit) ?? '', source);
    else if (folded !== DROP) out.push(folded, source);
  }
}

/**
 * Makes text comparable: compatibility forms, case, traditional characters and radicals are evened out; zero-width,
 * bidirectional and combining marks are dropped. Chinese punctuation stays. Lone surrogates become U+FFFD.
 */
export function fold(original: string): Folded {
  const { units, long } = foldTable();
  const out = new FoldedUnits(original.length);
  for (let at = 0; at < original.length; at += 1) {
    const unit = original.charCodeAt(at);
    const folded = units[unit] ?? DROP;
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const code = original.codePointAt(at) ?? UNREADABLE;
      if (code > 0xffff) {
        pushAstral(out, code, at);
        at += 1;
      } else out.push(UNREADABLE, at);
    } else if (folded === LONG) pushAll(out, long.get(unit) ?? '', at);
    else if (folded !== DROP) out.push(folded, at);
  }
  return out.finish(original);
}

/**
 * The span of the original that a span of the folded text came from. Marks dropped inside belong to it; a character
 * beyond the basic plane is never cut in two.
 *
 * @param start First unit of the folded span. @param end One past its last unit.
 */
export function originalSpan(folded: Folded, start: number, end: number): { start: number; end: number } {
  if (end <= start) {
    const at = folded.map[start] ?? folded.original.length;
    return { start: at, end: at };
  }
  const first = folded.map[start] ?? 0;
  const last = folded.map[end - 1] ?? first;
  const code = folded.original.codePointAt(last) ?? 0;
  return { start: first, end: last + (code > 0xffff ? 2 : 1) };
}
