import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

const SLICE = 4 * 1024 * 1024;

/** Both digests of one content, lower-case hex. — FIPS 180-4; GB/T 32905-2016 */
export interface Digests {
  readonly sha256: string;
  readonly sm3: string;
}

/** Digests bytes; large ones slice by slice, so that a picture of many megabytes does not hold up everything else. */
export async function digestsOf(bytes: Uint8Array): Promise<Digests> {
  const sha256 = createHash('sha256');
  const sm3 = createHash('sm3');
  for (let from = 0; from < bytes.byteLength; from += SLICE) {
    if (from > 0) await setImmediate();
    const slice = bytes.subarray(from, from + SLICE);
    sha256.update(slice);
    sm3.update(slice);
  }
  return { sha256: sha256.digest('hex'), sm3: sm3.digest('hex') };
}

/** SHA-256 over several byte strings as if they were one, lower-case hex. */
export function sha256Of(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
