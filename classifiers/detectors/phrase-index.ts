import { needleOf, pinyinForms, TermMatcher, type View } from '#classifiers/text';
import { STRUCTURED_CUES } from './structured-cues';

/** What a phrase detector looks for on behalf of one rule; `$name` stands for a lexicon or a structured cue. */
export interface PhraseTerms {
  readonly strong: readonly string[];
  readonly weak: readonly string[];
  readonly exclude: readonly string[];
  readonly near: readonly {
    readonly all: readonly (readonly string[])[];
    readonly within: number;
    readonly ordered: boolean;
    readonly strength: 'strong' | 'weak';
    readonly on: readonly string[];
  }[];
  readonly pinyin: readonly string[];
  readonly initials: readonly string[];
}

/** A place where a word of a group stands; offsets into the view. */
export interface Place {
  readonly start: number;
  readonly end: number;
  /** The word as it was looked for, folded. */
  readonly word: string;
  readonly disguise: 'none' | 'separators' | 'look-alike' | 'pinyin' | 'initials';
  /** How the figures there were worked out, in Chinese, where a structured cue did so. */
  readonly steps?: string;
}

type WordKind = 'plain' | 'pinyin' | 'initials';

/** One near pattern or term list after its words were given group numbers. */
export interface CompiledPhrase {
  readonly rule: number;
  readonly strength: 'strong' | 'weak' | 'exclude';
  readonly groups: readonly number[];
  readonly within: number;
  readonly ordered: boolean;
  /** Kinds of page on which the pattern counts; empty: all. */
  readonly on: readonly string[];
}

/** Gives each distinct list of words a number, so that equal groups of several rules are searched once. */
export class GroupTable {
  private readonly numbers = new Map<string, number>();
  readonly words: { needle: string; plain: string; kind: WordKind; groups: number[] }[] = [];
  readonly structured: { name: string; groups: number[] }[] = [];
  private readonly byWord = new Map<string, number>();

  constructor(private readonly lexicons: Readonly<Record<string, readonly string[]>>) {}

  /** The number of a group of words. */
  numberOf(terms: readonly string[], kind: WordKind = 'plain'): number {
    const key = `${kind}|${terms.join('|')}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const group = this.numbers.size;
    this.numbers.set(key, group);
    for (const term of terms) this.add(term, kind, group);
    return group;
  }

  private add(term: string, kind: WordKind, group: number): void {
    const name = term.startsWith('$') ? term.slice(1) : null;
    const lexicon = name === null ? undefined : this.lexicons[name];
    if (lexicon) for (const word of lexicon) this.add(word, kind, group);
    else if (name !== null && name in STRUCTURED_CUES) this.addStructured(name, group);
    else if (kind === 'pinyin') for (const form of pinyinForms(term)) this.addWord(form, kind, group);
    else this.addWord(term, kind, group);
  }

  private addStructured(name: string, group: number): void {
    const entry = this.structured.find((it) => it.name === name);
    if (entry) entry.groups.push(group);
    else this.structured.push({ name, groups: [group] });
  }

  private addWord(term: string, kind: WordKind, group: number): void {
    const { plain, even } = needleOf(term);
    const key = `${kind}|${plain}`;
    const known = this.byWord.get(key);
    if (known !== undefined) this.words[known]?.groups.push(group);
    else {
      this.byWord.set(key, this.words.length);
      this.words.push({ needle: even, plain, kind, groups: [group] });
    }
  }

  get size(): number {
    return this.numbers.size;
  }
}

/** Shortest word for which a look-alike spelling is believed. */
const MIN_LOOK_ALIKE = 3;

function isWordBounded(text: string, start: number, end: number): boolean {
  return !/[a-z0-9]/.test(text[start - 1] ?? '') && !/[a-z0-9]/.test(text[end] ?? '');
}

/** Without a digit or a word that a rule names there is nothing to compare. */
const HAS_FIGURE = /[0-9]/;

/** Finds the places of all groups of a pack in one pass over a text. */
export class PlaceFinder {
  private readonly matcher: TermMatcher;

  constructor(private readonly table: GroupTable) {
    this.matcher = new TermMatcher(table.words.map((word) => word.needle));
  }

  /**
   * Group number -> places in order of start, of words that begin at one place the longest; groups without are absent.
   *
   * @param asOf Day on which the text was shown, for cues that compare days.
   */
  find(view: View, asOf: string): Map<number, Place[]> {
    const places = new Map<number, Place[]>();
    const put = (groups: readonly number[], place: Place): void => {
      for (const group of groups) {
        const list = places.get(group);
        const last = list?.at(-1);
        if (!list) places.set(group, [place]);
        else if (last?.start !== place.start) list.push(place);
        else if (last.end < place.end) list[list.length - 1] = place;
      }
    };
    for (const { word, start, end } of this.matcher.find(view.even)) {
      const entry = this.table.words[word];
      const disguise = entry ? disguiseOf(view, entry, start, end) : null;
      if (entry && disguise) put(entry.groups, { start, end, word: entry.plain, disguise });
    }
    if (places.size > 0 || HAS_FIGURE.test(view.repaired)) {
      for (const { groups, place } of this.structuredPlaces(view, asOf)) put(groups, place);
    }
    return places;
  }

  private structuredPlaces(view: View, asOf: string): { groups: readonly number[]; place: Place }[] {
    return this.table.structured.flatMap(({ name, groups }) => {
      const found = STRUCTURED_CUES[name]?.(view, asOf) ?? [];
      return found.map(({ start, end, steps }) => {
        const place: Place = { start, end, word: view.repaired.slice(start, end), disguise: 'none' };
        return { groups, place: steps === null ? place : { ...place, steps } };
      });
    });
  }
}

/** How a word found in the even text was written; null when it is not to be believed. */
function disguiseOf(
  view: View,
  entry: { plain: string; kind: WordKind },
  start: number,
  end: number,
): Place['disguise'] | null {
  if (entry.kind === 'initials') return isWordBounded(view.repaired, start, end) ? 'initials' : null;
  const isExact = view.repaired.slice(start, end) === entry.plain;
  if (!isExact && entry.plain.length < MIN_LOOK_ALIKE) return null;
  if (entry.kind === 'pinyin') return 'pinyin';
  if (view.text.slice(start, end) !== entry.plain) return 'look-alike';
  return hasGap(view, start, end) ? 'separators' : 'none';
}

/** Whether separators were taken out between the first and the last unit of a span. */
function hasGap(view: View, start: number, end: number): boolean {
  const { map } = view.squeezed;
  for (let at = start + 1; at < end; at += 1) {
    const from = map[at - 1] ?? 0;
    const to = map[at] ?? 0;
    if (to - from > 1 && view.original.slice(from, to).length > 1 && (view.original.codePointAt(from) ?? 0) <= 0xffff)
      return true;
  }
  return false;
}
