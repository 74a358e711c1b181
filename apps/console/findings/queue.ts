/** The findings a person is going through, kept while the page lives so that one screen can step to the next. */
interface Queue {
  readonly ids: readonly string[];
  /** Address of the list they came from, with its filter. */
  readonly from: string;
}

let queue: Queue = { ids: [], from: '/findings?decision=undecided' };

export function keepQueue(ids: readonly string[], from: string): void {
  queue = { ids, from };
}

/** The neighbours of a finding in the queue; null where there is none, or when it is not in it. */
export function neighboursOf(id: string): {
  at: number;
  of: number;
  previous: string | null;
  next: string | null;
  from: string;
} {
  const at = queue.ids.indexOf(id);
  const beside = (step: number): string | null => (at < 0 ? null : (queue.ids[at + step] ?? null));
  return { at: at + 1, of: at < 0 ? 0 : queue.ids.length, previous: beside(-1), next: beside(1), from: queue.from };
}
