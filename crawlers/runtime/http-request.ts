import { request, type Dispatcher } from 'undici';
import { type Exchange, type HeaderPairs } from '#libs/domain';
import { type GuardedDispatcher } from '#libs/netguard';
import { networkFailureOf, TimeIsUp, type NetworkFailure } from './network-failure';
import { HostPace } from './pace';

/** What one request may cost. */
export interface RequestLimits {
  /** Time for resolving the name and connecting, each address tried. */
  readonly connectTimeoutMs: number;
  /** Time from being connected to the answer's headers. */
  readonly headersTimeoutMs: number;
  /** Time for the whole body. */
  readonly bodyTimeoutMs: number;
  /** Bytes of a body as they come over the wire. */
  readonly maxWireBytes: number;
}

export const REQUEST_LIMITS: RequestLimits = {
  connectTimeoutMs: 15_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 60_000,
  maxWireBytes: 20 * 1024 * 1024,
};

/** What requests are made with. */
export interface RequestTools {
  readonly dispatcher: GuardedDispatcher;
  readonly pace: HostPace;
  readonly limits: RequestLimits;
}

/** Pairs of undici's flat list of raw headers. */
function pairsOf(flat: unknown): HeaderPairs {
  const list = flat as readonly string[];
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < list.length; i += 2) pairs.push([list[i] ?? '', list[i + 1] ?? '']);
  return pairs;
}

interface ReadBody {
  readonly body: Uint8Array;
  readonly truncated: Exchange['truncated'];
}

/** Reads as far as the limits allow; never rejects for what the network does. */
async function readBody(answer: Dispatcher.ResponseData, limits: RequestLimits): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  let truncated: Exchange['truncated'] = null;
  const timer = setTimeout(() => answer.body.destroy(new TimeIsUp('body', limits.bodyTimeoutMs)), limits.bodyTimeoutMs);
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      const room = limits.maxWireBytes - length;
      chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
      length += Math.min(chunk.length, room);
      if (chunk.length > room) {
        truncated = 'length';
        break; // leaving the loop destroys the body, and with it the connection
      }
    }
  } catch (error) {
    const failure = networkFailureOf(error);
    if (failure === null) throw error;
    truncated = failure.outcome === 'timeout' ? 'time' : 'disconnect';
  } finally {
    clearTimeout(timer);
  }
  return { body: Buffer.concat(chunks, length), truncated };
}

/**
 * Makes one GET request when it is its host's turn and reads the answer as it comes: headers in their order, case and
 * number, body still in its content coding. Follows nothing.
 *
 * @returns an answer, whole or cut, or why none came.
 */
export async function requestOnce(
  url: string,
  headers: HeaderPairs,
  { dispatcher, pace, limits }: RequestTools,
): Promise<Exchange | NetworkFailure> {
  const { origin, host } = new URL(url);
  let startedAt = new Date();
  const untilHeaders = limits.connectTimeoutMs + limits.headersTimeoutMs;
  try {
    const answer = await pace.turn(HostPace.hostOf(url), async () => {
      startedAt = new Date();
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(new TimeIsUp('headers', untilHeaders)), untilHeaders);
      try {
        return await request(url, {
          dispatcher,
          headers: headers.flat(),
          signal: controller.signal,
          responseHeaders: 'raw',
        });
      } finally {
        clearTimeout(timer);
      }
    });
    const remoteAddress = dispatcher.connectionTo(origin)?.remoteAddress ?? null;
    return {
      url,
      method: 'GET',
      // What undici writes by itself, in the order in which it does.
      requestHeaders: [['host', host], ['connection', 'keep-alive'], ...headers],
      status: answer.statusCode,
      statusText: answer.statusText,
      responseHeaders: pairsOf(answer.headers),
      ...(await readBody(answer, limits)),
      isBodyDecoded: false,
      remoteAddress,
      startedAt,
    };
  } catch (error) {
    const failure = networkFailureOf(error);
    if (failure === null) throw error;
    return failure;
  }
}

/** Tells an answer from the lack of one. */
export const isAnswer = (result: Exchange | NetworkFailure): result is Exchange => 'status' in result;
