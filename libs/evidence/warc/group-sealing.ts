import {
  type CaptureRecord,
  type Evidence,
  type EvidenceId,
  type RunId,
  StorageUnavailableError,
  kindOf,
} from '#libs/domain';
import { type SealTransaction } from '../evidence-store';
import { type CaptureBytes } from './capture-bytes';
import { captureRecord } from './capture-record';
import { enterEvidence } from './evidence-rows';
import { type OpenWarcFile } from './open-warc-file';
import { type FileSettings, type WarcFiles } from './warc-files';
import { moveCommitted } from './warc-file-rows';

/** One call of `append`, waiting for its turn. */
export interface SealCall {
  readonly runId: RunId;
  readonly captures: readonly CaptureBytes[];
  readonly alongside: (tx: SealTransaction) => Promise<void>;
  resolve(sealed: readonly Evidence[]): void;
  reject(error: unknown): void;
}

/** What one call throws inside the common transaction; says whose fault it is. */
class CallFailed extends Error {
  constructor(
    readonly call: SealCall,
    override readonly cause: unknown,
  ) {
    super('a call of the group failed');
  }
}

/** A file of the group was taken over by somebody while it was being written. */
class FileLost extends Error {
  constructor(readonly path: string) {
    super('somebody else took it over');
  }
}

interface Written {
  readonly files: readonly OpenWarcFile[];
  /** The records of each call, in the order of the calls. */
  readonly records: readonly (readonly CaptureRecord[])[];
}

/** Files lost more often than this in a row mean that something else than a long sleep is wrong. */
const MOST_LOSSES = 3;

/** Seals what several calls brought, with one sync per file and one transaction. */
export class GroupSealing {
  constructor(
    private readonly files: WarcFiles,
    private readonly settings: FileSettings & { readonly nextEvidenceId: () => EvidenceId },
  ) {}

  /**
   * Seals a group and settles each of its calls; never rejects. A call that fails by itself does not take the others
   * with it: the group is sealed again without it, or in halves when nobody can say whose fault it was.
   */
  async seal(calls: readonly SealCall[], losses = 0): Promise<void> {
    try {
      const sealed = await this.#sealTogether(calls);
      calls.forEach((call, at) => call.resolve(sealed[at] ?? []));
    } catch (error) {
      if (!(error instanceof FileLost)) return this.#sealApart(calls, error);
      if (losses < MOST_LOSSES) return this.seal(calls, losses + 1);
      const lost = new StorageUnavailableError(error.path, 'holding archive file', { cause: error });
      for (const call of calls) call.reject(lost);
    }
  }

  async #sealApart(calls: readonly SealCall[], error: unknown): Promise<void> {
    const reason = error instanceof CallFailed ? error.cause : error;
    // When disk or database is down, every part of the group would only fail again.
    if (calls.length === 1 || kindOf(reason) === 'unavailable') {
      for (const call of calls) call.reject(reason);
    } else if (error instanceof CallFailed) {
      error.call.reject(reason);
      await this.seal(calls.filter((call) => call !== error.call));
    } else {
      const half = Math.ceil(calls.length / 2);
      await this.seal(calls.slice(0, half));
      await this.seal(calls.slice(half));
    }
  }

  async #sealTogether(calls: readonly SealCall[]): Promise<readonly (readonly Evidence[])[]> {
    const startedAt = performance.now();
    const written = await this.#write(calls);
    // Kept apart from the promise: when the answer to a commit is lost, this is what was committed.
    const last: { sealed: readonly (readonly Evidence[])[] | null } = { sealed: null };
    try {
      await this.settings.database.inTransaction(async (tx) => {
        last.sealed = null;
        last.sealed = await this.#enter(tx, calls, written);
      });
    } catch (error) {
      const fates = [];
      for (const file of written.files) fates.push(await this.files.settle(file));
      if (last.sealed === null || fates.length === 0 || fates.includes(false)) throw error;
    }
    for (const file of written.files) {
      file.commit();
      await this.files.rollWhenFull(file).catch((error: unknown) => {
        // What is acknowledged here is sealed; that its file could not be closed is for the next repair.
        this.settings.log?.error('store.lost', error, { file: file.name });
      });
    }
    const sealed = last.sealed ?? [];
    const [captures, ms] = [sealed.flat().length, Math.round(performance.now() - startedAt)];
    if (captures > 0) this.settings.log?.info('evidence.sealed', { captures, calls: calls.length, ms });
    return sealed;
  }

  /** Writes and syncs the records of all calls. When the disk refuses, nothing of them stays. */
  async #write(calls: readonly SealCall[]): Promise<Written> {
    const files = new Map<RunId, OpenWarcFile>();
    const records: CaptureRecord[][] = [];
    try {
      for (const call of calls) records.push(await this.#writeCall(call, files));
    } catch (error) {
      for (const file of files.values()) await file.cut().catch(() => this.files.abandon(file));
      throw error;
    }
    try {
      await Promise.all([...files.values()].map((file) => file.sync(this.settings.tally)));
    } catch (error) {
      // After a failed sync nobody knows which pages the disk holds: such a file is never written again.
      for (const file of files.values()) await this.files.abandon(file);
      throw error;
    }
    return { files: [...files.values()], records };
  }

  async #writeCall(call: SealCall, files: Map<RunId, OpenWarcFile>): Promise<CaptureRecord[]> {
    const records: CaptureRecord[] = [];
    for (const bytes of call.captures) {
      let place = { file: '', offset: 0 };
      if (bytes.members.length > 0) {
        const file = files.get(call.runId) ?? (await this.files.fileFor(call.runId));
        files.set(call.runId, file);
        place = { file: file.name, offset: await file.write(bytes.members) };
      }
      records.push(captureRecord(this.settings.nextEvidenceId(), bytes, place));
    }
    return records;
  }

  async #enter(tx: SealTransaction, calls: readonly SealCall[], written: Written): Promise<Evidence[][]> {
    for (const call of calls) {
      try {
        await call.alongside(tx);
      } catch (error) {
        throw new CallFailed(call, error);
      }
    }
    for (const file of written.files) {
      const isMoved = await moveCommitted(tx, this.settings.holder, file, file.length);
      if (!isMoved) throw new FileLost(file.path);
    }
    const sealed = await enterEvidence(tx, written.records.flat());
    let from = 0;
    return written.records.map((own) => sealed.slice(from, (from += own.length)));
  }
}
