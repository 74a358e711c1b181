import { chmod, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { StorageUnavailableError, WarcFileDamagedError } from '#libs/domain';
import { sha256OfFile } from './file-digest';
import { isPlainFileName, lengthOfFile } from './place';
import { type FileSettings } from './warc-files';
import * as rows from './warc-file-rows';

/** What repair found, each by file name. */
export interface Repair {
  /** Closed with every byte that evidence stands on. */
  readonly closed: readonly string[];
  /** Struck, as no evidence stood on them. */
  readonly deleted: readonly string[];
  /** Left as they are for somebody to look at. */
  readonly damaged: readonly WarcFileDamagedError[];
}

async function cutTail(file: string, length: number): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.truncate(length);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Brings the bytes on disk to what evidence stands on; gives their digest, or null when the file is deleted. */
async function tidy(file: string, held: rows.HeldFile): Promise<string | WarcFileDamagedError | null> {
  try {
    const length = await lengthOfFile(file);
    if (held.committed === 0) {
      await rm(file, { force: true });
      return null;
    }
    if (length === null || length < held.committed) return new WarcFileDamagedError(held.name, held.committed, length);
    if (length > held.committed) await cutTail(file, held.committed);
    await chmod(file, 0o440);
    return await sha256OfFile(file, held.committed);
  } catch (cause) {
    if (cause instanceof StorageUnavailableError) throw cause;
    throw new StorageUnavailableError(file, 'repairing archive file', { cause });
  }
}

type Fate = 'closed' | 'deleted' | WarcFileDamagedError;

async function repairFile(settings: FileSettings, held: rows.HeldFile): Promise<Fate> {
  const { database, holder, directory } = settings;
  // A row that somebody changed must not make this process cut or delete files elsewhere.
  if (!isPlainFileName(held.name)) return new WarcFileDamagedError(held.name, held.committed, null);
  const tidied = await tidy(path.join(directory, held.name), held);
  if (tidied === null) {
    await rows.strikeEmptyFile(database.pool, holder, held.name);
    return 'deleted';
  }
  if (typeof tidied !== 'string') return tidied;
  await rows.markClosed(database.pool, holder, held, tidied);
  return 'closed';
}

/**
 * Closes files that a process left open when it died, without the torn record at their end.
 *
 * @param inUse Files of this process; left alone.
 * @param ofEverybody Takes also files whose lease still runs.
 */
export async function repairFiles(
  settings: FileSettings,
  inUse: readonly string[],
  ofEverybody: boolean,
): Promise<Repair> {
  const closed: string[] = [];
  const deleted: string[] = [];
  const damaged: WarcFileDamagedError[] = [];
  for (const held of await rows.takeOver(settings.database.pool, settings.holder, inUse, ofEverybody)) {
    const fate = await repairFile(settings, held);
    if (fate === 'closed') closed.push(held.name);
    else if (fate === 'deleted') deleted.push(held.name);
    else damaged.push(fate);
  }
  if (closed.length + deleted.length > 0) {
    settings.log?.info('warc.repaired', { closed: closed.length, deleted: deleted.length });
  }
  for (const error of damaged) settings.log?.error('warc.damaged', error, {});
  return { closed, deleted, damaged };
}
