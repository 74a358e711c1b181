import { rm } from 'node:fs/promises';
import { type RunId } from '#libs/domain';
import { fileOpening } from './file-opening';
import { OpenWarcFile, type SyncTally } from './open-warc-file';
import { type SealDatabase, type SealLog } from './seal-database';
import * as rows from './warc-file-rows';

/** What everybody who works on files here needs to know. */
export interface FileSettings {
  readonly database: SealDatabase;
  readonly directory: string;
  readonly holder: rows.Holder;
  /** A file that has grown to this many bytes is closed. */
  readonly rollBytes: number;
  /** A file that took nothing for this long is closed: its run is over. */
  readonly idleMs: number;
  readonly clock: () => Date;
  readonly nextId: () => string;
  readonly tally: SyncTally;
  readonly log: SealLog | null;
}

interface InUse {
  readonly file: OpenWarcFile;
  lastUsedAt: number;
}

/** The open files of this process, one per run. Not for use by several at once: the store takes turns. */
export class WarcFiles {
  readonly #inUse = new Map<RunId, InUse>();
  readonly #countByRun = new Map<RunId, number>();

  constructor(private readonly settings: FileSettings) {}

  get names(): string[] {
    return [...this.#inUse.values()].map(({ file }) => file.name);
  }

  /**
   * The file that takes the next records of a run. One that somebody else took over while this process slept is left
   * to them, cut back to what is committed, and a new one is begun.
   */
  async fileFor(runId: RunId): Promise<OpenWarcFile> {
    const { database, holder } = this.settings;
    const open = this.#inUse.get(runId);
    if (open && (await rows.isHeld(database.pool, holder, open.file))) {
      open.lastUsedAt = this.settings.clock().getTime();
      return open.file;
    }
    if (open) await this.abandon(open.file);
    return this.#begin(runId);
  }

  async #begin(runId: RunId): Promise<OpenWarcFile> {
    const { database, holder, directory, clock, nextId } = this.settings;
    const count = (this.#countByRun.get(runId) ?? 0) + 1;
    const name = `${runId}-${count}-${nextId().slice(-8)}.warc.gz`;
    const opening = await fileOpening({ name, runId, recordId: nextId(), at: clock() });
    // The row comes first: a file without a row would never be found again.
    await rows.enterFile(database.pool, holder, { name, runId });
    const file = await OpenWarcFile.create(directory, name, runId, opening).catch(async (error: unknown) => {
      await rows.strikeEmptyFile(database.pool, holder, name);
      throw error;
    });
    this.#countByRun.set(runId, count);
    this.#inUse.set(runId, { file, lastUsedAt: clock().getTime() });
    return file;
  }

  /** Lets go of a file that must not be written again; whoever repairs next closes it. */
  async abandon(file: OpenWarcFile): Promise<void> {
    this.#inUse.delete(file.runId);
    try {
      await file.cut();
    } catch (error) {
      this.settings.log?.error('warc.damaged', error, { file: file.name });
    } finally {
      await file.release();
    }
  }

  /**
   * Finds out what became of a transaction that failed, as it may have been committed and only the answer was lost,
   * and cuts off what no row vouches for.
   *
   * @returns True when it was committed after all.
   */
  async settle(file: OpenWarcFile): Promise<boolean> {
    const { database, holder } = this.settings;
    let length: number | null;
    try {
      length = await database.inTransaction((tx) => rows.settledLength(tx, holder, file.name));
    } catch (error) {
      // Nobody can say now; the bytes stay as they are and repair will know.
      this.settings.log?.error('store.lost', error, { file: file.name });
      this.#inUse.delete(file.runId);
      await file.release();
      return false;
    }
    if (length !== null && length === file.length && length > file.committed) return true;
    if (length === file.committed) await file.cut().catch(() => this.abandon(file));
    else await this.abandon(file);
    return false;
  }

  /** Closes the file when it has grown large enough. */
  async rollWhenFull(file: OpenWarcFile): Promise<void> {
    if (file.committed >= this.settings.rollBytes) await this.#close(file);
  }

  /** Closes files whose run gives nothing any more, and gives a sign of life for the others. */
  async lookAfter(): Promise<void> {
    const idleSince = this.settings.clock().getTime() - this.settings.idleMs;
    for (const { file, lastUsedAt } of [...this.#inUse.values()]) if (lastUsedAt < idleSince) await this.#close(file);
    if (this.#inUse.size > 0) await rows.renewLeases(this.settings.database.pool, this.settings.holder, this.names);
  }

  /** Closes every file; the first failure is told when all have been tried. */
  async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const { file } of [...this.#inUse.values()]) {
      await this.#close(file).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  async #close(file: OpenWarcFile): Promise<void> {
    const { database, holder, log } = this.settings;
    this.#inUse.delete(file.runId);
    try {
      if (file.committed === 0) {
        await rm(file.path, { force: true }); // whoever took it over may have been first
        await rows.strikeEmptyFile(database.pool, holder, file.name);
      } else if (await rows.markClosed(database.pool, holder, file, file.sha256)) {
        await file.protect();
        log?.info('warc.closed', { file: file.name, bytes: file.committed });
      }
    } finally {
      await file.release();
    }
  }
}
