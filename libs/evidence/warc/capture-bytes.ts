import { isIP } from 'node:net';
import { type Capture, type CapturePart, type Exchange, InputInvalidError, type SealedPart } from '#libs/domain';
import { digestsOf } from './digests';
import { mediaTypeLine, uriLine } from './hostile-text';
import { requestHead, responseHead } from './http-head';
import { gzipMember } from './warc-record';

/** A part that is ready to be written; its offset counts from the first byte of its capture. */
export type DraftedPart = Omit<SealedPart, 'warc'> & { readonly offset: number; readonly memberLength: number };

/** The bytes of one capture, not yet in a file. */
export interface CaptureBytes {
  readonly capture: Capture;
  readonly members: readonly Buffer[];
  readonly parts: readonly DraftedPart[];
}

/** Under which name a part stands in the archive; the names are those other web archives use. */
const RESOURCE_URN = { dom: 'urn:dom:', layout: 'urn:layout:', screenshot: 'urn:fullPage:', pageinfo: 'urn:pageinfo:' };

interface Written {
  readonly members: readonly Buffer[];
  readonly part: Omit<DraftedPart, 'offset' | 'memberLength' | 'name'>;
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
  return { members: [request, response], part: { mediaType, ...digests, byteLength: exchange.body.byteLength } };
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
  return { members: [resource], part: { mediaType, ...digests, byteLength: part.bytes.byteLength } };
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
  let offset = 0;
  for (const part of capture.parts) {
    const isExchange = part.kind === 'exchange';
    const written = await (isExchange ? writeExchange(part.exchange, nextId) : writeResource(capture, part, nextId));
    members.push(...written.members);
    for (const member of written.members) offset += member.length;
    const memberLength = written.members.at(-1)?.length ?? 0;
    parts.push({ name: part.name, ...written.part, offset: offset - memberLength, memberLength });
  }
  return { capture, members, parts };
}
