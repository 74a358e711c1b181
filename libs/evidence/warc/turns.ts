/**
 * Lets works run one after another, and gathers what comes in meanwhile: everything added while a work runs goes
 * together into the next one.
 */
export class Turns<Item> {
  #last: Promise<unknown> = Promise.resolve();
  #waiting: Item[] = [];

  /** @param work Takes everything that waits, in the order it came; must not reject. */
  constructor(private readonly work: (group: readonly Item[]) => Promise<void>) {}

  add(item: Item): void {
    this.#waiting.push(item);
    if (this.#waiting.length > 1) return;
    void this.alone(async () => {
      const group = this.#waiting;
      this.#waiting = [];
      await this.work(group);
    });
  }

  /** Runs something between two works. */
  async alone<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(run, run);
    this.#last = turn.catch(() => undefined); // whoever asked for this turn gets its error; the next turn goes on
    return turn;
  }
}
