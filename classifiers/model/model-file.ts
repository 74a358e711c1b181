import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type JudgeModel } from './judge-model';
import { WordModel } from './word-model';

/** Weights are kept as whole thousandths in 16 bits: enough for a score of four digits, and the same everywhere. */
const SCALE = 1000;
const LIMIT = 32767;

const words = z.strictObject({ outputs: z.array(z.string()), keys: z.string(), weights: z.string() });
const modelFile = z.strictObject({
  learnedFrom: z.string(),
  offer: words,
  topics: words,
  weights: z.record(z.string(), z.number()),
  thresholds: z.strictObject({ flagAt: z.number(), reviewAt: z.number() }),
});

type WordsFile = z.infer<typeof words>;

function bytesOf(array: Uint32Array | Int16Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
}

function writeWords(model: WordModel): WordsFile {
  const weights = Int16Array.from(model.weights, (weight) =>
    Math.max(-LIMIT, Math.min(LIMIT, Math.round(weight * SCALE))),
  );
  return { outputs: [...model.outputs], keys: bytesOf(model.keys), weights: bytesOf(weights) };
}

function readWords({ outputs, keys, weights }: WordsFile): WordModel {
  const keyBytes = Uint8Array.from(Buffer.from(keys, 'base64'));
  const weightBytes = Uint8Array.from(Buffer.from(weights, 'base64'));
  const whole = new Int16Array(weightBytes.buffer);
  return new WordModel(
    outputs,
    new Uint32Array(keyBytes.buffer),
    Float32Array.from(whole, (weight) => weight / SCALE),
  );
}

/** What of a model is written; the digest is that of the written text. */
export type ModelParts = Omit<JudgeModel, 'digest'>;

/** The text of a model's file, the same for the same model to the last byte. */
export function writeModel(model: ModelParts): string {
  const weights = Object.fromEntries([...model.weights].sort(([a], [b]) => (a < b ? -1 : 1)));
  const { learnedFrom, thresholds } = model;
  return `${JSON.stringify({ learnedFrom, offer: writeWords(model.offer), topics: writeWords(model.topics), weights, thresholds })}\n`;
}

/**
 * Reads what {@link writeModel} wrote.
 *
 * @throws {Error} when the text is no model; the remedy is to train again.
 */
export function readModel(text: string): JudgeModel {
  const file = modelFile.parse(JSON.parse(text));
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const { learnedFrom, thresholds } = file;
  const [offer, topics] = [readWords(file.offer), readWords(file.topics)];
  return { digest, learnedFrom, offer, topics, weights: new Map(Object.entries(file.weights)), thresholds };
}
