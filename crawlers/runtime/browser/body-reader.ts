import { type CDPSession } from 'playwright';
import { type Exchange } from '#libs/domain';

/** A body, whole or cut. */
export interface ReadBody {
  readonly bytes: Uint8Array;
  readonly truncated: Exchange['truncated'];
}

export interface BodyLimits {
  /** Decoded bytes of one body. */
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

const CHUNK = 512 * 1024;
/** Bodies known to be smaller come in one piece. */
const SMALL = 1024 * 1024;

/** Rejects when a promise takes longer; the promise itself goes on and its end is ignored. */
export async function within<T>(promise: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new OutOfTime(what, timeoutMs)), Math.max(0, timeoutMs));
  });
  promise.catch(() => undefined); // its failure after the deadline concerns nobody any more
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Something in the browser did not come back in time. */
export class OutOfTime extends Error {
  constructor(what: string, timeoutMs: number) {
    super(`${what} took longer than ${Math.round(timeoutMs)} ms`);
    this.name = 'OutOfTime';
  }
}

/** Says whether the header's promise can be trusted to bound the decoded size: only an unencoded body's can. */
export function isSmall(contentLength: string | null, contentEncoding: string | null): boolean {
  if (contentEncoding !== null && contentEncoding.toLowerCase() !== 'identity') return false;
  return contentLength !== null && /^\d{1,7}$/.test(contentLength) && Number(contentLength) <= SMALL;
}

/** Reads the body of a paused answer in one piece. The answer may go on as it is afterwards. */
export async function readWhole(session: CDPSession, requestId: string, limits: BodyLimits): Promise<ReadBody> {
  const { body, base64Encoded } = await within(
    session.send('Fetch.getResponseBody', { requestId }),
    limits.timeoutMs,
    'reading a body',
  );
  return { bytes: Buffer.from(body, base64Encoded ? 'base64' : 'utf8'), truncated: null };
}

/**
 * Reads the body of a paused answer piece by piece, decoded, up to the cap: what is packed into a few bytes may be
 * endless. The answer must be fulfilled or failed afterwards; it cannot go on.
 */
export async function readStreamed(session: CDPSession, requestId: string, limits: BodyLimits): Promise<ReadBody> {
  const { stream } = await session.send('Fetch.takeResponseBodyAsStream', { requestId });
  const chunks: Buffer[] = [];
  const deadline = performance.now() + limits.timeoutMs;
  let length = 0;
  let truncated: Exchange['truncated'] = null;
  try {
    for (let isEnd = false; !isEnd;) {
      const piece = session.send('IO.read', { handle: stream, size: CHUNK });
      const { data, base64Encoded, eof } = await within(piece, deadline - performance.now(), 'reading a body');
      const bytes = Buffer.from(data, base64Encoded === true ? 'base64' : 'utf8');
      chunks.push(bytes.subarray(0, limits.maxBytes - length));
      length += bytes.length;
      if (length > limits.maxBytes) truncated = 'length';
      isEnd = eof || truncated !== null;
    }
  } catch (error) {
    truncated = error instanceof OutOfTime ? 'time' : 'disconnect';
  } finally {
    session.send('IO.close', { handle: stream }).catch(() => undefined); // gone with the page already
  }
  return { bytes: Buffer.concat(chunks), truncated };
}
