import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LogKeyUnusableError, LogRewrittenError, StorageUnavailableError } from '#libs/domain';
import {
  consistencyProof,
  inclusionProof,
  isConsistent,
  type LogKey,
  type LogKeyPlace,
  openLogKey,
  readCheckpoint,
  readLogKey,
  signatureOn,
  signCheckpoint,
} from '../log';
import { treeHead } from '../merkle';
import { keepCheckpoint, type KeptCheckpoint, lastCheckpoint } from './checkpoint-rows';
import { leavesFrom } from './evidence-rows';
import { isMissing } from './place';
import { type SealDatabase } from './seal-database';

const LEAVES_AT_ONCE = 10_000;

/** How a {@link TransparencyLog} is set up. */
export interface TransparencyLogOptions {
  readonly database: SealDatabase;
  readonly key: LogKeyPlace;
  /** Copies of every checkpoint signed here, outside the database: what shows that a database was put back. */
  readonly directory: string;
  readonly clock?: () => Date;
}

/** A checkpoint with the leaf hashes it stands on. */
export interface SignedHead extends KeptCheckpoint {
  readonly origin: string;
  readonly root: string;
  readonly fingerprint: string;
  readonly publicKey: KeyObject;
}

/** Signs what the log says, and proves from it. Several processes may, with the same key and database. */
export class TransparencyLog {
  constructor(private readonly options: TransparencyLogOptions) {}

  /**
   * Makes the key when this log never signed anything; afterwards the key that signed before must be there.
   *
   * @throws {LogKeyUnusableError} when it is missing or another one, or others may read it.
   */
  async key(): Promise<LogKey> {
    const last = await lastCheckpoint(this.options.database.pool);
    if (last === null) return openLogKey(this.options.key);
    const key = await readLogKey(this.options.key);
    const { file } = this.options.key;
    if (!key) throw new LogKeyUnusableError(file, 'is missing although this log was signed with it');
    if (signatureOn(last.note, key.publicKey) !== 'valid') {
      throw new LogKeyUnusableError(file, 'is not the key that signed this log before');
    }
    return key;
  }

  /**
   * Signs the log as it stands now; the newest checkpoint again when nothing was sealed since.
   *
   * @throws {LogKeyUnusableError} see {@link key}.
   * @throws {LogRewrittenError} when the log lost or changed what was signed before.
   * @throws {StorageUnavailableError} when the copy beside the database cannot be written.
   */
  async sign(): Promise<SignedHead> {
    const key = await this.key();
    const leaves = await this.#leaves();
    const last = await lastCheckpoint(this.options.database.pool);
    const head = last?.treeSize === leaves.length ? last : await this.#signNext(key, leaves, last);
    await this.#copy(head);
    const { origin = '', root = '' } = readCheckpoint(head.note) ?? {};
    return { ...head, origin, root, fingerprint: key.fingerprint, publicKey: key.publicKey };
  }

  async #signNext(key: LogKey, leaves: readonly Buffer[], last: KeptCheckpoint | null): Promise<KeptCheckpoint> {
    const { database, clock } = this.options;
    this.#refuseLess(last, leaves);
    const treeSize = leaves.length;
    const origin = (last && readCheckpoint(last.note)?.origin) ?? `mingcha/log/${key.fingerprint.slice(0, 16)}`;
    const previousSize = last?.treeSize ?? null;
    return keepCheckpoint(database.pool, {
      treeSize,
      note: signCheckpoint({ origin, treeSize, root: treeHead(leaves) }, key),
      previousSize,
      consistency: consistencyProof(leaves, previousSize ?? 0).map((hash) => hash.toString('hex')),
      signedAt: (clock ?? (() => new Date()))(),
    });
  }

  #refuseLess(last: KeptCheckpoint | null, leaves: readonly Buffer[]): void {
    const said = last && readCheckpoint(last.note);
    if (!said) return;
    const proof = said.treeSize <= leaves.length ? consistencyProof(leaves, said.treeSize) : [];
    const now = { treeSize: leaves.length, root: treeHead(leaves) };
    if (isConsistent(said, now, proof)) return;
    throw new LogRewrittenError(now.treeSize, said.treeSize);
  }

  /** Signs bytes with the key of the log: ECDSA over SHA-256, DER. @throws {LogKeyUnusableError} see {@link key}. */
  async signBytes(bytes: Uint8Array): Promise<Buffer> {
    return sign('sha256', bytes, (await this.key()).privateKey);
  }

  /** The hashes that lead from each place to the head of the first `treeSize` leaves: lower-case hex, lowest first. */
  async inclusionProofs(indices: readonly number[], treeSize: number): Promise<string[][]> {
    const leaves = (await this.#leaves()).slice(0, treeSize);
    return indices.map((index) => inclusionProof(leaves, index).map((hash) => hash.toString('hex')));
  }

  /** The public key alone, for verifying; null when this house has none yet. */
  async publicKey(): Promise<KeyObject | null> {
    const key = await readLogKey(this.options.key);
    return key && createPublicKey(key.privateKey);
  }

  /** The copies kept beside the database, smallest first. */
  async copies(): Promise<{ where: string; note: string }[]> {
    const { directory } = this.options;
    try {
      const names = (await readdir(directory)).filter((name) => /^\d{16}\.checkpoint$/.test(name)).sort();
      return await Promise.all(
        names.map(async (name) => ({ where: name, note: await readFile(path.join(directory, name), 'utf8') })),
      );
    } catch (cause) {
      if (isMissing(cause)) return [];
      throw new StorageUnavailableError(directory, 'reading checkpoints', { cause });
    }
  }

  async #copy({ treeSize, note }: KeptCheckpoint): Promise<void> {
    const { directory } = this.options;
    const file = path.join(directory, `${String(treeSize).padStart(16, '0')}.checkpoint`);
    try {
      await mkdir(directory, { recursive: true, mode: 0o750 });
      await writeFile(file, note, { flag: 'wx', mode: 0o440, flush: true });
    } catch (cause) {
      if ((cause as { code?: unknown }).code === 'EEXIST') return;
      throw new StorageUnavailableError(file, 'writing checkpoint', { cause });
    }
  }

  async #leaves(): Promise<Buffer[]> {
    const all: Buffer[] = [];
    for (;;) {
      const leaves = await leavesFrom(this.options.database.pool, all.length, LEAVES_AT_ONCE);
      all.push(...leaves);
      if (leaves.length < LEAVES_AT_ONCE) return all;
    }
  }
}
