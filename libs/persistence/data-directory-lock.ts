import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DataDirectoryInUseError, InputInvalidError } from '#libs/domain';
import { errorCode } from './error-code';
import { isRunning, processMark } from './process-mark';

/** What the holder's file says; the file of a lock let go says `processId: null`. */
interface Holder {
  readonly processId: number | null;
  /** Tells this process from a later one with the same number. */
  readonly mark: string | null;
  readonly token: string;
}

const MOST_TRIES = 100;
const placePattern = /^\d{12}\.json$/;

/** Null when the file is gone, or is no holder's file: the machine stopped while it was written. */
function holderIn(file: string): Holder | null {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder> | null;
    if (typeof read?.token !== 'string') return null;
    return { processId: read.processId ?? null, mark: read.mark ?? null, token: read.token };
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Keeps a data directory for one process: PGlite itself lets two processes write into one database.
 *
 * The holder is whoever owns the file with the highest number under `lock/`. Numbers only go up: the highest file is
 * never removed, a lock let go is a file that names nobody. Whoever finds the highest file to name nobody alive makes
 * the next number, which succeeds for exactly one; whoever made a number that is not the highest (it looked too long
 * ago) steps back. So no moment exists in which a lock is removed that somebody else has just taken.
 */
export class DataDirectoryLock {
  private isHeld = true;

  private constructor(
    private readonly file: string,
    private readonly token: string,
  ) {}

  /**
   * Takes the lock, also from a process that is dead; makes the directory when it is missing.
   *
   * @throws {DataDirectoryInUseError} when a live process holds it, this one included; names the process.
   * @throws {InputInvalidError} when the directory cannot be written to.
   */
  static take(dataDirectory: string): DataDirectoryLock {
    const directory = path.join(dataDirectory, 'lock');
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const lock = DataDirectoryLock.attempt(directory, dataDirectory);
        if (lock !== null) return lock;
      }
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(errorCode(error))) throw error;
      throw new InputInvalidError(
        `data directory ${dataDirectory}`,
        errorCode(error),
        'a directory this process can write to',
      );
    }
    throw new DataDirectoryInUseError(dataDirectory, null);
  }

  /** Null when somebody else was faster and the directory has to be looked at again. */
  private static attempt(directory: string, dataDirectory: string): DataDirectoryLock | null {
    const highest = places(directory).at(-1);
    const holder = highest === undefined ? null : holderIn(path.join(directory, highest));
    if (holder?.processId != null && isRunning(holder.processId, holder.mark)) {
      throw new DataDirectoryInUseError(dataDirectory, holder.processId);
    }
    const name = `${String(Number.parseInt(highest ?? '0', 10) + 1).padStart(12, '0')}.json`;
    const token = randomUUID();
    const file = path.join(directory, name);
    if (!makeWhole(file, { processId: process.pid, mark: processMark(process.pid), token })) return null;
    const now = places(directory);
    if (now.at(-1) !== name) {
      rmSync(file, { force: true });
      return null;
    }
    for (const lower of now.slice(0, -1)) rmSync(path.join(directory, lower), { force: true });
    return new DataDirectoryLock(file, token);
  }

  /** Lets the directory go. Twice is once. A process that ends without it leaves a lock that anyone may take. */
  release(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    if (holderIn(this.file)?.token !== this.token) return; // the directory was removed or replaced meanwhile
    const written = `${this.file}.${this.token}.part`;
    writeFileSync(written, JSON.stringify({ processId: null, mark: null, token: this.token }), { mode: 0o600 });
    renameSync(written, this.file);
  }
}

function places(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => placePattern.test(name))
    .sort();
}

/** Makes a file appear with all its content at once; false when the name is taken. */
function makeWhole(file: string, holder: Holder): boolean {
  const written = `${file}.${holder.token}.part`;
  writeFileSync(written, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(written, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(written, { force: true });
  }
}
