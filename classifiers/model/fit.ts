import { shuffle } from './shuffle';
import { NAME_SCALE, type Rows } from './word-model';

/** What a fit learns from: rows of features of each example and, per output, whether it holds. */
export interface Lessons {
  readonly examples: readonly Rows[];
  /** 1 holds, 0 does not, -1 says nothing of this output for this example. */
  readonly truth: (example: number, output: number) => number;
  readonly outputs: number;
  readonly rowCount: number;
}

/** How a fit is done. */
export interface FitPlan {
  readonly epochs: number;
  readonly rate: number;
  /** How much more an example counts where its output holds. */
  readonly weightOfTrue: number;
}

/** Errors smaller than this teach nothing worth the time. */
const LEAST_ERROR = 1e-2;

/**
 * Logistic regression by stochastic gradients with a rate per weight (AdaGrad), all outputs in one pass. The order is
 * drawn from a fixed seed, so that the same lessons give the same weights to the last bit.
 *
 * @returns Row by row, one number per output; the last row is the bias. — Duchi, Hazan, Singer 2011
 */
export function fit(lessons: Lessons, plan: FitPlan): Float32Array {
  const { examples, outputs, rowCount } = lessons;
  const weights = new Float32Array((rowCount + 1) * outputs);
  const squares = new Float32Array(weights.length).fill(1e-6);
  const order = Int32Array.from(examples.keys());
  const sums = new Float64Array(outputs);
  let seed = 7;
  for (let epoch = 0; epoch < plan.epochs; epoch += 1) {
    seed = shuffle(order, seed);
    for (const index of order) learn({ lessons, plan, weights, squares, sums }, index);
  }
  return weights;
}

interface State {
  readonly lessons: Lessons;
  readonly plan: FitPlan;
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  readonly sums: Float64Array;
}

/** Log-odds of every output for one example, written into the state's sums. */
function score({ lessons, weights, sums }: State, { words, scale, names }: Rows): void {
  const { outputs, rowCount } = lessons;
  for (let output = 0; output < outputs; output += 1) sums[output] = weights[rowCount * outputs + output] ?? 0;
  for (const [rows, counts] of [
    [words, scale],
    [names, NAME_SCALE],
  ] as const) {
    for (const row of rows) {
      const from = row * outputs;
      for (let output = 0; output < outputs; output += 1)
        sums[output] = (sums[output] ?? 0) + (weights[from + output] ?? 0) * counts;
    }
  }
}

function learn(state: State, index: number): void {
  const { lessons, plan, sums } = state;
  const { outputs, rowCount } = lessons;
  const example = lessons.examples[index];
  if (!example) return;
  score(state, example);
  for (let output = 0; output < outputs; output += 1) {
    const truth = lessons.truth(index, output);
    if (truth < 0) continue;
    const error = (1 / (1 + Math.exp(-(sums[output] ?? 0))) - truth) * (truth === 1 ? plan.weightOfTrue : 1);
    if (Math.abs(error) < LEAST_ERROR) continue;
    step(state, rowCount * outputs + output, error);
    for (const row of example.words) step(state, row * outputs + output, error * example.scale);
    for (const row of example.names) step(state, row * outputs + output, error * NAME_SCALE);
  }
}

function step({ weights, squares, plan }: State, at: number, gradient: number): void {
  const square = (squares[at] ?? 0) + gradient * gradient;
  squares[at] = square;
  weights[at] = (weights[at] ?? 0) - (plan.rate * gradient) / Math.sqrt(square);
}
