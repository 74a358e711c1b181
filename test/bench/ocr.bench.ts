import { ForkedOcrEngine, type OcrEngine } from '#classifiers/extraction/ocr';
import { fold } from '#classifiers/text';
import { type DrawnPicture, drawnPictures, TERMS, textlessPictures, TRADITIONAL } from './ocr-pictures';

const write = (line: string): boolean => process.stdout.write(`${line}\n`);
/** Spaces and punctuation between digits and words are drawn differently by every font; digits and their point are not. */
const plain = (text: string): string => text.normalize('NFKC').replace(/[\s,，。·、!！:：]/g, '');
const NUMBER = /\d+(?:\.\d+)?(?:%|万元)/g;

class Tally {
  pictures = 0;
  terms = 0;
  found = 0;
  folded = 0;
  numbers = 0;
  exact = 0;
  falseTerms = 0;
  cpuSeconds = 0;

  add({ texts }: DrawnPicture, read: string, cpuSeconds: number): void {
    const answer = plain(read);
    const foldedAnswer = fold(answer).text;
    const truth = plain(texts.join('\n'));
    this.pictures += 1;
    this.cpuSeconds += cpuSeconds;
    for (const text of texts.map(plain)) {
      for (const term of termsOf(text)) {
        this.terms += 1;
        if (answer.includes(term)) this.found += 1;
        if (foldedAnswer.includes(fold(term).text)) this.folded += 1;
      }
      for (const [number] of text.matchAll(NUMBER)) {
        this.numbers += 1;
        if (answer.includes(number)) this.exact += 1;
      }
    }
    this.falseTerms += [...TERMS, ...TRADITIONAL].filter(
      (term) => answer.includes(term) && !truth.includes(term),
    ).length;
  }

  toString(): string {
    const share = (part: number, all: number) => `${part}/${all} = ${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
    return `terms ${share(this.found, this.terms)}, as rules see them ${this.folded}, numbers ${share(this.exact, this.numbers)}, false terms ${this.falseTerms}, cpu ${(this.cpuSeconds / this.pictures).toFixed(3)} s a picture (${this.pictures})`;
  }
}

const termsOf = (text: string): string[] => [...new Set([...TERMS, ...TRADITIONAL])].filter((it) => text.includes(it));

interface Engine {
  readonly name: string;
  readonly engine: OcrEngine;
  readonly tallies: Map<string, Tally>;
}

async function started(adapter: 'onnx' | 'tesseract'): Promise<Engine> {
  const engine = new ForkedOcrEngine(adapter, { limits: { recycleAfter: Infinity, deadlineMs: 120_000 } });
  const { name } = await engine.start();
  return { name, engine, tallies: new Map() };
}

function tally(engine: Engine, key: string): Tally {
  const known = engine.tallies.get(key) ?? new Tally();
  engine.tallies.set(key, known);
  return known;
}

async function readAll(engines: readonly Engine[], rounds: number): Promise<void> {
  for await (const picture of drawnPictures(rounds, 20_180_315)) {
    for (const engine of engines) {
      const { text, cpuMs } = await engine.engine.recognize(picture.bytes);
      for (const key of [picture.group, `  ${picture.group} ${picture.kind}`])
        tally(engine, key).add(picture, text, cpuMs / 1000);
    }
  }
  for (const engine of engines) {
    write(`\n${engine.name}`);
    for (const key of [...engine.tallies.keys()].sort((a, b) => a.trim().localeCompare(b.trim())))
      write(`${key.padEnd(22)} ${tally(engine, key).toString()}`);
  }
  const [own, other] = engines.map((engine) => bannerCpu(engine));
  write(
    `\ncpu per banner (screen, without long pages) as a ratio to ${engines[1]?.name}: ${((own ?? 0) / (other ?? 1)).toFixed(2)}`,
  );
}

function bannerCpu(engine: Engine): number {
  return tally(engine, 'screen').cpuSeconds - tally(engine, '  screen long').cpuSeconds;
}

async function gate(engine: Engine): Promise<void> {
  let cpuSeconds = 0;
  let passed = 0;
  const pictures = await textlessPictures(40, 7);
  for (const picture of pictures) {
    const one = await engine.engine.recognize(picture);
    cpuSeconds += one.cpuMs / 1000;
    if (one.status === 'text') passed += 1;
  }
  const full = tally(engine, '  screen shapes');
  const share = cpuSeconds / pictures.length / (full.cpuSeconds / full.pictures);
  write(
    `textless pictures: ${(100 * share).toFixed(1)} % of the cpu of a full reading; text claimed in ${passed} of ${pictures.length}`,
  );
}

async function memory(engine: Engine, count: number): Promise<void> {
  const marks: number[] = [];
  for (let read = 0; read < count;) {
    for await (const picture of drawnPictures(1, 99 + read)) {
      const { readerBytes } = await engine.engine.recognize(picture.bytes);
      read += 1;
      if (read % 100 === 0) marks.push(Math.round(readerBytes / 1e6));
      if (read >= count) break;
    }
  }
  write(`memory of the reader in MB after each hundred of ${count} pictures: ${marks.join(', ')}`);
}

/**
 * Draws pictures and lets both readers read them, in one run; prints terms, numbers, false terms and CPU per group.
 *
 * node dist/test/bench/ocr.bench.js [ROUNDS] [PICTURES FOR MEMORY]
 */
async function main(rounds: number, forMemory: number): Promise<void> {
  const onnx = await started('onnx');
  const tesseract = await started('tesseract');
  await readAll([onnx, tesseract], rounds);
  await gate(onnx);
  if (forMemory > 0) await memory(onnx, forMemory);
  await Promise.all([onnx, tesseract].map(({ engine }) => engine.stop()));
}

void main(Number(process.argv[2] ?? 20), Number(process.argv[3] ?? 500));
