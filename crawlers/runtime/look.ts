import {
  type Capture,
  type CoverageGap,
  type PageRole,
  type Persona,
  type PlannedPage,
  type RenderReason,
  type RunOrders,
  type TaskId,
  type Visit,
} from '#libs/domain';
import { type HtmlDocument, type Layout } from '#libs/html';

/** An address that a look turned up, already resolved, in scope and normalised. */
export interface FoundPage {
  readonly url: string;
  readonly urlKey: string;
  readonly role: PageRole;
  readonly depth: number;
  /** Smaller goes first: disclosure, products and agreements before the rest. */
  readonly priority: number;
  readonly linkText: string;
  readonly persona: Persona;
}

/** One attempt to see one page, with everything that later stages need, handed along in memory. */
export interface Look {
  readonly page: PlannedPage;
  readonly visit: Visit;
  /** Null when no byte came: nothing to seal. Blocked and error pages have a capture: they are evidence too. */
  readonly capture: Capture | null;
  /** The page's one parse; null when it is no HTML or was not seen. */
  readonly document: HtmlDocument | null;
  readonly layout: Layout | null;
  /** Why this page should be looked at in the browser; null when HTTP sufficed, and always null from the browser. */
  readonly needsRender: RenderReason | null;
  /** In the order of the page; empty from pages that were not seen. */
  readonly found: readonly FoundPage[];
  /** True when this attempt will be followed by another because its outcome is worth one. */
  readonly willRetry: boolean;
}

/** What a crawl hands over while it goes; the stage stands behind it. */
export interface CrawlDesk {
  /** Makes found addresses pages of this task; gives every one of them back as it stands now, known or new. */
  plan(found: readonly FoundPage[]): Promise<readonly PlannedPage[]>;
  /** Takes one look; resolves when it is sealed and judged. Several may be under way at once. */
  take(look: Look): Promise<void>;
  /** Notes what was left out. */
  miss(gap: Omit<CoverageGap, 'taskId'>): Promise<void>;
}

/** One pass over one target. */
export interface CrawlPass {
  readonly taskId: TaskId;
  readonly startUrl: string;
  readonly orders: RunOrders;
  /** `http` visits pages in state `planned`, `browser` those in state `render`. */
  readonly by: 'http' | 'browser';
  /** Pages that wait, most urgent first; on a fresh task the start page alone. */
  readonly pages: readonly PlannedPage[];
  /** Pages of this task that were visited before; counts against `orders.maxPages`. */
  readonly seenSoFar: number;
  /** Aborts between pages; what is not visited stays planned. */
  readonly signal: AbortSignal;
}
