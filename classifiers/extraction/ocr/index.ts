/** Text in pictures: a port with two adapters, both in processes of their own. */
export { type OcrEngine, type OcrLine, type OcrResult } from './ocr-engine';
export { ForkedOcrEngine } from './forked-ocr-engine';
export { engineKey, ResultCache } from './result-cache';
export { blocksOf, boundsOfRange } from './text-blocks';
