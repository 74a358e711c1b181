import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { WARCParser } from 'warcio';
import { newId } from '#libs/domain';
import { type Store } from '#libs/persistence';
import { Archive } from '../support/archive';
import { describeWith } from '../support/binaries';
import { aCapture, anExchange, aRunInStore } from '../support/captures';
import { aMigratedStore, type StoreKind } from '../support/stores';

jest.setTimeout(60_000);

function describeWarcFilesOn(kind: StoreKind): void {
  let store: Store;
  let archive: Archive;

  beforeAll(async () => {
    store = await aMigratedStore(kind);
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    archive = await Archive.on(store);
  });
  afterEach(() => archive.close());

  it('gives fifty appends that come at once a gapless log with fewer syncs than appends', async () => {
    const evidence = await archive.open();
    const sealed = await Promise.all(Array.from({ length: 50 }, () => archive.seal(evidence)));
    const places = sealed.flat().map(({ index }) => index);
    expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at));
    expect(evidence.tally).toMatchObject({ appends: 50, directorySyncs: 1 });
    expect(evidence.tally.fileSyncs).toBe(evidence.tally.groups);
    expect(evidence.tally.fileSyncs).toBeLessThan(50);
  });

  it('syncs each append that comes alone once', async () => {
    const evidence = await archive.open();
    for (let at = 0; at < 5; at += 1) await archive.seal(evidence);
    expect(evidence.tally).toEqual({ appends: 5, groups: 5, fileSyncs: 5, directorySyncs: 1 });
  });

  it('keeps one file per run and process, and one sync for each in a group', async () => {
    const other = await aRunInStore(store.pool);
    const evidence = await archive.open();
    await Promise.all([
      archive.seal(evidence),
      archive.seal(evidence, [aCapture({ run: other })], other.runId),
      archive.seal(evidence),
    ]);
    const names = (await archive.files()).map(({ name }) => name);
    expect(names).toHaveLength(2);
    expect(names.filter((name) => name.startsWith(`${archive.run.runId}-1-`))).toHaveLength(1);
    expect(names.filter((name) => name.startsWith(`${other.runId}-1-`))).toHaveLength(1);
    expect((await evidence.verify()).problems).toEqual([]);
  });

  it('closes a file that has grown to its size, takes the right to write away and begins another', async () => {
    const evidence = await archive.open({ rollBytes: 1500 });
    for (let at = 0; at < 4; at += 1)
      await archive.seal(evidence, [aCapture({ run: archive.run, html: newId().repeat(40) })]);
    const rows = await archive.files();
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows.filter(({ state }) => state === 'closed')) {
      const file = path.join(archive.directory, row.name);
      expect(statSync(file)).toMatchObject({ size: row.committed_length });
      expect(statSync(file).mode & 0o777).toBe(0o440);
      const sha256 = execFileSync('sha256sum', [file]).toString().slice(0, 64);
      expect(row.sha256).toBe(sha256);
    }
    expect((await evidence.verify()).problems).toEqual([]);
  });

  it('leaves files that another reader of WARC reads whole', async () => {
    const evidence = await archive.open();
    const parts = [
      { name: 'exchange-0', kind: 'exchange', exchange: anExchange({ status: 404, statusText: '找不到' }) },
      { name: 'screenshot', kind: 'resource', mediaType: 'image/png', bytes: Buffer.from('not quite a picture') },
    ] as const;
    const sealed = await archive.seal(evidence, [
      aCapture({ run: archive.run, parts }),
      ...archive.one(),
      ...archive.one(),
    ]);
    await evidence.close();
    const [file] = await archive.files();
    const full = path.join(archive.directory, file?.name ?? '');
    execFileSync('gzip', ['-t', full]);
    const parser = new WARCParser(createReadStream(full), { keepHeadersCase: true });
    const seen: [string, number, number][] = [];
    for await (const record of parser) {
      await record.readFully(false);
      await record.skipFully();
      seen.push([record.warcType, parser.offset, parser.recordLength]);
    }
    expect(seen.map(([type]) => type).join(' ')).toBe(
      'warcinfo request response resource request response request response',
    );
    const places = sealed.flatMap(({ record }) => record.parts.map(({ warc }) => [warc.offset, warc.byteLength]));
    const vouched = seen.filter(([type]) => type === 'response' || type === 'resource');
    expect(vouched.map(([, offset, length]) => [offset, length])).toEqual(places);
  });

  it('refuses an archive that cannot be made and names it', async () => {
    const inTheWay = path.join(archive.directory, 'file');
    execFileSync('touch', [inTheWay]);
    await expect(archive.open({ directory: inTheWay })).rejects.toThrow(
      /making archive directory .*file failed: EEXIST/,
    );
    expect(existsSync(inTheWay)).toBe(true);
  });

  it('acknowledges nothing into a file that somebody deleted, and goes on in another', async () => {
    const evidence = await archive.open();
    await archive.seal(evidence);
    rmSync(path.join(archive.directory, (await archive.files())[0]?.name ?? ''));
    await expect(archive.seal(evidence)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect((await archive.seal(evidence))[0]?.index).toBe(1);
    expect((await evidence.verify()).problems.map(({ code }) => code)).toEqual(['file-missing', 'file-missing']);
  });

  it('fails clearly when its archive.directory is gone, and goes on when it is back', async () => {
    const evidence = await archive.open({ directory: path.join(archive.directory, 'archive') });
    rmSync(path.join(archive.directory, 'archive'), { recursive: true });
    await expect(archive.seal(evidence)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', kind: 'unavailable' });
    expect(await archive.files()).toEqual([]);
    execFileSync('mkdir', [path.join(archive.directory, 'archive')]);
    expect((await archive.seal(evidence))[0]?.index).toBe(0);
  });
}

describe('WARC files on the embedded database', () => describeWarcFilesOn('embedded'));
describeWith('postgres', 'WARC files on a server', () => describeWarcFilesOn('postgres'));
