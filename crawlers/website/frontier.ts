import { type PageState, type PlannedPage } from '#libs/domain';
import { isBefore, PageHeap } from './page-heap';

/**
 * The pages of one pass that wait, most urgent first. Holds in memory only what this pass may visit; what stays is
 * planned in the store.
 */
export class Frontier {
  /** Pages that use the budget up, and what does not count against it. */
  readonly #counted = new PageHeap();
  readonly #free = new PageHeap();
  readonly #known = new Set<string>();
  #taken = 0;
  #order = 0;

  /**
   * @param state The state from which this pass visits pages; robots and sitemap files are visited from any.
   * @param budget Pages that may still be visited for the first time.
   */
  constructor(
    private readonly state: PageState,
    private readonly budget: number,
  ) {}

  /** Takes in those pages that wait for this pass and are not in it yet; gives them back. */
  add(pages: readonly PlannedPage[]): PlannedPage[] {
    const added: PlannedPage[] = [];
    for (const page of pages) {
      if (!this.#waits(page) || this.#known.has(page.pageId)) continue;
      added.push(page);
      this.#known.add(page.pageId);
      this.#order += 1;
      (counts(page) ? this.#counted : this.#free).push({ page, order: this.#order });
    }
    return added;
  }

  /** Takes the most urgent page; null when none is left that the budget allows. */
  next(): PlannedPage | null {
    const free = this.#free.top;
    const counted = this.#taken < this.budget ? this.#counted.top : undefined;
    if (counted !== undefined && (free === undefined || isBefore(counted, free))) {
      this.#counted.pop();
      this.#taken += 1;
      return counted.page;
    }
    this.#free.pop();
    return free?.page ?? null;
  }

  /** Pages that wait and do not fit into the budget; 0 as long as there is room. */
  get beyondBudget(): number {
    return this.#taken < this.budget ? 0 : this.#counted.size;
  }

  #waits(page: PlannedPage): boolean {
    return page.role === 'page' ? page.state === this.state : page.state === 'planned' || page.state === 'render';
  }
}

/** A second look at a page that was seen over HTTP is no new page; robots and sitemap files are none at all. */
const counts = (page: PlannedPage): boolean =>
  page.role === 'page' && (page.state === 'planned' || page.renderReason === 'asked');
