import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type SealedPart, type WarcPlace } from '#libs/domain';
import { sha256Of } from './digests';
import { LARGEST_HEAD } from './http-head';
import { isMissing, isPlainFileName } from './place';

/** Why the bytes of a part cannot be had. */
export interface Unreadable {
  readonly code: 'place-refused' | 'file-missing' | 'part-unreadable';
  readonly detail: string;
}

/** `head` is the HTTP head that stands before the payload of a response record, without its blank line; else empty. */
interface Payload {
  readonly bytes: Uint8Array;
  readonly head: string;
  readonly problem: null;
}

/** `memberSha256` is over the compressed record as it stands in the file, lower-case hex. */
export type PartBytes = (Payload & { readonly memberSha256: string }) | { readonly problem: Unreadable };

/** The bytes of one record as they stand in its file. */
export type MemberBytes = { readonly member: Buffer; readonly problem: null } | { readonly problem: Unreadable };

const inflate = promisify(gunzip);
const BLANK_LINE = Buffer.from('\r\n\r\n');

const unreadable = (detail: string): { problem: Unreadable } => ({ problem: { code: 'part-unreadable', detail } });

/** Reads exactly the bytes of one gzip member; null when the file ends before. */
async function memberBytes(file: string, offset: number, length: number): Promise<Buffer | null> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    if (offset + length > size) return null; // asked first: a record may claim any length
    const bytes = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
      if (bytesRead === 0) return null;
      done += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Takes the payload out of one WARC record. — ISO 28500:2017, section 4 */
function payloadOf(record: Buffer): Payload | { problem: Unreadable } {
  const headEnd = record.indexOf(BLANK_LINE);
  const head = headEnd < 0 ? '' : record.toString('latin1', 0, headEnd);
  const length = Number(/^Content-Length: *(\d{1,15})$/im.exec(head.replaceAll('\r', ''))?.[1] ?? NaN);
  const block = record.subarray(headEnd + 4, headEnd + 4 + length);
  const isWhole = record.length === headEnd + 4 + length + 4 && record.subarray(-4).equals(BLANK_LINE);
  if (!head.startsWith('WARC/1.1\r\n') || !isWhole) return unreadable('the bytes at its place are no WARC record');
  if (!/\r\nWARC-Type: response\r\n/.test(head)) return { bytes: block, head: '', problem: null };
  const httpEnd = block.indexOf(BLANK_LINE);
  return httpEnd < 0
    ? unreadable('its response record has no HTTP head')
    : { bytes: block.subarray(httpEnd + 4), head: block.toString('latin1', 0, httpEnd), problem: null };
}

function isPlace({ file, offset, byteLength }: WarcPlace): boolean {
  const numbers = [offset, byteLength];
  return isPlainFileName(file) && numbers.every((number) => Number.isSafeInteger(number) && number >= 0);
}

/** The compressed record at a place; its digest is not looked at here. */
export async function memberAt(directory: string, place: WarcPlace): Promise<MemberBytes> {
  if (!isPlace(place)) {
    return { problem: { code: 'place-refused', detail: `place ${JSON.stringify(place)} is not inside the archive` } };
  }
  const { file, offset, byteLength } = place;
  try {
    const member = await memberBytes(path.join(directory, file), offset, byteLength);
    return member ? { member, problem: null } : unreadable(`file ${file} ends before byte ${offset + byteLength}`);
  } catch (error) {
    if (isMissing(error)) return { problem: { code: 'file-missing', detail: `file ${file} is missing` } };
    return unreadable(`file ${file} at byte ${offset}: ${(error as Error).message}`);
  }
}

/** The payload bytes of a part as they stand in its file now; their digests are not looked at here. */
export async function partBytes(directory: string, part: SealedPart): Promise<PartBytes> {
  const read = await memberAt(directory, part.warc);
  if (read.problem) return read;
  try {
    // A member that was exchanged for a bomb stops here.
    const record = await inflate(read.member, { maxOutputLength: part.byteLength + 2 * LARGEST_HEAD });
    const payload = payloadOf(record);
    return payload.problem ? payload : { ...payload, memberSha256: sha256Of(read.member) };
  } catch (error) {
    return unreadable(`file ${part.warc.file} at byte ${part.warc.offset}: ${(error as Error).message}`);
  }
}
