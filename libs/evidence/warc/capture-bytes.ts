import { isIP } from 'node:net';
import { type Capture, type CapturePart, type Exchange, InputInvalidError, type SealedPart } from '#libs/domain';
import { digestsOf, sha256Of } from './digests';
import { mediaTypeLine, uriLine } from './hostile-text';
import { requestHead, responseHead } from './http-head';
import { gzipMember } from './warc-record';

/** One gzip member of a capture; its offset counts from the first byte of the capture. */
export interface DraftedMember {
  readonly offset: number;
  readonly byteLength: number;
  readonly sha256: string;
}

/** A part that is ready to be written. */
export type DraftedPart = Omit<SealedPart, 'warc' | 'request'> & {
  readonly member: DraftedMember;
  readonly request: DraftedMember | null;
};

/** The bytes of one capture, not yet in a file. */
export interface CaptureBytes {
  readonly capture: Capture;
  readonly members: readonly Buffer[];
  readonly parts: readonly DraftedPart[];
}

/** Under which name a part stands in the archive; the names are those other web archives use. */
const RESOURCE_URN = { dom: 'urn:dom:', layout: 'urn:layout:', screenshot: 'urn:fullPage:', pageinfo: 'urn:pageinfo:' };

interface Written {
  readonly request: Buffer | null;
  /** The record that holds the payload. */
  readonly member: Buffer;
  readonly part: Omit<DraftedPart, 'member' | 'request' | 'name'>;
}

function exchangeHeaders(exchange: Exchange): [string, string][] {
  const address = exchange.remoteAddress?.replace(/%.*$/, '') ?? '';
  const headers: [string, string][] = [['WARC-Target-URI', uriLine(exchange.url)]];
  if (isIP(address) !== 0) headers.push(['WARC-IP-Address', address]);
  return headers;
}

function exchangeMediaType(exchange: Exchange): string {
  const header = exchange.responseHeaders.find(([name]) => name.toLowerCase() === 'content-type');
  return mediaTypeLine(header?.[1] ?? '');
}

/** The request comes first, so that the last record of every capture is one that the log vouches for. */
async function writeExchange(exchange: Exchange, nextId: () => string): Promise<Written> {
  const digests = await digestsOf(exchange.body);
  const [requestId, responseId] = [nextId(), nextId()];
  const headers = exchangeHeaders(exchange);
  const request = await gzipMember({
    type: 'request',
    recordId: requestId,
    date: exchange.startedAt,
    contentType: 'application/http; msgtype=request',
    headers: [...headers, ['WARC-Concurrent-To', `<urn:uuid:${responseId}>`]],
    head: requestHead(exchange),
    payload: new Uint8Array(),
  });
  const response = await gzipMember({
    type: 'response',
    recordId: responseId,
    date: exchange.startedAt,
    contentType: 'application/http; msgtype=response',
    headers: exchange.truncated ? [...headers, ['WARC-Truncated', exchange.truncated]] : headers,
    head: responseHead(exchange),
    payload: exchange.body,
    payloadSha256: digests.sha256,
  });
  const mediaType = exchangeMediaType(exchange);
  return { request, member: response, part: { mediaType, ...digests, byteLength: exchange.body.byteLength } };
}

async function writeResource(
  capture: Capture,
  part: Extract<CapturePart, { kind: 'resource' }>,
  nextId: () => string,
): Promise<Written> {
  const digests = await digestsOf(part.bytes);
  const mediaType = mediaTypeLine(part.mediaType);
  const resource = await gzipMember({
    type: 'resource',
    recordId: nextId(),
    date: capture.capturedAt,
    contentType: mediaType,
    headers: [['WARC-Target-URI', RESOURCE_URN[part.name] + uriLine(capture.visit.finalUrl)]],
    head: new Uint8Array(),
    payload: part.bytes,
    payloadSha256: digests.sha256,
  });
  return { request: null, member: resource, part: { mediaType, ...digests, byteLength: part.bytes.byteLength } };
}

/**
 * Makes the records of a capture.
 *
 * @param nextId Gives the ids of the records, in the order in which they are written.
 * @throws {InputInvalidError} when two parts have one name, or an HTTP head is larger than any reader takes.
 */
export async function captureBytes(capture: Capture, nextId: () => string): Promise<CaptureBytes> {
  const names = new Set(capture.parts.map((part) => part.name));
  if (names.size !== capture.parts.length) {
    const found = capture.parts.map((part) => part.name).join(', ');
    throw new InputInvalidError(`parts of the capture of visit ${capture.visit.id}`, found, 'each name once');
  }
  const members: Buffer[] = [];
  const parts: DraftedPart[] = [];
  let end = 0;
  const drafted = (bytes: Buffer): DraftedMember => {
    members.push(bytes);
    const offset = end;
    end += bytes.length;
    return { offset, byteLength: bytes.length, sha256: sha256Of(bytes) };
  };
  for (const part of capture.parts) {
    const isExchange = part.kind === 'exchange';
    const written = await (isExchange ? writeExchange(part.exchange, nextId) : writeResource(capture, part, nextId));
    const request = written.request === null ? null : drafted(written.request);
    parts.push({ name: part.name, ...written.part, request, member: drafted(written.member) });
  }
  return { capture, members, parts };
}
