import { KeyTable } from './key-table';

/** Rows of features that a text has, with what each is counted as. */
export interface Rows {
  /** Runs of characters. */
  readonly words: Int32Array;
  /** What each run counts: one over the root of how many there are, so that long texts do not shout. */
  readonly scale: number;
  /** Named circumstances; each counts {@link NAME_SCALE}. */
  readonly names: Int32Array;
}

/** Found by cross-validation among 0.03 to 0.6: enough for a named circumstance to speak, too little to drown the wording. */
export const NAME_SCALE = 0.1;

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
  rowsOf(words: Uint32Array, names: Uint32Array): Rows {
    const known = this.knownRows(words);
    return { words: known, scale: 1 / Math.sqrt(Math.max(1, known.length)), names: this.knownRows(names) };
  }

  private knownRows(keys: Uint32Array): Int32Array {
    const rows = new Int32Array(keys.length);
    let count = 0;
    for (const key of keys) {
      const row = this.table.rowOf(key);
      if (row !== -1) rows[count++] = row;
    }
    return rows.subarray(0, count);
  }

  /** Log-odds of one output. */
  scoreOf({ words, scale, names }: Rows, output: number): number {
    const width = this.outputs.length;
    let [byWords, byNames] = [0, 0];
    for (const row of words) byWords += this.weights[row * width + output] ?? 0;
    for (const row of names) byNames += this.weights[row * width + output] ?? 0;
    return byWords * scale + byNames * NAME_SCALE + (this.weights[this.keys.length * width + output] ?? 0);
  }

  /** Log-odds of every output, in their order. */
  scoresOf({ words, scale, names }: Rows): Float64Array {
    const width = this.outputs.length;
    const sums = Float64Array.from(this.weights.subarray(this.keys.length * width));
    this.addTo(sums, words, scale);
    this.addTo(sums, names, NAME_SCALE);
    return sums;
  }

  private addTo(sums: Float64Array, rows: Int32Array, scale: number): void {
    const width = this.outputs.length;
    for (const row of rows) {
      const from = row * width;
      for (let output = 0; output < width; output += 1)
        sums[output] = (sums[output] ?? 0) + (this.weights[from + output] ?? 0) * scale;
    }
  }

  /** What one feature adds to one output, before scaling; 0 for a key not known. */
  weightOf(key: number, output: number): number {
    const row = this.table.rowOf(key);
    return row === -1 ? 0 : (this.weights[row * this.outputs.length + output] ?? 0);
  }
}
