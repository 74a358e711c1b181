import { type Cue, type TextSegment } from '#libs/domain';

/** How much the kind of page speaks for an offer; kinds not named say nothing. */
const PAGE_WEIGHTS: Partial<Record<TextSegment['pageKind'], number>> = {
  home: 0.4,
  product: 0.4,
  loan: 0.4,
  ad: 0.4,
  leaflet: 0.4,
  listing: 0.4,
  activity: 0.4,
  news: -1.1,
  notice: -1.1,
  disclosure: -1.1,
  help: -0.7,
  academy: -4,
};

const PAGE_CUES: Partial<Record<TextSegment['pageKind'], string>> = {
  academy: 'education',
  news: 'news',
  notice: 'news',
};

/** What repeats on every page of a site speaks for the site, whatever the page is for. */
export function kindSpokenFor(segment: TextSegment): TextSegment['pageKind'] {
  const isFrame = segment.region === 'nav' || segment.region === 'footer' || segment.region === 'header';
  return isFrame || (segment.source === 'meta' && segment.pageKind !== 'academy') ? 'home' : segment.pageKind;
}

/** What the kind of page a segment speaks for says about its words. */
export function pageCueOf(segment: TextSegment): Cue {
  const pageKind = kindSpokenFor(segment);
  return { name: PAGE_CUES[pageKind] ?? 'page-kind', weight: PAGE_WEIGHTS[pageKind] ?? 0, quote: null };
}
