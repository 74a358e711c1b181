import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  type Capture,
  type Evidence,
  type EvidenceId,
  EvidenceTamperedError,
  NotFoundError,
  type PartName,
  type RunId,
  StorageUnavailableError,
  isId,
  newId,
} from '#libs/domain';
import {
  EvidenceStore,
  type LogState,
  type SealedAnswer,
  type SealTransaction,
  type SignedStatement,
  type Verification,
} from '../evidence-store';
import { TreeHead } from '../merkle';
import { type CaptureBytes, captureBytes } from './capture-bytes';
import { sha256Of } from './digests';
import { evidenceOf, leavesFrom } from './evidence-rows';
import { headersIn } from './http-head';
import { GroupSealing, type SealCall } from './group-sealing';
import { type Repair, repairFiles } from './repair';
import { type SealDatabase, type SealLog } from './seal-database';
import { partBytes } from './sealed-bytes';
import { statementsOf } from './signed-statements';
import { type TransparencyLog } from './transparency-log';
import { Turns } from './turns';
import { WholeVerification } from './verification';
import { type FileSettings, WarcFiles } from './warc-files';

const MEGABYTE = 1024 * 1024;
const LEAVES_AT_ONCE = 10_000;

/** How a {@link WarcEvidenceStore} is set up. */
export interface WarcEvidenceStoreOptions {
  readonly database: SealDatabase;
  /** Where the WARC files stand; made when missing. Several processes may share it, when they share the database. */
  readonly directory: string;
  /** True when no other process can have the database open, so that every open file is left over. Default false. */
  readonly soleProcess?: boolean;
  /** A file that has grown to this many bytes is closed and another one begun. Default 256 MB. */
  readonly rollBytes?: number;
  /** After this time without a sign of life another process may close this one's files. Default 60 seconds. */
  readonly leaseMs?: number;
  /** A file that took nothing for this long is closed. Default 10 minutes. */
  readonly idleMs?: number;
  readonly clock?: () => Date;
  /** Makes the ids of evidence and WARC records. Default {@link newId}. */
  readonly nextId?: () => string;
  readonly log?: SealLog;
  /** Who signs for the log; what was signed is then part of {@link WarcEvidenceStore.verify}. */
  readonly transparency?: TransparencyLog;
}

/** What the store has done since it was made. */
export interface SealTally {
  appends: number;
  groups: number;
  fileSyncs: number;
  directorySyncs: number;
}

/**
 * Keeps captures as records of WARC/1.1 files, one file per run and process, with their log in the database.
 *
 * Order of a seal: records, fdatasync, one transaction, acknowledgement; whatever dies in between leaves at most a
 * tail that no row vouches for, which {@link repairTornTails} cuts off.
 */
export class WarcEvidenceStore extends EvidenceStore {
  /** For watching, and for tests that count instead of timing. */
  readonly tally: Readonly<SealTally>;
  readonly #counts: SealTally = { appends: 0, groups: 0, fileSyncs: 0, directorySyncs: 0 };
  readonly #settings: FileSettings & { readonly nextEvidenceId: () => EvidenceId };
  readonly #files: WarcFiles;
  readonly #turns: Turns<SealCall>;
  /** Files that repair could not mend; told once. */
  readonly #damaged = new Set<string>();
  #heartbeat: NodeJS.Timeout | null = null;
  #known = new TreeHead();

