import { open } from 'node:fs/promises';
import { type Command } from 'commander';
import { ForkedOcrEngine, type OcrEngine, type OcrResult } from '#classifiers/extraction/ocr';
import { InputInvalidError } from '#libs/domain';
import { CommandEnded } from '../exit';
import { type Terminal } from '../output';

interface OcrOptions {
  engine?: string;
  json?: boolean;
}

/** A little above what the reader takes, so that it is the reader who says that a file is too large. */
const MOST_BYTES = 16_000_000;

/** `ocr IMAGE…`: reads text in pictures; one answer per file, in their order. */
export function addOcr(program: Command, terminal: Terminal): void {
  program
    .command('ocr')
    .description('识别图片中的文字，不抓取')
    .argument('<images...>', '图片文件')
    .option('--engine <name>', 'onnx 或 tesseract', 'onnx')
    .option('--json', '逐行输出 JSON')
    .action(async (images: string[], options: OcrOptions) => readImages(images, options, terminal));
}

async function readImages(images: readonly string[], options: OcrOptions, terminal: Terminal): Promise<void> {
  const engine = new ForkedOcrEngine(adapterFrom(options));
  let usable = 0;
  try {
    await engine.start();
    for (const file of images) {
      const answer = await answerFor(file, engine);
      if (answer.status === 'text' || answer.status === 'no_text') usable += 1;
      terminal.out(options.json ? `${JSON.stringify(answer)}\n` : textOf(answer));
    }
  } finally {
    await engine.stop();
  }
  if (usable === 0) throw new CommandEnded(2);
}

function adapterFrom({ engine = 'onnx' }: OcrOptions): 'onnx' | 'tesseract' {
  if (engine === 'onnx' || engine === 'tesseract') return engine;
  throw new InputInvalidError('option --engine', `"${engine}"`, 'onnx or tesseract');
}

interface Answer {
  readonly file: string;
  readonly status: OcrResult['status'];
  readonly text: string;
  readonly lines: readonly Pick<OcrResult['lines'][number], 'text' | 'confidence' | 'quad'>[];
  readonly engine: string;
  readonly ms: number;
  /** Why nothing was read; absent when something was. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** Bad files are answered in their place; the others are read all the same. */
async function answerFor(file: string, engine: OcrEngine): Promise<Answer> {
  const { name } = await engine.start();
  const bytes = await bytesOf(file);
  if (typeof bytes === 'string') {
    const error = { code: 'INPUT_INVALID', message: `file ${file}: found ${bytes}; expected a readable picture` };
    return { file, status: 'rejected', text: '', lines: [], engine: name, ms: 0, error };
  }
  const { status, reason, text, lines, durationMs } = await engine.recognize(bytes);
  const answer: Answer = {
    file,
    status,
    text,
    lines: lines.map(({ text: line, confidence, quad }) => ({
      text: line,
      confidence: rounded(confidence, 1000),
      quad: quadOf(quad),
    })),
    engine: name,
    ms: durationMs,
  };
  return reason === null || status === 'no_text'
    ? answer
    : { ...answer, error: { code: codeOf(status), message: reason } };
}

const rounded = (value: number, parts: number): number => Math.round(value * parts) / parts;

function quadOf(quad: OcrResult['lines'][number]['quad']): OcrResult['lines'][number]['quad'] {
  const [a, b, c, d] = quad;
  const at = ([x, y]: readonly [number, number]) => [rounded(x, 10), rounded(y, 10)] as const;
  return [at(a), at(b), at(c), at(d)];
}

const codeOf = (status: OcrResult['status']): string =>
  status === 'rejected' ? 'INPUT_INVALID' : status === 'timeout' ? 'OCR_TIMEOUT' : 'OCR_FAILED';

/** The bytes of a file, not more than a reader would take; a code word when it cannot be read. */
async function bytesOf(file: string): Promise<Buffer | string> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      return size > MOST_BYTES ? `${size} bytes` : await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'an error';
  }
}

function textOf({ file, text, status, error }: Answer): string {
  const words: Readonly<Record<OcrResult['status'], string>> = {
    text: '',
    no_text: '没有文字',
    rejected: '无法识别',
    failed: '识别失败',
    timeout: '识别超时',
  };
  return `# ${file}\n${status === 'text' ? text : `${words[status]}${error ? `：${error.message}` : ''}`}\n`;
}
