import { createHash } from 'node:crypto';
import { decodePicture, type DecodedPicture } from './decode-picture';
import { type Frame, type FrameReader } from './frame';
import { type EngineIdentity, type OcrLine, NO_COST, type OcrResult, unreadResult } from './ocr-engine';
import { inReadingOrder } from './reading-order';
import { joinTiles, type Tile, tilesOf } from './tiles';

/** Deviation of grey values below which nothing is drawn; the faintest text measured has 4.2. */
const FLAT = 2;
const SAMPLES = 65_536;

/** Reads one picture inside the reader's process: decode, gates, tiles, lines. Bad pictures give a result as well. */
export async function readPicture(bytes: Uint8Array, reader: FrameReader, engine: EngineIdentity): Promise<OcrResult> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const imageSha256 = createHash('sha256').update(bytes).digest('hex');
  const result = await resultOf(bytes, reader, { engine, imageSha256 });
  const { user, system } = process.cpuUsage(before);
  return {
    ...result,
    durationMs: Math.round(performance.now() - startedAt),
    cpuMs: Math.round((user + system) / 1000),
    readerBytes: process.memoryUsage.rss(),
  };
}

async function resultOf(
  bytes: Uint8Array,
  reader: FrameReader,
  of: Pick<OcrResult, 'engine' | 'imageSha256'>,
): Promise<OcrResult> {
  const decoded = await decodePicture(bytes);
  if (!('frames' in decoded)) return unreadResult(decoded.status, decoded.reason, { ...of, ...decoded });
  const { width, height } = decoded;
  const read = await linesOf(decoded, reader);
  if (read.lines.length === 0) return unreadResult('no_text', read.gate, { ...of, width, height });
  const lines = inReadingOrder(read.lines);
  const text = lines.map((line) => line.text).join('\n');
  return { status: 'text', reason: null, width, height, lines, text, ...of, ...NO_COST };
}

interface Read {
  readonly lines: readonly OcrLine[];
  /** Which gate said no, when no line was found. */
  readonly gate: string;
}

async function linesOf(picture: DecodedPicture, reader: FrameReader): Promise<Read> {
  const lines: OcrLine[] = [];
  let gate = 'flat';
  for (const { index, frame } of picture.frames) {
    if (deviationOf(frame) < FLAT) continue;
    const read = await frameLines(frame, reader);
    if (read.gate !== '') gate = read.gate;
    lines.push(...(picture.isAnimated ? read.lines.map((line) => ({ ...line, frame: index })) : read.lines));
  }
  return { lines, gate };
}

async function frameLines(frame: Frame, reader: FrameReader): Promise<Read> {
  const read: { tile: Tile; lines: OcrLine[] }[] = [];
  let gate = 'nothing-like-text';
  for (const tile of tilesOf(frame)) {
    if (deviationOf(tile.frame) < FLAT || !(await reader.mayHoldText(tile.frame))) continue;
    gate = 'no-legible-line';
    read.push({ tile, lines: await reader.read(tile.frame) });
  }
  return { lines: joinTiles(frame, read), gate };
}

/** Standard deviation of the grey values, over a sample of the pixels. */
function deviationOf({ data, width, height }: Frame): number {
  const pixels = width * height;
  // A step that shares no divisor with the width, so that the sample does not walk down a few columns.
  let step = Math.max(1, Math.floor(pixels / SAMPLES));
  if (step > 1) while (width % step === 0 || step % 2 === 0) step += 1;
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let pixel = 0; pixel < pixels; pixel += step) {
    const at = pixel * 3;
    const grey = (data[at]! * 3 + data[at + 1]! * 6 + data[at + 2]!) / 10;
    sum += grey;
    squares += grey * grey;
    count += 1;
  }
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean));
}
