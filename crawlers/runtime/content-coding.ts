import { promisify } from 'node:util';
import {
  brotliDecompress,
  constants,
  gunzip,
  inflate,
  inflateRaw,
  type BrotliOptions,
  type ZlibOptions,
} from 'node:zlib';
import { type Exchange, type HeaderPairs } from '#libs/domain';

/** Decoded size beyond which a body is not read: 316 bytes of Brotli can stand for 200 MB. */
export const MAX_DECODED_BYTES = 50 * 1024 * 1024;

/** Codings on top of each other that are undone; honest servers use one. */
const MAX_CODINGS = 3;

/** A body without its content codings, or why there is none. */
export type DecodedBody =
  | { readonly bytes: Uint8Array; readonly problem: null }
  | { readonly bytes: null; readonly problem: 'too-large' | 'undecodable' };

/** The first value of a header, by name in any case; null when it is not there. */
export function headerOf(headers: HeaderPairs, name: string): string | null {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}

const asFarAsItGoes: ZlibOptions = { finishFlush: constants.Z_SYNC_FLUSH };
const asFarAsItGoesToo: BrotliOptions = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

type Decoder = (bytes: Uint8Array, limit: { maxOutputLength: number }) => Promise<Uint8Array>;

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: (bytes, limit) => promisify(gunzip)(bytes, { ...asFarAsItGoes, ...limit }),
  deflate: (bytes, limit) =>
    // Some servers send the raw stream under this name; the first byte of a zlib header tells.
    ((bytes[0] ?? 0) & 0x0f) === 8
      ? promisify(inflate)(bytes, { ...asFarAsItGoes, ...limit })
      : promisify(inflateRaw)(bytes, { ...asFarAsItGoes, ...limit }),
  br: (bytes, limit) => promisify(brotliDecompress)(bytes, { ...asFarAsItGoesToo, ...limit }),
};

const codingsOf = (headers: HeaderPairs): string[] =>
  headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((coding) => coding.trim().replace(/^x-/, ''))
    .filter((coding) => coding !== '' && coding !== 'identity');

const isTooLarge = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ERR_BUFFER_TOO_LARGE';

/**
 * Undoes the content codings of a body that is still as it was on the wire. A body that was cut short is decoded as
 * far as it goes. Never holds more than about `maxBytes` in memory beside the body.
 */
export async function decodeBody(
  exchange: Pick<Exchange, 'body' | 'responseHeaders' | 'isBodyDecoded'>,
  maxBytes: number = MAX_DECODED_BYTES,
): Promise<DecodedBody> {
  const codings = exchange.isBodyDecoded || exchange.body.length === 0 ? [] : codingsOf(exchange.responseHeaders);
  if (codings.length > MAX_CODINGS) return { bytes: null, problem: 'undecodable' };
  let bytes = exchange.body;
  for (const coding of codings.reverse()) {
    const decode = decoders[coding];
    if (!decode) return { bytes: null, problem: 'undecodable' };
    try {
      bytes = await decode(bytes, { maxOutputLength: maxBytes });
    } catch (error) {
      return { bytes: null, problem: isTooLarge(error) ? 'too-large' : 'undecodable' };
    }
  }
  return bytes.length > maxBytes ? { bytes: null, problem: 'too-large' } : { bytes, problem: null };
}
