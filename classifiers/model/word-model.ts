import { KeyTable } from './key-table';

/** Rows of features that a text has, with what each is counted as. */
export interface Rows {
  readonly rows: Int32Array;
  /** The same for every row: one over the root of how many there are, so that long texts do not shout. */
  readonly scale: number;
}

/** A linear model over features with several outputs at once; the last row is what holds before anything is read. */
export class WordModel {
  private readonly table: KeyTable;
  readonly outputs: readonly string[];
  /** Outputs that are no family's; they come first. */
  readonly ownCount: number;
  private readonly places: ReadonlyMap<string, number>;

  /** @param weights Row by row, one number per output; `keys.length + 1` rows. */
  constructor(
    outputs: readonly string[],
    keys: Uint32Array,
    readonly weights: Float32Array,
  ) {
    this.outputs = outputs;
    this.ownCount = outputs.filter((output) => !output.startsWith('family:')).length;
    this.places = new Map(outputs.map((output, place) => [output, place]));
    this.table = new KeyTable(keys);
  }

  get keys(): Uint32Array {
    return this.table.keys;
  }

  /** The place of an output, or -1. */
  outputOf(name: string): number {
    return this.places.get(name) ?? -1;
  }

  rowOf(key: number): number {
    return this.table.rowOf(key);
  }

  /** The rows of those keys that the model knows. */
  rowsOf(...lists: readonly Uint32Array[]): Rows {
    const rows = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0));
    let count = 0;
    for (const keys of lists) {
      for (const key of keys) {
        const row = this.table.rowOf(key);
        if (row !== -1) rows[count++] = row;
      }
    }
    return { rows: rows.subarray(0, count), scale: 1 / Math.sqrt(Math.max(1, count)) };
  }

  /** Log-odds of one output. */
  scoreOf({ rows, scale }: Rows, output: number): number {
    const width = this.outputs.length;
    let sum = 0;
    for (const row of rows) sum += this.weights[row * width + output] ?? 0;
    return sum * scale + (this.weights[this.keys.length * width + output] ?? 0);
  }

  /** Log-odds of every output, in their order. */
  scoresOf({ rows, scale }: Rows): Float64Array {
    const width = this.outputs.length;
    const sums = new Float64Array(width);
    for (const row of rows) {
      const from = row * width;
      for (let output = 0; output < width; output += 1)
        sums[output] = (sums[output] ?? 0) + (this.weights[from + output] ?? 0);
    }
    const bias = this.keys.length * width;
    return sums.map((sum, output) => sum * scale + (this.weights[bias + output] ?? 0));
  }

  /** What one feature adds to one output, before scaling; 0 for a key not known. */
  weightOf(key: number, output: number): number {
    const row = this.table.rowOf(key);
    return row === -1 ? 0 : (this.weights[row * this.outputs.length + output] ?? 0);
  }
}
