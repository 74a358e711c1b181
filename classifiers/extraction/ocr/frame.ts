import { type EngineIdentity, type OcrLine } from './ocr-engine';

/** One still picture: red, green, blue, one byte each, row by row. */
export interface Frame {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What an adapter does: reads frames that somebody else decoded, inside a process that may be killed. */
export interface FrameReader {
  /** @throws {Error} when a model is missing or altered; the message names the file. */
  start(): Promise<EngineIdentity>;
  /** Cheap: false only where a full reading would find nothing. */
  mayHoldText(frame: Frame): Promise<boolean>;
  /** Lines in any order, in pixels of the frame. */
  read(frame: Frame): Promise<OcrLine[]>;
}
