import { type Reading, type TextSegment } from '#libs/domain';
import { type Checklist, type ChecklistItem } from './checklist';

/** Words that show an item although no label of it stands before them. */
export interface Shown {
  readonly item: ChecklistItem;
  readonly value: string;
  readonly path: string;
}

const LONGEST_TEXT = 2000;

interface Compiled {
  readonly item: ChecklistItem;
  readonly patterns: readonly RegExp[];
}

const compiled = new WeakMap<Checklist, readonly Compiled[]>();

/** Looks for the patterns of the checklist: record numbers, codes, telephone numbers, warnings. */
export function shownOn(reading: Reading, checklist: Checklist): Shown[] {
  const wanted = compile(checklist).filter(({ item }) => isLookedFor(item, reading));
  return reading.segments.flatMap((segment) =>
    wanted.flatMap(({ item, patterns }) => {
      if (!mayHold(item, segment)) return [];
      const value = valueIn(segment.text.slice(0, LONGEST_TEXT), patterns);
      return value === null ? [] : [{ item, value, path: segment.path }];
    }),
  );
}

function compile(checklist: Checklist): readonly Compiled[] {
  const known = compiled.get(checklist);
  if (known !== undefined) return known;
  const made = checklist.items
    .filter((item) => item.shownBy.length > 0)
    .map((item) => ({ item, patterns: item.shownBy.map((it) => new RegExp(it, 'u')) }));
  compiled.set(checklist, made);
  return made;
}

function isLookedFor(item: ChecklistItem, reading: Reading): boolean {
  switch (item.shownOn) {
    case 'site':
      return reading.pageKind !== 'academy' && (reading.pageKind !== 'agreement' || item.shownBy.length > 0);
    case 'home':
      return reading.pageKind === 'home';
    case 'places':
      return reading.pageKind === 'home' || reading.pageKind === 'disclosure' || reading.pageKind === 'about';
    case 'edges':
      return true;
  }
}

function mayHold(item: ChecklistItem, segment: TextSegment): boolean {
  if (segment.source === 'meta') return false;
  if (item.id === 'H1') return segment.tag === 'a' || segment.source === 'alt';
  if (item.shownOn !== 'edges') return segment.source !== 'alt' || /公网安备|风险/.test(segment.text);
  return segment.region === 'footer' || segment.region === 'header' || isAtTheEnd(segment);
}

/** Footers without a name are known by what always stands in them. */
function isAtTheEnd(segment: TextSegment): boolean {
  return segment.pageKind === 'about' || /ICP\s*[备证]|©|版权所有|客服|热线/i.test(segment.text);
}

function valueIn(text: string, patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null) return (match[1] ?? match[0]).trim().slice(0, 200);
  }
  return null;
}
