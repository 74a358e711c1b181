import sharp from 'sharp';
import { pickFrames } from './animation';
import { type Frame } from './frame';

/** What a picture may cost. */
export const PICTURE_LIMITS = { maxBytes: 15_000_000, maxPixels: 40_000_000, decodeSeconds: 8, maxFrames: 8 };

const SMALLEST_SIDE = 24;
const SMALLEST_AREA = 1500;
const LARGEST_ASPECT = 60;
/** Mean of the opaque pixels above which text is taken to be light, so that it vanishes on white. */
const LIGHT = 200;

/** Why a picture is not read at all, or is known to hold no text by its size. */
export interface NotDecoded {
  readonly status: 'rejected' | 'no_text';
  readonly reason: string;
  readonly width: number;
  readonly height: number;
}

/** A decoded picture; several frames where it moves. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly { readonly index: number; readonly frame: Frame }[];
  readonly isAnimated: boolean;
}

sharp.cache(false);
sharp.concurrency(1);

const rejected = (reason: string, width = 0, height = 0): NotDecoded => ({ status: 'rejected', reason, width, height });

/** Decodes within caps: bytes first, then the header alone, then pixels. Nothing outside the bytes given is ever read. */
export async function decodePicture(bytes: Uint8Array): Promise<DecodedPicture | NotDecoded> {
  if (bytes.byteLength === 0) return rejected('empty');
  if (bytes.byteLength > PICTURE_LIMITS.maxBytes) return rejected('too-many-bytes');
  if (reachesOutside(bytes)) return rejected('svg-with-entities');
  try {
    const meta = await open(bytes).metadata();
    const width = meta.width;
    const height = meta.pageHeight ?? meta.height;
    const refusal = bySize(width, height);
    if (refusal !== null) return refusal;
    const pages = meta.pages ?? 1;
    const isAnimated = pages > 1;
    const frames = isAnimated
      ? await pickFrames(pages, PICTURE_LIMITS.maxFrames, (page) => frameOf(bytes, page))
      : [{ index: 0, frame: await frameOf(bytes, 0) }];
    const [first] = frames;
    if (first === undefined) return rejected('undecodable');
    return { width: first.frame.width, height: first.frame.height, frames, isAnimated };
  } catch (error) {
    return rejected(reasonOf(error));
  }
}

function open(bytes: Uint8Array, page = 0): sharp.Sharp {
  return sharp(bytes, { limitInputPixels: PICTURE_LIMITS.maxPixels, failOn: 'error', page, pages: 1 }).timeout({
    seconds: PICTURE_LIMITS.decodeSeconds,
  });
}

/** An entity may name a file or multiply without end; pictures of text need none. */
function reachesOutside(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096)).toString('latin1');
  return /<\?xml|<svg|<!doctype/i.test(head) && Buffer.from(bytes).includes('<!ENTITY');
}

function bySize(width: number, height: number): NotDecoded | null {
  if (width * height > PICTURE_LIMITS.maxPixels) return rejected('too-many-pixels', width, height);
  const none = (reason: string): NotDecoded => ({ status: 'no_text', reason, width, height });
  if (Math.min(width, height) < SMALLEST_SIDE || width * height < SMALLEST_AREA) return none('too-small');
  return Math.max(width / height, height / width) > LARGEST_ASPECT ? none('too-narrow') : null;
}

async function frameOf(bytes: Uint8Array, page: number): Promise<Frame> {
  const raw = { depth: 'uchar' as const };
  const picture = open(bytes, page).rotate().toColourspace('srgb');
  const { data, info } = await picture.raw(raw).toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return info.channels === 3 ? { data, width, height } : flatten(data, width, height);
}

/** Lays the picture on white, or on black where what is opaque is light: white words on nothing would vanish. */
function flatten(rgba: Buffer, width: number, height: number): Frame {
  const ground = isLight(rgba) ? 0 : 255;
  const data = Buffer.allocUnsafe(width * height * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3]!;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = rgba[from + channel]!;
      data[to + channel] = alpha === 255 ? value : Math.round((value * alpha + ground * (255 - alpha)) / 255);
    }
  }
  return { data, width, height };
}

function isLight(rgba: Buffer): boolean {
  let seeThrough = 0;
  let opaque = 0;
  let sum = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at + 3]! < 250) seeThrough += 1;
    if (rgba[at + 3]! < 128) continue;
    opaque += 1;
    sum += (rgba[at]! + rgba[at + 1]! * 2 + rgba[at + 2]!) / 4;
  }
  return seeThrough > 0 && opaque > 0 && sum / opaque > LIGHT;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/pixel limit|too large|dimensions/i.test(message)) return 'too-many-pixels';
  if (/timeout/i.test(message)) return 'decode-timeout';
  return /unsupported image format/i.test(message) ? 'no-picture' : 'undecodable';
}
