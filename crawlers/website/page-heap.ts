import { type PlannedPage } from '#libs/domain';

/** A page that waits, with its place in the order of coming. */
export interface WaitingPage {
  readonly page: PlannedPage;
  readonly order: number;
}

/** Most urgent first, then nearest to the start, then as they came. */
export function isBefore(a: WaitingPage, b: WaitingPage): boolean {
  return (a.page.priority - b.page.priority || a.page.depth - b.page.depth || a.order - b.order) < 0;
}

/** Pages with the most urgent on top; putting in and taking out cost the logarithm of their number. */
export class PageHeap {
  readonly #heap: WaitingPage[] = [];

  get size(): number {
    return this.#heap.length;
  }

  get top(): WaitingPage | undefined {
    return this.#heap[0];
  }

  push(waiting: WaitingPage): void {
    const heap = this.#heap;
    let at = heap.push(waiting) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(waiting, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = waiting;
  }

  /** Takes the top off; nothing happens when there is none. */
  pop(): void {
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#sink(last);
  }

  #sink(waiting: WaitingPage): void {
    const heap = this.#heap;
    for (let at = 0; ;) {
      const least = this.#leastBelow(at);
      const below = heap[least];
      if (below === undefined || !isBefore(below, waiting)) {
        heap[at] = waiting;
        return;
      }
      heap[at] = below;
      at = least;
    }
  }

  #leastBelow(at: number): number {
    const left = 2 * at + 1;
    const [first, second] = [this.#heap[left], this.#heap[left + 1]];
    return first !== undefined && second !== undefined && isBefore(second, first) ? left + 1 : left;
  }
}
