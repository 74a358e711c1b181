import {
  newId,
  PAGE_MOVES,
  mayMove,
  type CoverageGap,
  type PageState,
  type PlannedPage,
  type TaskId,
} from '#libs/domain';
import { type CrawlDesk, type FoundPage, type Look } from '#crawlers/runtime';

/** A desk in memory that follows the table of moves: what a crawl asks of it can be looked at afterwards. */
export class RecordingDesk implements CrawlDesk {
  readonly looks: Look[] = [];
  readonly gaps: Omit<CoverageGap, 'taskId'>[] = [];
  readonly #pages = new Map<string, PlannedPage>();

  /** @param taking Called with each look before it is kept; what it throws, taking throws. */
  constructor(
    private readonly taskId: TaskId = newId(),
    private readonly taking: (look: Look) => void | Promise<void> = () => undefined,
  ) {}

  plan(found: readonly FoundPage[]): Promise<readonly PlannedPage[]> {
    const planned = found.map((page) => {
      const known = this.#pages.get(page.urlKey);
      if (known) return known;
      const fresh: PlannedPage = {
        ...page,
        taskId: this.taskId,
        pageId: newId(),
        state: 'planned',
        renderReason: null,
      };
      this.#pages.set(page.urlKey, fresh);
      return fresh;
    });
    return Promise.resolve(planned);
  }

  async take(look: Look): Promise<void> {
    await this.taking(look);
    this.looks.push(look);
    if (look.willRetry) return;
    const page = [...this.#pages.values()].find(({ pageId }) => pageId === look.page.pageId);
    if (!page) throw new Error(`look at a page that was never planned: ${look.page.url}`);
    const state: PageState = look.needsRender !== null ? 'render' : look.visit.outcome === 'ok' ? 'seen' : 'unseen';
    if (!mayMove(PAGE_MOVES, page.state, state))
      throw new Error(`${page.url} cannot go from ${page.state} to ${state}`);
    this.#pages.set(page.urlKey, { ...page, state, renderReason: look.needsRender });
  }

  miss(gap: Omit<CoverageGap, 'taskId'>): Promise<void> {
    this.gaps.push(gap);
    return Promise.resolve();
  }

  /** Pages in a state, in the order they were planned. */
  inState(state: PageState): PlannedPage[] {
    return [...this.#pages.values()].filter((page) => page.state === state);
  }

  /** Pages visited and done with, of role `page`. */
  get visited(): number {
    return [...this.#pages.values()].filter(({ role, state }) => role === 'page' && state !== 'planned').length;
  }
}
