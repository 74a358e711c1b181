import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LogKeyUnusableError, LogRewrittenError } from '#libs/domain';
import { signCheckpoint } from '#libs/evidence/log';
import { TransparencyLog, type WarcEvidenceStore } from '#libs/evidence/warc';
import { type Store } from '#libs/persistence';
import { Archive } from '../support/archive';
import { anEmbeddedStore } from '../support/stores';

jest.setTimeout(60_000);

describe('a signed log that somebody changes', () => {
  let store: Store;
  let archive: Archive;
  let log: TransparencyLog;
  let evidence: WarcEvidenceStore;

  const keyFile = () => path.join(archive.directory, 'keys', 'log-key.pem');
  const copies = () => path.join(archive.directory, 'checkpoints');
  const asOwner = (...statements: string[]) =>
    store.inTransaction(async (tx) => {
      await tx.query(`set local session_replication_role = 'replica'`);
      for (const statement of statements) await tx.query(statement);
    });
  const codes = async (outside: { where: string; note: string }[] = []) =>
    [...new Set((await evidence.verify(outside)).problems.map(({ code }) => code))].sort();
  const backTo = (size: number) => [
    `delete from evidence where log_index >= ${size}`,
    `delete from log_checkpoint where tree_size > ${size}`,
  ];

  beforeAll(async () => {
    store = await anEmbeddedStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await asOwner('truncate log_checkpoint');
    archive = await Archive.on(store);
    log = new TransparencyLog({
      database: store,
      key: { file: keyFile(), isProvided: false },
      directory: copies(),
    });
    evidence = await archive.open({ transparency: log });
    for (const size of [3, 2, 5]) {
      for (let at = 0; at < size; at += 1) await archive.seal(evidence, archive.one(`<p>${size} ${at}`));
      await log.sign();
    }
    await evidence.close();
  });
  afterEach(() => archive.close());

  it('verifies while nobody did, with the proof that each checkpoint continues the one before', async () => {
    const { rows } = await store.pool.query<{ tree_size: number; previous_size: number | null; n: number }>(
      'select tree_size, previous_size, jsonb_array_length(consistency) as n from log_checkpoint order by tree_size',
    );
    expect(rows).toEqual([
      { tree_size: 3, previous_size: null, n: 0 },
      { tree_size: 5, previous_size: 3, n: 4 },
      { tree_size: 10, previous_size: 5, n: 5 },
    ]);
    expect(await codes()).toEqual([]);
  });

  it('signs nothing new while nothing was sealed', async () => {
    const [first, second] = [await log.sign(), await log.sign()];
    expect(second.note).toBe(first.note);
  });

  it('is named when the database was rolled back whole', async () => {
    await asOwner(...backTo(5));
    expect(await codes()).toEqual(expect.arrayContaining(['log-rolled-back', 'checkpoint-dropped']));
    await expect(log.sign()).resolves.toMatchObject({ treeSize: 5 });
  });

  it('is named by a checkpoint kept elsewhere when database and copies were rolled back together', async () => {
    const { note } = await log.sign();
    await asOwner(...backTo(5));
    rmSync(path.join(copies(), '0000000000000010.checkpoint'));
    expect(await codes([{ where: 'published', note }])).toEqual(expect.arrayContaining(['log-rolled-back']));
  });

  it('is named when a leaf and its record were rewritten together, and is not signed again', async () => {
    await asOwner(
      `update evidence set record = jsonb_set(record, '{persona}', '"mobile"') where log_index = 1`,
      `update evidence set leaf_hash = (select sha256('other')) where log_index = 1`,
    );
    expect(await codes()).toEqual(expect.arrayContaining(['log-rewritten']));
    await archive.seal(evidence);
    await expect(log.sign()).rejects.toThrow(LogRewrittenError);
  });

  it('is named when two leaves changed places', async () => {
    await asOwner(
      'update evidence set log_index = 1000 where log_index = 1',
      'update evidence set log_index = 1 where log_index = 2',
      'update evidence set log_index = 2 where log_index = 1000',
    );
    expect(await codes()).toEqual(['log-rewritten']);
  });

  it('is named when a checkpoint was changed, signed by another key, dropped, or lost its proof', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const { origin, root, treeSize } = await log.sign();
    await asOwner(`update log_checkpoint set note = replace(note, E'\\n3\\n', E'\\n2\\n') where tree_size = 3`);
    expect(await codes()).toContain('checkpoint-altered');
    await asOwner(`delete from log_checkpoint where tree_size = 3`);
    expect(await codes()).toEqual(['checkpoint-dropped', 'consistency-broken']);
    const forged = signCheckpoint({ origin, root, treeSize }, other);
    await store.inTransaction(async (tx) => {
      await tx.query(`set local session_replication_role = 'replica'`);
      await tx.query(`update log_checkpoint set note = $1 where tree_size = 10`, [forged]);
    });
    expect(await codes()).toContain('checkpoint-of-another-key');
    await expect(log.sign()).rejects.toThrow(LogKeyUnusableError);
  });

  it('is named when a copy beside the database was changed', async () => {
    const [name = ''] = readdirSync(copies());
    chmodSync(path.join(copies(), name), 0o640);
    writeFileSync(path.join(copies(), name), 'nothing\n');
    expect(await codes()).toEqual(['checkpoint-of-another-key']);
  });

  it('gets no new key in the place of the one that is gone', async () => {
    rmSync(keyFile());
    expect(await codes()).toEqual(['log-key-missing']);
    await expect(log.sign()).rejects.toThrow(/is missing although/);
    expect(readdirSync(path.dirname(keyFile()))).toEqual([]);
  });
});
