import { type EngineIdentity, type OcrResult } from './ocr-engine';

/** What the reader's process is asked. */
export interface Order {
  readonly id: number;
  readonly picture: Uint8Array;
}

/** What it says: once whether it can work at all, then one answer for each order. */
export type Answer =
  | { readonly kind: 'ready'; readonly identity: EngineIdentity }
  | { readonly kind: 'unusable'; readonly message: string }
  | { readonly kind: 'read'; readonly id: number; readonly result: OcrResult }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
