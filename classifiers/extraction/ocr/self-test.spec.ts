import { type FrameReader } from './frame';
import { type EngineIdentity, type OcrLine } from './ocr-engine';
import { proveReader } from './self-test';

const aLine = (text: string): OcrLine => ({
  text,
  confidence: 0.99,
  quad: [
    [0, 0],
    [9, 0],
    [9, 9],
    [0, 9],
  ],
  charX: [],
  rotation: 0,
});

/** What a reader with the wrong dictionary is like: confident, and wrong. */
const aReaderThatSays = (text: string): FrameReader => ({
  start: () => Promise.resolve({} as EngineIdentity),
  mayHoldText: () => Promise.resolve(true),
  read: () => Promise.resolve([aLine(text)]),
});

describe('the self-test of a reader', () => {
  it('refuses a reader that reads other words with confidence, and tells them', async () => {
    await expect(proveReader(aReaderThatSays('凤险备付金'))).rejects.toThrow(
      /read "凤险备付金", expected "风险备付金"/,
    );
  });

  it('lets a reader pass that reads the known words', async () => {
    await expect(proveReader(aReaderThatSays('风险备付金'))).resolves.toBeUndefined();
  });
});
