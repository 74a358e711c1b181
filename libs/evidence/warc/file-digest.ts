import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { StorageUnavailableError } from '#libs/domain';

/**
 * SHA-256 over the first `length` bytes of a file, lower-case hex; over all it has when it is shorter.
 *
 * @throws {StorageUnavailableError} when it cannot be read.
 */
export async function sha256OfFile(file: string, length: number): Promise<string> {
  const hash = createHash('sha256');
  if (length === 0) return hash.digest('hex');
  try {
    for await (const chunk of createReadStream(file, { end: length - 1 })) hash.update(chunk as Buffer);
  } catch (cause) {
    throw new StorageUnavailableError(file, 'reading archive file', { cause });
  }
  return hash.digest('hex');
}
