import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { type RunId, StorageUnavailableError } from '#libs/domain';

/** Makes the names of new and deleted files in a directory outlast a power cut. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** How often this process made the disk keep its word; for watching, and for tests that count instead of timing. */
export interface SyncTally {
  fileSyncs: number;
  directorySyncs: number;
}

/** A file that is being written. One writer at a time. */
export class OpenWarcFile {
  readonly #sha256 = createHash('sha256');
  #uncommitted: Uint8Array[] = [];
  #isNameSynced = false;
  #committed = 0;
  #length = 0;

  private constructor(
    readonly name: string,
    readonly runId: RunId,
    private readonly place: { readonly directory: string; readonly handle: FileHandle },
    private readonly opening: Buffer,
  ) {}

  /**
   * Creates the file.
   *
   * @param opening Bytes that come before the first record; written with the first records, not now.
   * @throws {StorageUnavailableError} when it cannot be created.
   */
  static async create(directory: string, name: string, runId: RunId, opening: Buffer): Promise<OpenWarcFile> {
    const file = path.join(directory, name);
    const handle = await open(file, 'wx', 0o640).catch((cause: unknown) => {
      throw new StorageUnavailableError(file, 'creating archive file', { cause });
    });
    return new OpenWarcFile(name, runId, { directory, handle }, opening);
  }

  get path(): string {
    return path.join(this.place.directory, this.name);
  }

  /** Bytes that evidence rows vouch for. */
  get committed(): number {
    return this.#committed;
  }

  /** Bytes written, committed or not. */
  get length(): number {
    return this.#length;
  }

  /** Over the committed bytes, lower-case hex. */
  get sha256(): string {
    return this.#sha256.copy().digest('hex');
  }

  /**
   * Writes at the end.
   *
   * @returns Where the first of these chunks begins.
   * @throws {StorageUnavailableError} when not every byte was taken; {@link cut} removes those that were.
   */
  async write(chunks: readonly Uint8Array[]): Promise<number> {
    const begin = this.#length === 0 ? this.opening.length : this.#length;
    const bytes = Buffer.concat(this.#length === 0 ? [this.opening, ...chunks] : chunks);
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.place.handle.write(bytes, done, bytes.length - done, this.#length);
        done += bytesWritten;
        this.#length += bytesWritten;
      }
    } catch (cause) {
      throw new StorageUnavailableError(this.path, 'writing archive file', { cause });
    }
    this.#uncommitted.push(bytes);
    return begin;
  }

  /** @throws {StorageUnavailableError} when the disk did not take what was written: the file must not be used again. */
  async sync(tally: SyncTally): Promise<void> {
    try {
      tally.fileSyncs += 1;
      await this.place.handle.datasync();
      if ((await this.place.handle.stat()).nlink === 0) throw new Error('somebody deleted it');
      if (this.#isNameSynced) return;
      tally.directorySyncs += 1;
      await syncDirectory(this.place.directory);
      this.#isNameSynced = true;
    } catch (cause) {
      throw new StorageUnavailableError(this.path, 'syncing archive file', { cause });
    }
  }

  /** Notes that rows now vouch for everything written. */
  commit(): void {
    for (const bytes of this.#uncommitted) this.#sha256.update(bytes);
    this.#uncommitted = [];
    this.#committed = this.#length;
  }

  /** Removes what no row vouches for. @throws {StorageUnavailableError} when the disk refuses even that. */
  async cut(): Promise<void> {
    try {
      await this.place.handle.truncate(this.#committed);
    } catch (cause) {
      throw new StorageUnavailableError(this.path, 'cutting archive file', { cause });
    }
    this.#uncommitted = [];
    this.#length = this.#committed;
  }

  /** Takes the right to write away from everybody. */
  async protect(): Promise<void> {
    await this.place.handle.chmod(0o440);
  }

  async release(): Promise<void> {
    await this.place.handle.close();
  }
}
