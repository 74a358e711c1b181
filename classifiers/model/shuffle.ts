/** The next state of a linear congruential generator: the same order on every machine. — Numerical Recipes */
const next = (state: number): number => (Math.imul(state, 1664525) + 1013904223) >>> 0;

/** Puts numbers in another order, drawn from a seed; gives the seed for the next time. — Fisher, Yates */
export function shuffle(order: Int32Array, seed: number): number {
  let state = seed;
  for (let i = order.length - 1; i > 0; i -= 1) {
    state = next(state);
    const j = Math.floor((state / 4294967296) * (i + 1));
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return state;
}
