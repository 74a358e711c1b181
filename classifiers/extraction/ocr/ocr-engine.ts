/** A corner in pixels of the source picture. */
export type Corner = readonly [x: number, y: number];

/** Four corners, clockwise from the upper left of the reading direction. */
export type Quad = readonly [Corner, Corner, Corner, Corner];

/** One line of text as it stands in a picture. */
export interface OcrLine {
  readonly text: string;
  /** Mean probability of the characters, 0 to 1. */
  readonly confidence: number;
  readonly quad: Quad;
  /** Centre of each UTF-16 code unit of `text` as a fraction of the line's length, in the order of the text. */
  readonly charX: readonly number[];
  /** Degrees by which the line was turned to be read. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** Which picture of an animation, from 0; absent in a still one. */
  readonly frame?: number;
}

/** Which program with which models read a picture; what decides whether two answers may differ. */
export interface EngineIdentity {
  /** `ppocrv4-onnx`, `tesseract-js`. */
  readonly name: string;
  readonly version: string;
  readonly models: readonly { readonly file: string; readonly sha256: string }[];
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

/** `text` and `no_text` were read whole; the other three were not read, and `reason` says why. */
export type OcrStatus = 'text' | 'no_text' | 'rejected' | 'failed' | 'timeout';

/** What was read of one picture. */
export interface OcrResult {
  readonly status: OcrStatus;
  /** Code word: why nothing was read, or which gate said there is no text; null for `text`. */
  readonly reason: string | null;
  /** Pixels of the source picture; 0 when it could not be decoded. */
  readonly width: number;
  readonly height: number;
  /** In reading order: top to bottom, then left to right; columns from the right. */
  readonly lines: readonly OcrLine[];
  /** The lines, joined by line breaks. */
  readonly text: string;
  readonly engine: EngineIdentity;
  /** Lower-case hex, of the bytes given. */
  readonly imageSha256: string;
  readonly durationMs: number;
  /** What it took in the reader's process, all threads; 0 when that process did not answer. */
  readonly cpuMs: number;
  /** Resident bytes of that process afterwards; 0 likewise. */
  readonly readerBytes: number;
}

/** How one picture is to be read. */
export interface OcrOrder {
  /** Wall time for one picture; the reader is killed at its end. Default 20 s. */
  readonly deadlineMs?: number;
}

/**
 * Reads text in pictures. Whatever the bytes are, the answer is a result: a bad picture is `rejected`, never an
 * exception, and the next picture is read as if nothing had happened.
 */
export abstract class OcrEngine {
  /**
   * Loads and proves the models: their hashes, and that a picture with known words is read right.
   *
   * @throws {OcrUnavailableError} when a model is missing, altered or reads something else. Twice is once.
   */
  abstract start(): Promise<EngineIdentity>;
  /** May be called many times at once; pictures are read one after the other. Starts the engine when need be. */
  abstract recognize(picture: Uint8Array, order?: OcrOrder): Promise<OcrResult>;
  /** Ends readers under way; what they were reading is `failed`. Twice is once. */
  abstract stop(): Promise<void>;
}

/** Of a reading whose cost nobody measured, or not yet. */
export const NO_COST = { durationMs: 0, cpuMs: 0, readerBytes: 0 };

/** The empty answer of one status. */
export function unreadResult(
  status: Exclude<OcrStatus, 'text'>,
  reason: string,
  of: Pick<OcrResult, 'engine' | 'imageSha256'> & { readonly width?: number; readonly height?: number },
): OcrResult {
  const { engine, imageSha256, width = 0, height = 0 } = of;
  return { status, reason, width, height, lines: [], text: '', engine, imageSha256, ...NO_COST };
}
