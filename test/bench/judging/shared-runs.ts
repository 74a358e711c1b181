import { fold } from '#classifiers/text';

/** So many characters in a row that stand in a held text and in what was learned from are no chance. */
export const RUN = 10;
/** A run of letters or numbers in the main is an address or markup, no wording. */
const LEAST_HAN = 5;

/** The letters of a text, folded, each number as one; tags, punctuation and white space say nothing. */
export function lettersOf(text: string): string {
  const { text: folded } = fold(text.replace(/<[^<>]{0,200}>/g, ''));
  return folded.replace(/[^\p{L}\p{N}]+/gu, '').replace(/[0-9]+/g, '0');
}

/** Every run of {@link RUN} letters of a text; none when it is shorter. */
export function runsOf(text: string): string[] {
  const letters = lettersOf(text);
  const runs = Array.from({ length: Math.max(0, letters.length - RUN + 1) }, (_, i) => letters.slice(i, i + RUN));
  return runs.filter((run) => (run.match(/\p{Script=Han}/gu)?.length ?? 0) >= LEAST_HAN);
}

/** A text to hold against the held ones, and where it stands. */
export interface Learned {
  readonly place: string;
  readonly text: string;
}

/** Where something learned from repeats a held text, with the first run they share. */
export interface Repeated extends Learned {
  readonly run: string;
}

/**
 * What of the learned texts shares a run with a held one, in order.
 *
 * @param fixed Names and formulas that anybody would write alike: a run inside one of them is no repetition.
 */
export function repeatedIn(learned: readonly Learned[], held: readonly string[], fixed: readonly string[]): Repeated[] {
  const allowed = new Set(fixed.flatMap(runsOf));
  const heldRuns = new Set(held.flatMap(runsOf).filter((run) => !allowed.has(run)));
  return learned.flatMap((one): Repeated[] => {
    const run = runsOf(one.text).find((it) => heldRuns.has(it));
    return run === undefined ? [] : [{ ...one, run }];
  });
}
