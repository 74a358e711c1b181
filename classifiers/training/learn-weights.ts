import { shuffle, type Circumstances } from '#classifiers/model';

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
/** What is learned from, with its circumstances as numbers: names are looked up once, not in every epoch. */
interface Numbered {
  readonly names: readonly string[];
  readonly examples: readonly { readonly at: Int32Array; readonly values: Float64Array; readonly truth: number }[];
}

function numbered(weighed: readonly Weighed[]): Numbered {
  const places = new Map<string, number>();
  const placeOf = (name: string): number => {
    const known = places.get(name) ?? places.size;
    places.set(name, known);
    return known;
  };
  const examples = weighed.map(({ circumstances, isTrue }) => ({
    at: Int32Array.from([...circumstances.keys()], placeOf),
    values: Float64Array.from(circumstances.values()),
    truth: isTrue ? 1 : 0,
  }));
  return { names: [...places.keys()], examples };
}

/** Weights as they are while they are learned. */
interface Learning {
  readonly weights: Float64Array;
  readonly squares: Float64Array;
  /** Which way a circumstance may speak at most: 1 for, -1 against, 0 either. */
  readonly signs: Int8Array;
}

type Example = Numbered['examples'][number];

function logOdds({ weights }: Learning, { at, values }: Example): number {
  let sum = 0;
  for (let i = 0; i < at.length; i += 1) sum += (weights[at[i] ?? 0] ?? 0) * (values[i] ?? 0);
  return sum;
}

function move({ weights, squares, signs }: Learning, place: number, pull: number): void {
  const weight = weights[place] ?? 0;
  const gradient = pull + PULL * weight;
  const square = (squares[place] ?? 0) + gradient * gradient;
  squares[place] = square;
  const moved = weight - (RATE * gradient) / Math.sqrt(square);
  weights[place] = moved * (signs[place] ?? 0) < 0 ? 0 : moved;
}

function learn(learning: Learning, example: Example): void {
  const error = 1 / (1 + Math.exp(-logOdds(learning, example))) - example.truth;
  example.at.forEach((place, i) => {
    move(learning, place, error * (example.values[i] ?? 0));
  });
}

/**
 * Logistic regression over named circumstances, in an order drawn from a fixed seed; rounded to four digits.
 *
 * @param signs Circumstances that may speak for (1) or against (-1) only; others may do either.
 */
export function learnWeights(weighed: readonly Weighed[], signs: ReadonlyMap<string, number>): Map<string, number> {
  const { names, examples } = numbered(weighed);
  const learning: Learning = {
    weights: new Float64Array(names.length),
    squares: new Float64Array(names.length).fill(1e-6),
    signs: Int8Array.from(names, (name) => signs.get(name) ?? 0),
  };
  const sums = new Float64Array(names.length);
  const order = Int32Array.from(examples.keys());
  let state = 3;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    state = shuffle(order, state);
    for (const index of order) {
      const example = examples[index];
      if (example) learn(learning, example);
    }
    if (epoch < EPOCHS - AVERAGED) continue;
    learning.weights.forEach((weight, place) => {
      sums[place] = (sums[place] ?? 0) + weight / AVERAGED;
    });
  }
  return new Map(names.map((name, place) => [name, Math.round((sums[place] ?? 0) * 1e4) / 1e4]));
}
