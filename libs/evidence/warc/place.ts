import { stat } from 'node:fs/promises';
import { StorageUnavailableError } from '#libs/domain';

/** Says whether a name is one plain file name, so that a record cannot point out of the archive's directory. */
export function isPlainFileName(name: unknown): boolean {
  return typeof name === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(name);
}

/** Says whether a failure means that there is no such file. */
export function isMissing(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'ENOENT';
}

/** Length in bytes; null when there is no such file. @throws {StorageUnavailableError} when the disk does not tell. */
export async function lengthOfFile(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw new StorageUnavailableError(file, 'looking at archive file', { cause });
  }
}
