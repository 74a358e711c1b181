import { type DisclosureSighting, type PageKind, type Reading } from '#libs/domain';
import { type HtmlDocument } from '#libs/html';
import { candidatesOf, type Candidate } from './candidates';
import { countsOn, type Checklist, type ChecklistItem } from './checklist';
import { isEmptyFor, saysNone } from './emptiness';
import { belowHeadings } from './headings';
import { LabelIndex } from './label-index';
import { asOfDaysIn, dayIn, requiredMonthEnd, requiredReportYear } from './month-end';
import { pictureSpeaks } from './pictures';
import { shownOn } from './shown-by';
import { unreadOn } from './unread';
import { fits, isUscc } from './value-kinds';

const LONGEST_QUOTE = 300;
const PLACES: readonly PageKind[] = ['home', 'disclosure', 'about'];
const CODE = /(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])/g;

const indexes = new WeakMap<Checklist, LabelIndex>();

/**
 * Finds every place on one page that answers an item of the checklist, in the order: rows and `label：value` texts,
 * patterns, what stands below headings, what could not be read. Placeholders are told apart before shapes of values
 * are looked at. The same reading gives the same sightings.
 *
 * @param asOf Calendar day by which figures and reports are called stale, `YYYY-MM-DD`.
 * @param document The page's parse, which knows pictures and files that a reading does not; without it such sightings
 * of what is `unread` are missing, and only rows speak for pictures.
 */
export function findSightings(
  reading: Reading,
  checklist: Checklist,
  asOf: string,
  document: HtmlDocument | null = null,
): DisclosureSighting[] {
  const page = new PageSightings(reading, checklist, asOf);
  const labelled = candidatesOf(reading, page.index, document?.images ?? null).flatMap((candidate) =>
    page.ofCandidate(candidate),
  );
  const shown = shownOn(reading, checklist).flatMap((it) => page.of(it.item, it.value, it.path));
  const headed = belowHeadings(reading, checklist).flatMap((it) => page.of(it.item, it.value, it.path));
  const found = [...labelled, ...shown, ...headed, ...page.ofCodes(), ...page.ofTitle(), ...page.ofDates()];
  return [...withoutRepeats(found), ...unreadOn(reading, document, page.index)];
}

class PageSightings {
  readonly index: LabelIndex;
  private readonly asOfDays: readonly string[];

  constructor(
    private readonly reading: Reading,
    private readonly checklist: Checklist,
    private readonly asOf: string,
  ) {
    this.index = indexes.get(checklist) ?? new LabelIndex(checklist);
    indexes.set(checklist, this.index);
    this.asOfDays = asOfDaysOf(reading);
  }

  ofCandidate(candidate: Candidate): DisclosureSighting[] {
    const { items, label, value, path } = candidate;
    const here = items.filter((item) => countsOn(item, this.reading.pageKind));
    if (here.some((item) => item.id === 'B16') && saysNone(value.slice(0, 40).split(/[（(，,。]/u)[0] ?? ''))
      return this.noBranches(value, path);
    return here.flatMap((item) => {
      const told = value === '' ? pictureSpeaks(item, candidate, this.reading) : value;
      if (told === null) return [];
      return this.of(item, told, path, `${label} ${told}`.trim());
    });
  }

  of(item: ChecklistItem, value: string, path: string, quote = value): DisclosureSighting[] {
    const isEmpty = isEmptyFor(item, value);
    if (!isEmpty && !fits(item.value, value) && !saysNone(value)) return [];
    const asOf = item.due === 'monthly' ? this.asOfDayOf(item, value) : reportDay(item, `${quote} ${value}`);
    const state = isEmpty ? 'present-empty' : this.isStale(item, asOf) ? 'stale' : 'present';
    return [
      { item: item.id, state, value: value.slice(0, LONGEST_QUOTE), asOf, path, quote: quote.slice(0, LONGEST_QUOTE) },
    ];
  }

  /** A code without a label counts when its check character is right; 18 characters alone may be anything. */
  ofCodes(): DisclosureSighting[] {
    const item = this.checklist.items.find((it) => it.value === 'uscc');
    if (item === undefined || !PLACES.includes(this.reading.pageKind)) return [];
    return this.reading.segments.flatMap(({ text, path }) =>
      [...text.slice(0, 4000).matchAll(CODE)].flatMap(([code]) => (isUscc(code) ? this.of(item, code, path) : [])),
    );
  }

  /** The name of the site in the title of its home page is the platform's short name. */
  ofTitle(): DisclosureSighting[] {
    const item = this.checklist.items.find((it) => it.id === 'B02');
    const name = this.reading.title.split(/[-_|｜—–·:：,，\s]/u)[0]?.trim() ?? '';
    if (item === undefined || this.reading.pageKind !== 'home' || name.length < 2 || name.length > 16) return [];
    return this.of(
      item,
      name,
      this.reading.segments.find((it) => it.source === 'title')?.path ?? '/html[1]/head[1]/title[1]',
    );
  }

  /** The day of the figures, wherever the page says it. */
  ofDates(): DisclosureSighting[] {
    const item = this.checklist.items.find((it) => it.id === 'D21');
    if (item === undefined || this.reading.pageKind !== 'disclosure') return [];
    return this.reading.segments.flatMap(({ text, path, source }) =>
      source === 'meta' ? [] : asOfDaysIn(text.slice(0, 4000)).flatMap((day) => this.of(item, day, path, text)),
    );
  }

  private noBranches(value: string, path: string): DisclosureSighting[] {
    const branches = this.checklist.items.filter((item) => item.applies === 'branches');
    return branches.flatMap((item) => this.of(item, '无', path, `分支机构：${value}`));
  }

  /** With several dates on a page the latest speaks, in favour of the platform. */
  private asOfDayOf(item: ChecklistItem, value: string): string | null {
    const own = item.value === 'day' ? dayIn(value) : null;
    return own ?? this.asOfDays.at(-1) ?? null;
  }

  private isStale(item: ChecklistItem, asOf: string | null): boolean {
    if (asOf === null || item.due === null) return false;
    if (item.due === 'monthly') return asOf < requiredMonthEnd(this.asOf, this.checklist.holidays);
    return Number(asOf.slice(0, 4)) < requiredReportYear(this.asOf);
  }
}

function asOfDaysOf(reading: Reading): string[] {
  const texts = reading.segments.filter((it) => it.source !== 'meta').map((it) => it.text.slice(0, 4000));
  const inRows = reading.rows.flatMap((row) =>
    row.cells.some((cell) => /统计时点|截[至止]/.test(cell)) ? [row.cells.join('：')] : [],
  );
  return [...texts, ...inRows].flatMap(asOfDaysIn).sort();
}

/** The year that a report speaks of, as its last day; the latest when several are named. */
function reportDay(item: ChecklistItem, text: string): string | null {
  if (item.due !== 'yearly') return null;
  const years = [...text.matchAll(/(20[0-3]\d)\s*年?/g)].map((it) => it[1] ?? '').sort();
  const year = years.at(0);
  return year === undefined ? null : `${year}-12-31`;
}

function withoutRepeats(sightings: readonly DisclosureSighting[]): DisclosureSighting[] {
  const seen = new Set<string>();
  return sightings.filter((it) => {
    const key = `${it.item} ${it.state} ${it.value} ${it.path}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