  constructor(private readonly options: WarcEvidenceStoreOptions) {
    super();
    this.tally = this.#counts;
    const nextId = options.nextId ?? newId;
    this.#settings = {
      database: options.database,
      directory: path.resolve(options.directory),
      holder: { id: newId(), leaseMs: options.leaseMs ?? 60_000 },
      rollBytes: options.rollBytes ?? 256 * MEGABYTE,
      idleMs: options.idleMs ?? 10 * 60_000,
      clock: options.clock ?? (() => new Date()),
      nextId,
      nextEvidenceId: () => nextId() as EvidenceId,
      tally: this.#counts,
      log: options.log ?? null,
    };
    this.#files = new WarcFiles(this.#settings);
    const sealing = new GroupSealing(this.#files, this.#settings);
    this.#turns = new Turns(async (calls) => {
      this.#counts.groups += 1;
      await sealing.seal(calls);
    });
  }

  /**
   * A store that is ready to be written: its directory is there and torn tails are repaired.
   *
   * Damaged files do not keep it from opening; they are logged and named by {@link verify}.
   *
   * @throws {StorageUnavailableError} when the directory cannot be made or a file not be repaired.
   */
  static async open(options: WarcEvidenceStoreOptions): Promise<WarcEvidenceStore> {
    const store = new WarcEvidenceStore(options);
    await mkdir(store.#settings.directory, { recursive: true, mode: 0o750 }).catch((cause: unknown) => {
      throw new StorageUnavailableError(store.#settings.directory, 'making archive directory', { cause });
    });
    await store.repairTornTails();
    return store;
  }

  /**
   * Closes files that were left open by processes that died, cut back to what their evidence stands on. Files whose
   * holder still gives signs of life are left alone, unless this is the sole process.
   */
  async repairTornTails(): Promise<Repair> {
    return this.#turns.alone(() => this.#repair(this.options.soleProcess ?? false));
  }

  async #repair(ofEverybody: boolean): Promise<Repair> {
    const repair = await repairFiles(this.#settings, [...this.#files.names, ...this.#damaged], ofEverybody);
    for (const error of repair.damaged) this.#damaged.add(String(error.facts['file']));
    return repair;
  }

  override async append(
    runId: RunId,
    captures: readonly Capture[],
    alongside: (tx: SealTransaction) => Promise<void>,
  ): Promise<readonly Evidence[]> {
    this.#counts.appends += 1;
    const bytes: CaptureBytes[] = [];
    for (const capture of captures) bytes.push(await captureBytes(capture, this.#settings.nextId));
    this.#beat();
    return new Promise((resolve, reject) => this.#turns.add({ runId, captures: bytes, alongside, resolve, reject }));
  }

  override async get(id: EvidenceId): Promise<Evidence> {
    const evidence = isId(id) ? await evidenceOf(this.options.database.pool, id) : null;
    if (!evidence) throw new NotFoundError('evidence', id);
    return evidence;
  }

  override async read(id: EvidenceId, name: PartName): Promise<Uint8Array> {
    return (await this.#readPart(id, name)).bytes;
  }

  override async readAnswer(id: EvidenceId, name: `exchange-${number}`): Promise<SealedAnswer> {
    const { head, bytes } = await this.#readPart(id, name);
    return { responseHeaders: headersIn(head), body: bytes };
  }

  async #readPart(id: EvidenceId, name: PartName): Promise<{ head: string; bytes: Uint8Array }> {
    const { record } = await this.get(id);
    const part = record.parts.find((candidate) => candidate.name === name);
    if (!part) throw new NotFoundError(`part ${name} of evidence`, id);
    const read = await partBytes(this.#settings.directory, part);
    if (read.problem) throw new EvidenceTamperedError(id, name, part.sha256, `nothing: ${read.problem.detail}`);
    const sha256 = sha256Of(read.bytes);
    if (sha256 !== part.sha256) throw new EvidenceTamperedError(id, name, part.sha256, sha256);
    const sealed = part.warc.sha256;
    if (sealed !== undefined && sealed !== read.memberSha256) {
      throw new EvidenceTamperedError(id, `${name} with its headers`, sealed, read.memberSha256);
    }
    return read;
  }

  override async state(): Promise<LogState> {
    const head = new TreeHead(this.#known);
    for (;;) {
      const leaves = await leavesFrom(this.options.database.pool, head.size, LEAVES_AT_ONCE);
      for (const leaf of leaves) head.add(leaf);
      if (leaves.length < LEAVES_AT_ONCE) break;
    }
    if (head.size > this.#known.size) this.#known = head;
    return { treeSize: head.size, root: head.root };
  }

  override async verify(outside: readonly SignedStatement[] = []): Promise<Verification> {
    const { transparency, database } = this.options;
    const signed = transparency ? await statementsOf(transparency, database.pool, outside) : null;
    return new WholeVerification(database.pool, this.#settings.directory).run(signed);
  }

  override async close(): Promise<void> {
    await this.#turns.alone(async () => {
      if (this.#heartbeat) clearInterval(this.#heartbeat);
      this.#heartbeat = null;
      await this.#files.closeAll();
    });
  }

  /** Starts giving signs of life; keeps no process running. */
  #beat(): void {
    if (this.#heartbeat) return;
    const { holder, log } = this.#settings;
    const pulse = async (): Promise<void> => {
      await this.#files.lookAfter();
      await this.#repair(false);
    };
    this.#heartbeat = setInterval(() => {
      this.#turns.alone(pulse).catch((error: unknown) => log?.error('store.lost', error, {}));
    }, holder.leaseMs / 3).unref();
  }
}
