import { type View } from '#classifiers/text';
import { STRUCTURED_CUES } from './structured-cues';
import { GroupTable, PlaceFinder, type CompiledPhrase, type PhraseTerms, type Place } from './phrase-index';

/** Words of one rule found in a text; offsets into the view. */
export interface Trigger {
  /** Index of the rule in the list that the detector was made from. */
  readonly rule: number;
  readonly start: number;
  readonly end: number;
  readonly strength: 'strong' | 'weak';
  readonly places: readonly Place[];
  /** The word with another meaning that covers the trigger, when there is one. */
  readonly excludedBy: Place | null;
}

/** A lexicon or structured cue of which something stands at a place. */
export interface NamedPlace {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What stands in a text. */
export interface Found {
  /** Every trigger of every rule, also those that a word of another meaning covers. */
  readonly triggers: readonly Trigger[];
  /** Words of the pack's lexicons and structured cues, in order of their names. */
  readonly named: readonly NamedPlace[];
}

/** First place of a sorted list that begins at or after an offset, by halving. */
function firstFrom(places: readonly Place[], offset: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many places before a hull are looked at: those nearest to it may overlap it. */
const LOOK_BACK = 4;

/** The last place that ends before a hull begins, and how far before. */
function nearestBefore(places: readonly Place[], hull: { start: number }): { place: Place; gap: number } | null {
  const next = firstFrom(places, hull.start);
  const place = places.slice(Math.max(0, next - LOOK_BACK), next).findLast((it) => it.end <= hull.start);
  return place ? { place, gap: hull.start - place.end } : null;
}

/** How many places inside a hull are looked at. */
const LOOK_INSIDE = 6;

/** A place between the words found so far, touching none of them. */
function inside(
  places: readonly Place[],
  hull: { start: number; end: number },
  members: readonly Place[],
): Place | null {
  const first = firstFrom(places, hull.start);
  const within = places.slice(first, first + LOOK_INSIDE).filter(({ end }) => end <= hull.end);
  return within.find((it) => members.every((word) => it.end <= word.start || it.start >= word.end)) ?? null;
}

/** The place nearest to a hull that does not overlap it; null when none lies within the distance. */
function nearest(places: readonly Place[], hull: { start: number; end: number }, phrase: CompiledPhrase): Place | null {
  const after = places[firstFrom(places, hull.end)];
  const gapAfter = after ? after.start - hull.end : Infinity;
  const before = phrase.ordered ? null : nearestBefore(places, hull);
  if (before && before.gap <= phrase.within && before.gap < gapAfter) return before.place;
  return gapAfter <= phrase.within ? (after ?? null) : null;
}

/** Looks for the words of many rules at once. Cost grows with the text, not with the number of rules. */
export class PhraseDetector {
  private readonly finder: PlaceFinder;
  private readonly byFirstGroup = new Map<number, CompiledPhrase[]>();
  private readonly named: readonly { readonly name: string; readonly group: number }[];

  constructor(rules: readonly PhraseTerms[], lexicons: Readonly<Record<string, readonly string[]>>) {
    const table = new GroupTable(lexicons);
    rules.forEach((terms, rule) => this.compile(table, terms, rule));
    const names = [...Object.keys(lexicons), ...Object.keys(STRUCTURED_CUES)].sort();
    this.named = names.map((name) => ({ name, group: table.numberOf([`$${name}`]) }));
    this.finder = new PlaceFinder(table);
  }

  private compile(table: GroupTable, terms: PhraseTerms, rule: number): void {
    const single = (group: number, strength: CompiledPhrase['strength']): void =>
      this.add({ rule, strength, groups: [group], within: 0, ordered: true, on: [] });
    if (terms.strong.length > 0) single(table.numberOf(terms.strong), 'strong');
    if (terms.pinyin.length > 0) single(table.numberOf(terms.pinyin, 'pinyin'), 'strong');
    if (terms.initials.length > 0) single(table.numberOf(terms.initials, 'initials'), 'strong');
    if (terms.weak.length > 0) single(table.numberOf(terms.weak), 'weak');
    if (terms.exclude.length > 0) single(table.numberOf(terms.exclude), 'exclude');
    for (const { all, within, ordered, strength, on } of terms.near) {
      this.add({ rule, strength, groups: all.map((group) => table.numberOf(group)), within, ordered, on });
    }
  }

  private add(phrase: CompiledPhrase): void {
    const group = phrase.groups[0] ?? 0;
    const list = this.byFirstGroup.get(group);
    if (list) list.push(phrase);
    else this.byFirstGroup.set(group, [phrase]);
  }

  /**
   * Looks for the triggers of all rules and for the words they are made of.
   *
   * @param pageKind Decides whether patterns bound to kinds of page count.
   * @param asOf Day on which the text was shown, `YYYY-MM-DD`.
   */
  find(view: View, pageKind: string, asOf: string): Found {
    const places = this.finder.find(view, asOf);
    const triggers: Trigger[] = [];
    const excludes = new Map<number, Place[]>();
    for (const [group, firsts] of places) {
      for (const phrase of this.byFirstGroup.get(group) ?? []) {
        if (phrase.strength === 'exclude') excludes.set(phrase.rule, firsts);
        else if (phrase.on.length === 0 || phrase.on.includes(pageKind))
          triggers.push(...occurrencesOf(phrase, firsts, places));
      }
    }
    return {
      triggers: triggers.map((it) => ({ ...it, excludedBy: coverOf(it, excludes.get(it.rule) ?? []) })),
      named: this.named.flatMap(({ name, group }) =>
        (places.get(group) ?? []).map(({ start, end }) => ({ name, start, end })),
      ),
    };
  }
}

/** The words of a pattern around its first one; null when one is not near enough. */
function membersAround(first: Place, rest: readonly (readonly Place[])[], phrase: CompiledPhrase): Place[] | null {
  const members = [first];
  let hull = { start: first.start, end: first.end };
  for (const list of rest) {
    const next = nearest(list, hull, phrase) ?? (phrase.ordered ? null : inside(list, hull, members));
    if (!next) return null;
    members.push(next);
    hull = { start: Math.min(hull.start, next.start), end: Math.max(hull.end, next.end) };
  }
  return members;
}

function occurrencesOf(phrase: CompiledPhrase, firsts: readonly Place[], places: Map<number, Place[]>): Trigger[] {
  if (phrase.strength === 'exclude') return [];
  const { rule, strength } = phrase;
  const rest = phrase.groups.slice(1).map((group) => places.get(group) ?? []);
  return firsts.flatMap((first): Trigger[] => {
    const members = membersAround(first, rest, phrase);
    if (!members) return [];
    const start = Math.min(...members.map((word) => word.start));
    const end = Math.max(...members.map((word) => word.end));
    return [{ rule, strength, start, end, places: members, excludedBy: null }];
  });
}

/** A word of another meaning covers a trigger when it holds one of the trigger's words whole. */
function coverOf(trigger: Trigger, excludes: readonly Place[]): Place | null {
  for (const word of trigger.places) {
    const next = firstFrom(excludes, word.start + 1);
    const cover = excludes.slice(Math.max(0, next - 6), next).find((place) => place.end >= word.end);
    if (cover) return cover;
  }
  return null;
}
