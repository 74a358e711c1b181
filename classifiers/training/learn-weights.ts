import { logOddsOf, type Circumstances } from '#classifiers/model';

/** Something that was weighed, and whether it was true. */
export interface Weighed {
  readonly circumstances: Circumstances;
  readonly isTrue: boolean;
}

const EPOCHS = 25;
const RATE = 0.05;
/** The weights given are the mean of those after each of the last epochs: the last alone swings with its last lessons. */
const AVERAGED = 15;
/** Pulls weights towards nothing, so that rare circumstances do not shout. */
const PULL = 1e-5;
/** Which way a circumstance may speak at most: a denial never for a hit, an offer never against one. */
function bounded(name: string, weight: number, signs: ReadonlyMap<string, number>): number {
  const sign = signs.get(name) ?? 0;
  return sign === 0 || weight * sign >= 0 ? weight : 0;
}

const next = (state: number): number => (Math.imul(state, 1664525) + 1013904223) >>> 0;

/**
 * Logistic regression over named circumstances, in an order drawn from a fixed seed; rounded to four digits.
 *
 * @param signs Circumstances that may speak for (1) or against (-1) only; others may do either.
 */
export function learnWeights(weighed: readonly Weighed[], signs: ReadonlyMap<string, number>): Map<string, number> {
  const weights = new Map<string, number>();
  const squares = new Map<string, number>();
  const order = [...weighed];
  const sums = new Map<string, number>();
  let state = 3;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) {
      state = next(state);
      const j = Math.floor((state / 4294967296) * (i + 1));
      [order[i], order[j]] = [order[j] as Weighed, order[i] as Weighed];
    }
    for (const { circumstances, isTrue } of order) {
      const error = 1 / (1 + Math.exp(-logOddsOf(weights, circumstances))) - (isTrue ? 1 : 0);
      for (const [name, value] of circumstances) {
        const weight = weights.get(name) ?? 0;
        const gradient = error * value + PULL * weight;
        const square = (squares.get(name) ?? 1e-6) + gradient * gradient;
        squares.set(name, square);
        weights.set(name, bounded(name, weight - (RATE * gradient) / Math.sqrt(square), signs));
      }
    }
    if (epoch >= EPOCHS - AVERAGED)
      for (const [name, weight] of weights) sums.set(name, (sums.get(name) ?? 0) + weight / AVERAGED);
  }
  return new Map([...sums].map(([name, weight]) => [name, Math.round(weight * 1e4) / 1e4]));
}
