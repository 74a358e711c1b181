import { type CDPSession } from 'playwright';
import { type Exchange, type HeaderPairs } from '#libs/domain';
import { headerOf } from '../content-coding';

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
export const SMALL = 1024 * 1024;

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

/** Says whether the headers promise a body that is small when decoded too: only an unencoded one can. */
export function isSmall(headers: HeaderPairs): boolean {
  const encoding = headerOf(headers, 'content-encoding') ?? 'identity';
  const length = headerOf(headers, 'content-length') ?? '';
  return encoding.toLowerCase() === 'identity' && /^\d{1,7}$/.test(length) && Number(length) <= SMALL;
}

/** Reads the body of a paused answer in one piece. When it is whole, the answer may go on as it is. */
export async function readWhole(session: CDPSession, requestId: string, limits: BodyLimits): Promise<ReadBody> {
  try {
    const asked = session.send('Fetch.getResponseBody', { requestId });
    const { body, base64Encoded } = await within(asked, limits.timeoutMs, 'reading a body');
    return { bytes: Buffer.from(body, base64Encoded ? 'base64' : 'utf8'), truncated: null };
  } catch (error) {
    return { bytes: new Uint8Array(0), truncated: error instanceof OutOfTime ? 'time' : 'disconnect' };
  }
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
