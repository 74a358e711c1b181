import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import canonicalize from 'canonicalize';
import { type Evidence, EvidenceTamperedError } from '#libs/domain';
import { leafHash } from '#libs/evidence';
import { WarcEvidenceStore } from '#libs/evidence/warc';
import { type Store } from '#libs/persistence';
import { aCapture, anExchange, aRunInStore, emptyEvidence, visitRows } from '../support/captures';
import { anEmbeddedStore } from '../support/stores';
import { temporaryDirectory } from '../support/throw-away-server';

jest.setTimeout(60_000);

describe('what somebody changes behind the back of the store', () => {
  let store: Store;
  let directory: string;
  let evidence: WarcEvidenceStore;
  let sealed: readonly Evidence[];

  beforeAll(async () => {
    store = await anEmbeddedStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await emptyEvidence(store);
    directory = temporaryDirectory();
    evidence = await WarcEvidenceStore.open({ database: store, directory });
    const run = await aRunInStore(store.pool);
    const captures = Array.from({ length: 6 }, (_, at) =>
      aCapture({
        run,
        parts: [
          { name: 'exchange-0', kind: 'exchange', exchange: anExchange({ body: Buffer.from(`<p>第 ${at} 页`) }) },
          { name: 'dom', kind: 'resource', mediaType: 'text/html', bytes: Buffer.from(`<html>${at}`) },
        ],
      }),
    );
    sealed = await evidence.append(run.runId, captures, visitRows(captures));
    await evidence.close();
  });
  afterEach(async () => {
    await evidence.close();
    rmSync(directory, { recursive: true });
  });

  const the = (at: number): Evidence => sealed[at] as Evidence;
  const placeOf = (at: number, part: number) => (the(at).record.parts[part] as Evidence['record']['parts'][0]).warc;
  const fileOf = (at: number): string => path.join(directory, placeOf(at, 0).file);
  const asOwner = (statement: string, values: unknown[] = []) =>
    store.inTransaction(async (tx) => {
      await tx.query(`set local session_replication_role = 'replica'`);
      await tx.query(statement, values);
    });
  const rewrite = (change: (bytes: Buffer) => void): void => {
    const bytes = readFileSync(fileOf(0));
    change(bytes);
    chmodSync(fileOf(0), 0o640);
    writeFileSync(fileOf(0), bytes);
  };
  const found = async () => {
    const { problems } = await evidence.verify();
    return problems.map(({ evidenceId, code }) => [sealed.findIndex(({ id }) => id === evidenceId), code]);
  };

  it('is nothing when nobody changed anything', async () => {
    expect(await evidence.verify()).toMatchObject({ treeSize: 6, checkedParts: 12, problems: [] });
  });

  it('is named by evidence and part wherever a bit is turned, also where the content stays the same', async () => {
    const { offset, byteLength } = placeOf(3, 1);
    const turn = (at: number) => rewrite((bytes) => (bytes[at] = (bytes[at] ?? 0) ^ 0x10));
    const places = Array.from({ length: byteLength }, (_, at) => at);
    for (const at of places.filter((place) => place < 12 || place > byteLength - 12 || place % 7 === 0)) {
      turn(offset + at);
      const { problems } = await evidence.verify();
      const own = problems
        .filter(({ evidenceId }) => evidenceId === the(3).id)
        .map(({ detail }) => detail.slice(0, 10));
      expect([at, own]).toEqual([at, ['part "dom"']]);
      expect(problems.map(({ code }) => code)).toContain('file-altered');
      turn(offset + at);
    }
    expect((await evidence.verify()).problems).toEqual([]);
  });

  it('is refused when such a part is read', async () => {
    const { offset, byteLength } = placeOf(2, 1);
    rewrite((bytes) => bytes.fill(0xaa, offset + 40, offset + byteLength - 8));
    await expect(evidence.read(the(2).id, 'dom')).rejects.toThrow(EvidenceTamperedError);
    await expect(evidence.read(the(2).id, 'exchange-0')).resolves.toBeDefined();
  });

  it('is named when a part is exchanged for a well-made record of other content', async () => {
    const { offset, byteLength } = placeOf(1, 1);
    const block = 'x';
    const record = `WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 1\r\n\r\n${block}\r\n\r\n`;
    const member = gzipSync(record);
    expect(member.length).toBeLessThanOrEqual(byteLength);
    rewrite((bytes) => member.copy(bytes, offset));
    await asOwner(`update evidence set record = jsonb_set(record, '{parts,1,warc,byteLength}', $2) where id = $1`, [
      the(1).id,
      String(member.length),
    ]);
    expect(await found()).toEqual([
      [1, 'leaf-mismatch'],
      [1, 'part-altered'],
      [-1, 'file-altered'],
    ]);
    await expect(evidence.read(the(1).id, 'dom')).rejects.toMatchObject({
      code: 'EVIDENCE_TAMPERED',
      kind: 'tampered',
    });
  });

  it('is named, and does not fill the memory, when a part is exchanged for a bomb', async () => {
    const { offset } = placeOf(0, 0);
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    rewrite(() => undefined);
    writeFileSync(fileOf(0), Buffer.concat([readFileSync(fileOf(0)).subarray(0, offset), bomb]));
    await asOwner(`update evidence set record = jsonb_set(record, '{parts,0,warc,byteLength}', $2) where id = $1`, [
      the(0).id,
      String(bomb.length),
    ]);
    await expect(evidence.read(the(0).id, 'exchange-0')).rejects.toThrow(/larger than/);
  });

  it('is named when a record says something else', async () => {
    await asOwner(
      `update evidence set record = jsonb_set(record, '{finalUrl}', '"http://other.example/"') where id = $1`,
      [the(4).id],
    );
    expect(await found()).toEqual([[4, 'leaf-mismatch']]);
  });

  it('is named when a record is changed and its leaf made to fit, by the root', async () => {
    const before = await evidence.state();
    const record = { ...the(4).record, finalUrl: 'http://other.example/' };
    await asOwner('update evidence set record = $2, leaf_hash = $3 where id = $1', [
      the(4).id,
      JSON.stringify(record),
      leafHash(Buffer.from(canonicalize(record) ?? '')),
    ]);
    const after = await evidence.verify();
    expect(after).toMatchObject({ treeSize: before.treeSize, problems: [] });
    expect(after.root).not.toBe(before.root);
  });

  it('is named when a record is no record any more', async () => {
    const nonsense = ['null', '7', '[]', '{}', '{"parts":[null,{"name":"dom"},{"name":"dom","warc":{"file":7}}]}'];
    for (const [at, record] of nonsense.entries()) {
      await asOwner('update evidence set record = $2 where id = $1', [the(at).id, record]);
    }
    const own = await found();
    for (const at of nonsense.keys()) expect(own).toContainEqual([at, 'leaf-mismatch']);
    expect(own.filter(([, code]) => code === 'record-mismatch').length).toBeGreaterThanOrEqual(nonsense.length);
    expect(own).toContainEqual([4, 'place-refused']);
  });

  it('is named when a visit or a time is exchanged', async () => {
    await asOwner(`update evidence set captured_at = captured_at + interval '1 day' where id = $1`, [the(1).id]);
    expect(await found()).toEqual([[1, 'record-mismatch']]);
  });

  it('is named as a gap when a row is taken away', async () => {
    await asOwner('delete from evidence where id = $1', [the(2).id]);
    expect(await found()).toEqual([[3, 'log-gap']]);
  });

  it('is named as bytes without evidence when the last rows are taken away', async () => {
    await asOwner('delete from evidence where log_index >= 4');
    expect(await found()).toEqual([[-1, 'bytes-unvouched']]);
  });

  it('is named when the rows of a whole file are taken away', async () => {
    await asOwner('delete from evidence');
    expect(await found()).toEqual([[-1, 'bytes-unvouched']]);
  });

  it('is named when a file is cut', async () => {
    const { offset } = placeOf(5, 0);
    chmodSync(fileOf(0), 0o640);
    truncateSync(fileOf(0), offset + 3);
    expect(await found()).toEqual([
      [5, 'part-unreadable'],
      [5, 'part-unreadable'],
      [-1, 'file-short'],
    ]);
  });

  it('is named when a file is gone', async () => {
    renameSync(fileOf(0), path.join(directory, 'elsewhere'));
    expect((await found()).filter(([, code]) => code === 'file-missing')).toHaveLength(13);
    await expect(evidence.read(the(0).id, 'dom')).rejects.toThrow(/is missing/);
  });

  it('is named when a file has grown', async () => {
    rewrite(() => undefined);
    writeFileSync(fileOf(0), Buffer.from('more'), { flag: 'a' });
    expect(await found()).toEqual([[-1, 'file-tail']]);
  });

  it('is named when a byte between the parts is changed', async () => {
    const { offset } = placeOf(3, 0);
    rewrite((bytes) => (bytes[offset - 1] = (bytes[offset - 1] ?? 0) ^ 1)); // the end of the request record before it
    expect(await found()).toEqual([
      [3, 'record-altered'],
      [-1, 'file-altered'],
    ]);
  });

  it('is named when a record was dated anew and the digest of its file changed with it', async () => {
    const { offset, byteLength } = placeOf(4, 1);
    let sha256 = '';
    rewrite((bytes) => {
      const record = gunzipSync(bytes.subarray(offset, offset + byteLength)).toString('latin1');
      const forged = Buffer.from(record.replace(/WARC-Date: 2018/, 'WARC-Date: 2019'), 'latin1');
      const level = [9, 8, 7, 6, 5, 4].find((one) => gzipSync(forged, { level: one }).length === byteLength);
      gzipSync(forged, { level }).copy(bytes, offset);
      sha256 = createHash('sha256').update(bytes).digest('hex');
    });
    await asOwner('update warc_file set sha256 = $1', [sha256]);
    expect(await found()).toEqual([[4, 'record-altered']]);
    await expect(evidence.read(the(4).id, 'dom')).rejects.toThrow(/with its headers/);
  });

  it.each([['../secret'], ['/etc/hostname'], ['..'], ['.hidden'], ['a/b.warc.gz'], ['x\0.warc.gz'], ['']])(
    'is refused when a record points to %p',
    async (file) => {
      const record = structuredClone(the(0).record) as unknown as { parts: { warc: { file: string } }[] };
      (record.parts[0] as { warc: { file: string } }).warc.file = file.replaceAll('\0', '%00/');
      await asOwner('update evidence set record = $2 where id = $1', [the(0).id, JSON.stringify(record)]);
      expect(await found()).toContainEqual([0, 'place-refused']);
      await expect(evidence.read(the(0).id, 'exchange-0')).rejects.toThrow(/not inside the archive/);
    },
  );

  it('is refused when a file is exchanged for a link out of the archive', async () => {
    renameSync(fileOf(0), path.join(directory, 'moved'));
    symlinkSync(path.join(directory, 'moved'), fileOf(0));
    await expect(evidence.read(the(0).id, 'dom')).rejects.toThrow(EvidenceTamperedError);
  });

  it.each([[-1], [1e300], [1.5], [2 ** 53]])('is refused when a record claims offset %p', async (offset) => {
    await asOwner(`update evidence set record = jsonb_set(record, '{parts,0,warc,offset}', $2) where id = $1`, [
      the(0).id,
      String(offset),
    ]);
    expect(await found()).toContainEqual([0, 'place-refused']);
  });

  it('takes no memory for a length that a record only claims', async () => {
    await asOwner(
      `update evidence set record = jsonb_set(record, '{parts,0,warc,byteLength}', '4000000000000') where id = $1`,
      [the(0).id],
    );
    expect(await found()).toContainEqual([0, 'part-unreadable']);
  });
});
