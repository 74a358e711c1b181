import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { STRIP_HEIGHT, type Strip } from './strip';

/** Strips of one batch are padded to the widest, so they are of similar width. */
const MOST_IN_BATCH = 6;
const SIMILAR = 1.25;
const BLANK = 0;

/** What a strip says. */
export interface ReadStrip {
  readonly text: string;
  readonly confidence: number;
  /** Centre of each UTF-16 code unit as a fraction of the strip's width. */
  readonly charX: readonly number[];
}

/** Reads strips; the answers are in their order. `characters[0]` is the blank of the model. */
export async function recognise(
  session: InferenceSession,
  characters: readonly string[],
  strips: readonly Strip[],
): Promise<ReadStrip[]> {
  const answers: ReadStrip[] = strips.map(() => ({ text: '', confidence: 0, charX: [] }));
  for (const batch of batchesOf(strips)) {
    const read = await readBatch(
      session,
      characters,
      batch.map((i) => strips[i]!),
    );
    batch.forEach((index, i) => (answers[index] = read[i]!));
  }
  return answers;
}

function batchesOf(strips: readonly Strip[]): number[][] {
  const byWidth = strips.map((_, i) => i).toSorted((a, b) => strips[a]!.width - strips[b]!.width);
  const batches: number[][] = [];
  for (const index of byWidth) {
    const batch = batches.at(-1);
    const narrowest = batch ? strips[batch[0]!]!.width : 0;
    if (batch && batch.length < MOST_IN_BATCH && strips[index]!.width <= narrowest * SIMILAR) batch.push(index);
    else batches.push([index]);
  }
  return batches;
}

async function readBatch(
  session: InferenceSession,
  characters: readonly string[],
  strips: readonly Strip[],
): Promise<ReadStrip[]> {
  const width = Math.max(...strips.map((strip) => strip.width));
  const input = new Float32Array(strips.length * 3 * STRIP_HEIGHT * width);
  strips.forEach((strip, i) => lay(input, strip, i * 3 * STRIP_HEIGHT * width, width));
  const tensor = new Tensor('float32', input, [strips.length, 3, STRIP_HEIGHT, width]);
  const output = (await session.run({ [session.inputNames[0]!]: tensor }))[session.outputNames[0]!]!;
  const [, steps = 0, classes = 0] = output.dims;
  if (classes !== characters.length)
    throw new Error(`recogniser has ${classes} classes, dictionary ${characters.length}`);
  const data = output.data as Float32Array;
  return strips.map((strip, i) => {
    const size = steps * classes;
    const own = data.subarray(i * size, (i + 1) * size);
    return collapse({ data: own, steps, classes, used: (steps * strip.width) / width }, characters);
  });
}

/** Planes in the order blue, green, red; what the strip does not fill stays zero, the grey of the model. */
function lay(input: Float32Array, { data, width }: Strip, offset: number, padded: number): void {
  const plane = STRIP_HEIGHT * padded;
  for (let y = 0; y < STRIP_HEIGHT; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 3;
      const to = offset + y * padded + x;
      input[to] = data[from + 2]! / 127.5 - 1;
      input[to + plane] = data[from + 1]! / 127.5 - 1;
      input[to + 2 * plane] = data[from]! / 127.5 - 1;
    }
  }
}

interface Steps {
  readonly data: Float32Array;
  readonly steps: number;
  readonly classes: number;
  /** Steps that the strip itself fills. */
  readonly used: number;
}

/** Takes the likeliest character of each step; repeats are one character, blanks part them. — CTC, greedy */
function collapse({ data, steps, classes, used }: Steps, characters: readonly string[]): ReadStrip {
  let text = '';
  let sum = 0;
  let count = 0;
  const charX: number[] = [];
  let last = BLANK;
  for (let step = 0; step < steps; step += 1) {
    const best = likeliest(data, step * classes, classes);
    if (best !== BLANK && best !== last) {
      const character = characters[best]!;
      text += character;
      sum += data[step * classes + best]!;
      count += 1;
      const x = Math.min(1, (step + 0.5) / used);
      for (let unit = 0; unit < character.length; unit += 1) charX.push(x);
    }
    last = best;
  }
  return { text, confidence: count === 0 ? 0 : sum / count, charX };
}

function likeliest(data: Float32Array, offset: number, classes: number): number {
  let best = 0;
  let highest = -Infinity;
  for (let i = 0; i < classes; i += 1) {
    const value = data[offset + i]!;
    if (value > highest) {
      highest = value;
      best = i;
    }
  }
  return best;
}
