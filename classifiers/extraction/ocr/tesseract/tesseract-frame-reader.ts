import path from 'node:path';
import sharp from 'sharp';
import { createWorker, OEM, PSM, type Line, type Worker } from 'tesseract.js';
import { verifiedFile, type ModelFile } from '../onnx/models';
import { type Frame, type FrameReader } from '../frame';
import { type EngineIdentity, type OcrLine, type Quad } from '../ocr-engine';

/** The small integer model reads Chinese better than the large one of the same package (measured). */
const DATA: ModelFile = {
  file: 'chi_sim.traineddata.gz',
  sha256: 'b8a23f10c7de500891eb458a8adc9cc58ab7f242f08b7d149f5e9aea4ad5db7c',
};
/** Mean grey below which words are taken to be light on dark; the model was trained on dark words. */
const DARK = 110;

/** Reads frames with tesseract.js and data from this machine only: the fallback, and a second opinion. */
export class TesseractFrameReader implements FrameReader {
  #worker: Worker | null = null;

  async start(): Promise<EngineIdentity> {
    const directory = path.join(path.dirname(require.resolve('@tesseract.js-data/chi_sim')), '4.0.0_best_int');
    await verifiedFile(directory, DATA);
    const options = { langPath: directory, cacheMethod: 'none', gzip: true, errorHandler: () => undefined };
    this.#worker = await createWorker('chi_sim', OEM.LSTM_ONLY, options);
    await this.#worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_BLOCK });
    return {
      name: 'tesseract-js',
      version: '1',
      models: [DATA],
      params: { psm: 6, grey: true, autoInvert: true, normalise: true },
    };
  }

  mayHoldText(): Promise<boolean> {
    return Promise.resolve(true); // it has no detector that would be cheaper than reading
  }

  async read(frame: Frame): Promise<OcrLine[]> {
    if (this.#worker === null) throw new Error('the reader was not started');
    const picture = await greyPicture(frame);
    const { data } = await this.#worker.recognize(picture, {}, { text: false, blocks: true });
    const lines = (data.blocks ?? []).flatMap((block) => block.paragraphs.flatMap((it) => it.lines));
    return lines.flatMap((line) => lineOf(line));
  }
}

async function greyPicture({ data, width, height }: Frame): Promise<Buffer> {
  const raw = { width, height, channels: 3 as const };
  const grey = await sharp(data, { raw }).grayscale().normalise().raw().toBuffer();
  const mean = grey.reduce((sum, value) => sum + value, 0) / Math.max(1, grey.length);
  const picture = sharp(grey, { raw: { width, height, channels: 1 } });
  return (mean < DARK ? picture.negate() : picture).png({ compressionLevel: 1 }).toBuffer();
}

/** Spaces are set between Chinese characters by this engine; they mean nothing and are left out. */
function lineOf(line: Line): OcrLine[] {
  const { x0, y0, x1, y1 } = line.bbox;
  const quad: Quad = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  const symbols = line.words.flatMap((word) => word.symbols).filter(({ text }) => text.trim() !== '');
  const text = symbols.map((symbol) => symbol.text).join('');
  if (text === '') return [];
  const width = Math.max(1, x1 - x0);
  const charX = symbols.flatMap((symbol) => {
    const x = Math.min(1, Math.max(0, ((symbol.bbox.x0 + symbol.bbox.x1) / 2 - x0) / width));
    return Array.from({ length: symbol.text.length }, () => x);
  });
  return [{ text, confidence: line.confidence / 100, charX, quad, rotation: 0 }];
}
