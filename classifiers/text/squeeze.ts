import { type Folded } from './fold';

const enum Kind {
  Han,
  Word,
  /** Between two ideographs it can only be there to break a word up: `*`, `^`, an emoji. */
  Breaker,
  /** May part words or letters: a space, a dash, a bar. Squeezed when a single ideograph stands on one side. */
  Spacer,
  Other,
}

const BREAKERS = new Set('*^`#~@');
const SPACERS = new Set(' -_|/·•・∙‧⋅=.,｡﹒丨｜\'"\\+&');

function isHan(unit: number): boolean {
  return (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3400 && unit <= 0x4dbf) || unit === 0x3007;
}

function isPicture(unit: number): boolean {
  return (unit >= 0xd800 && unit <= 0xdfff) || (unit >= 0x2190 && unit <= 0x2bff) || unit === 0xfffd;
}

function classify(unit: number): Kind {
  if (isHan(unit)) return Kind.Han;
  if ((unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39)) return Kind.Word;
  if (isPicture(unit)) return Kind.Breaker;
  const character = String.fromCharCode(unit);
  if (BREAKERS.has(character)) return Kind.Breaker;
  return SPACERS.has(character) ? Kind.Spacer : Kind.Other;
}

const KINDS = Uint8Array.from({ length: 65536 }, (_, unit) => classify(unit));

function kindOf(unit: number): Kind {
  return KINDS[unit] ?? Kind.Other;
}

/** End of a markup tag that begins at `at`, or -1: text input may hold fragments of HTML. */
function tagEnd(text: string, at: number): number {
  if (text[at] !== '<') return -1;
  const end = text.indexOf('>', at + 1);
  if (end < 0 || end - at > 200) return -1;
  return /^<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>$/.test(text.slice(at, end + 1)) && !hasHan(text, at, end) ? end + 1 : -1;
}

function hasHan(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (isHan(text.charCodeAt(at))) return true;
  return false;
}

interface Gap {
  readonly end: number;
  readonly hasBreaker: boolean;
  readonly hasSpacer: boolean;
  readonly hasTag: boolean;
}

/** The run of separators and tags that begins at `at`. */
function gapAt(text: string, at: number): Gap {
  let end = at;
  let hasBreaker = false;
  let hasSpacer = false;
  let hasTag = false;
  while (end < text.length) {
    const afterTag = tagEnd(text, end);
    const kind = kindOf(text.charCodeAt(end));
    if (afterTag > 0) hasTag = true;
    else if (kind === Kind.Breaker) hasBreaker = true;
    else if (kind === Kind.Spacer) hasSpacer = true;
    else break;
    end = afterTag > 0 ? afterTag : end + 1;
  }
  return { end, hasBreaker, hasSpacer, hasTag };
}

/** Whether exactly one ideograph stands alone at `at`, looking in the direction `step`. */
function standsAlone(text: string, at: number, step: 1 | -1): boolean {
  return isHan(text.charCodeAt(at)) && !isHan(text.charCodeAt(at + step));
}

/** Longest run of separators that is taken for a disguise rather than for layout. */
const MAX_GAP = 40;

function breaksWords(gap: Gap): boolean {
  return gap.hasBreaker || (gap.hasTag && !gap.hasSpacer);
}

function isSqueezable(text: string, start: number, gap: Gap): boolean {
  if (start === 0 || gap.end >= text.length || (gap.end - start > MAX_GAP && !gap.hasTag)) return false;
  const sides = [kindOf(text.charCodeAt(start - 1)), kindOf(text.charCodeAt(gap.end))];
  if (sides.includes(Kind.Other) || !sides.includes(Kind.Han)) return false;
  if (sides.every((side) => side === Kind.Han) && breaksWords(gap)) return true;
  return standsAlone(text, start - 1, -1) || standsAlone(text, gap.end, 1);
}

/**
 * The second view: separators, pictures and tags that break words up are taken out, so that 校*园*贷 reads 校园贷;
 * separators between whole words stay. Its map leads to the original as well.
 */
export function squeeze(folded: Folded): Folded {
  const { text, map, original } = folded;
  const kept: number[] = [];
  let at = 0;
  while (at < text.length) {
    const gap = gapAt(text, at);
    if (gap.end > at) {
      if (!isSqueezable(text, at, gap)) for (let i = at; i < gap.end; i += 1) kept.push(i);
      at = gap.end;
    } else {
      kept.push(at);
      at += 1;
    }
  }
  if (kept.length === text.length) return folded;
  const sources = new Int32Array(kept.length + 1);
  kept.forEach((source, i) => (sources[i] = map[source] ?? 0));
  sources[kept.length] = original.length;
  return { original, text: kept.map((source) => text[source]).join(''), map: sources };
}
