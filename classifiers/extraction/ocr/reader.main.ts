import { OnnxFrameReader } from './onnx/onnx-frame-reader';
import { type EngineIdentity } from './ocr-engine';
import { type Answer, type Order } from './reader-messages';
import { readPicture } from './read-picture';
import { proveReader } from './self-test';
import { TesseractFrameReader } from './tesseract/tesseract-frame-reader';

/*
 * The process in which pictures are decoded and read: a picture that crashes a decoder, fills the memory or never ends
 * takes this process with it and nothing else. Started by ForkedOcrEngine; ends when its parent is gone.
 */
const reader = process.argv[2] === 'tesseract' ? new TesseractFrameReader() : new OnnxFrameReader();

const say = (answer: Answer): void => void process.send?.(answer);

async function start(): Promise<EngineIdentity> {
  const identity = await reader.start();
  await proveReader(reader);
  return identity;
}

async function answer(order: Order, identity: EngineIdentity): Promise<void> {
  try {
    const result = await readPicture(order.picture, reader, identity);
    say({ kind: 'read', id: order.id, result });
  } catch (error) {
    say({ kind: 'failed', id: order.id, message: error instanceof Error ? error.message : String(error) });
  }
}

process.on('disconnect', () => process.exit(0));
start().then(
  (identity) => {
    process.on('message', (order: Order) => void answer(order, identity));
    say({ kind: 'ready', identity });
  },
  (error: unknown) => {
    say({ kind: 'unusable', message: error instanceof Error ? error.message : String(error) });
  },
);
