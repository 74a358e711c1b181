import { type PageId, type PlatformId, type TaskId } from './ids';
import { type Channel } from './platform';
import { type Moves } from './moves';

/** Every kind of page, in the order people list them. */
export const PAGE_KINDS = [
  'home',
  'product',
  'loan',
  'about',
  'disclosure',
  'help',
  'news',
  'notice',
  'academy',
  'agreement',
  'activity',
  'listing',
  'ad',
  'leaflet',
] as const;

/** What a page is for; the strongest single cue of whether a sentence is an offer. `loan` is a 标的, `listing` an app listing. */
export type PageKind = (typeof PAGE_KINDS)[number];

/** As whom a page is looked at; sites show different pages to different visitors. */
export type Persona = 'desktop' | 'mobile';

/** One address of a platform in one channel as one persona sees it, across nights. */
export interface Page {
  readonly id: PageId;
  readonly platformId: PlatformId;
  readonly channel: Channel;
  /** The address without fragment, session and tracking parameters; one page has one. */
  readonly urlKey: string;
  readonly url: string;
  readonly persona: Persona;
}

/** Where a page stands inside one task. `render` waits for the browser; `passed-over` lies beyond the budget, a counted gap. */
export type PageState = 'planned' | 'render' | 'seen' | 'unseen' | 'passed-over';

export const PAGE_MOVES: Moves<PageState> = {
  planned: ['render', 'seen', 'unseen', 'passed-over'],
  render: ['render', 'seen', 'unseen', 'passed-over'],
  seen: [],
  unseen: [],
  'passed-over': [],
};

/** Why a page waits for the browser. */
export type RenderReason = 'script' | 'tabs' | 'second-look' | 'asked';

/** What an address is fetched for: to be read as a page, or to learn what may and should be visited. */
export type PageRole = 'page' | 'robots' | 'sitemap';

/** A page as one task plans it. */
export interface PlannedPage {
  readonly taskId: TaskId;
  readonly pageId: PageId;
  readonly url: string;
  readonly urlKey: string;
  readonly role: PageRole;
  readonly depth: number;
  /** Smaller goes first. */
  readonly priority: number;
  readonly state: PageState;
  readonly renderReason: RenderReason | null;
  /** The text of the link that led here; empty for the start page and for sitemap entries. */
  readonly linkText: string;
  readonly persona: Persona;
}
