/** Pages of one series that are visited; what lies behind them is counted, not seen. */
export const MAX_PAGES_PER_SERIES = 20;

/** Series told apart; a site that makes up more is stopped by the page budget. */
const MAX_SERIES = 10_000;

const PAGING_NAME =
  /^(page|p|pn|pg|pageno|page_no|pageindex|page_index|pagenum|curpage|currentpage|offset|start|skip)$/i;
const CALENDAR_NAME = /^(date|day|month|year|ym|ymd|week|calendar|from_date|to_date|startdate|enddate)$/i;
const NUMBER = /^\d{1,9}$/;
const DATE = /^(\d{4}[-_.]?\d{1,2}([-_.]?\d{1,2})?|\d{1,2}[-_.]\d{1,2}[-_.]\d{4})$/;

function maskQuery(url: URL): { masked: string; isSeries: boolean } {
  let isSeries = false;
  const names = [...url.searchParams].map(([name, value]) => {
    const isStep = (PAGING_NAME.test(name) && NUMBER.test(value)) || (CALENDAR_NAME.test(name) && /\d/.test(value));
    isSeries ||= isStep;
    return isStep ? `${name}={n}` : `${name}=${value}`;
  });
  return { masked: names.join('&'), isSeries };
}

/** Segments that begin again and again: links that are relative by mistake make such paths without end. */
function repeats(segments: readonly string[]): boolean {
  const counts = new Map<string, number>();
  for (const segment of segments) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  return [...counts.values()].some((count) => count >= 3);
}

function maskSegment(segment: string, before: string | undefined): string {
  if (DATE.test(segment) && segment.length >= 6) return '{d}';
  if (NUMBER.test(segment) && before !== undefined && /^(page|p|pn|calendar|\{d\}|(19|20)\d\d)$/i.test(before))
    return '{n}';
  return segment.replace(/^((?:list|index|page|p)[-_]?)\d{1,9}(\.\w{1,6})?$/i, '$1{n}$2');
}

/**
 * What a page is one of many of, by its address alone: a page of a list, a day of a calendar, a path that repeats
 * itself. Null for a page that stands for itself; numbers of products and articles are no series.
 *
 * @param urlKey The address without what tells no pages apart.
 */
export function seriesOf(urlKey: string): string | null {
  const url = new URL(urlKey);
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  if (repeats(segments)) return `${url.origin}/{repeated}`;
  const path = segments.map((segment, at) => maskSegment(segment, segments[at - 1])).join('/');
  const { masked, isSeries } = maskQuery(url);
  return isSeries || path !== segments.join('/') ? `${url.origin}/${path}?${masked}` : null;
}

/** Counts the pages of each series and lets the first ones in. */
export class SeriesSampler {
  readonly #counts = new Map<string, number>();
  /** Pages left out, and one address of them. */
  leftOut = 0;
  example: string | null = null;

  /** False for a page beyond its series' share; a page that stands for itself always gets in. */
  admits(urlKey: string): boolean {
    const series = seriesOf(urlKey);
    if (series === null) return true;
    const count = (this.#counts.get(series) ?? 0) + 1;
    if (count <= MAX_PAGES_PER_SERIES && (count > 1 || this.#counts.size < MAX_SERIES)) {
      this.#counts.set(series, count);
      return true;
    }
    this.leftOut += 1;
    this.example ??= urlKey;
    return false;
  }
}
