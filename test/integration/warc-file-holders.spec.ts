import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseUnavailableError, newId } from '#libs/domain';
import { type SealDatabase, WarcEvidenceStore } from '#libs/evidence/warc';
import { migrate, openStore, type Store } from '#libs/persistence';
import { Archive } from '../support/archive';
import { describeWith } from '../support/binaries';
import { aCapture, aRunInStore, visitRows } from '../support/captures';
import { aMigratedStore, type StoreKind } from '../support/stores';
import { aThrowAwayPostgres } from '../support/throw-away-postgres';
import { temporaryDirectory } from '../support/throw-away-server';

jest.setTimeout(60_000);

function describeHoldersOn(kind: StoreKind): void {
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

  it('cuts the torn tail of a dead process and closes its file', async () => {
    const dead = await archive.open();
    const sealed = (await archive.seal(dead))[0];
    const [file] = await archive.files();
    const full = path.join(archive.directory, file?.name ?? '');
    const whole = readFileSync(full);
    execFileSync('sh', ['-c', `printf '\\037\\213torn' >> "$1"`, 'sh', full]);
    await archive.leasesEnd();
    const evidence = await archive.open();
    expect(readFileSync(full).equals(whole)).toBe(true);
    expect((await archive.files())[0]).toMatchObject({ state: 'closed', committed_length: whole.length });
    expect((await evidence.get(sealed?.id ?? newId())).index).toBe(0);
    expect((await evidence.verify()).problems).toEqual([]);
  });

  it('leaves the file of a living process alone, unless it is the sole process', async () => {
    await archive.seal(await archive.open());
    await archive.open();
    expect((await archive.files())[0]?.state).toBe('open');
    await archive.open({ soleProcess: true });
    expect((await archive.files())[0]?.state).toBe('closed');
  });

  it('strikes a file that no evidence stands on', async () => {
    const dead = await archive.open();
    await expect(dead.append(archive.run.runId, archive.one(), () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    expect(readdirSync(archive.directory)).toHaveLength(1);
    await archive.leasesEnd();
    await archive.open();
    expect([await archive.files(), readdirSync(archive.directory)]).toEqual([[], []]);
  });

  it('strikes the row of a file that was never made', async () => {
    await store.pool.query(
      `insert into warc_file (name, run_id, state, holder, lease_until) values ('never-made.warc.gz', $1, 'open', $2, now() - interval '1 second')`,
      [archive.run.runId, newId()],
    );
    await archive.open();
    expect(await archive.files()).toEqual([]);
  });

  it('leaves a file that is too short as it is, says so once, and opens all the same', async () => {
    const dead = await archive.open();
    await archive.seal(dead);
    const [file] = await archive.files();
    truncateSync(path.join(archive.directory, file?.name ?? ''), 100);
    await archive.leasesEnd();
    const evidence = await archive.open();
    expect(archive.lines.filter((line) => line.includes('"warc.damaged"'))).toHaveLength(1);
    expect((await archive.files())[0]).toMatchObject({ state: 'open', committed_length: file?.committed_length });
    expect(statSync(path.join(archive.directory, file?.name ?? '')).size).toBe(100);
    await archive.leasesEnd();
    expect((await evidence.repairTornTails()).damaged).toEqual([]);
    expect((await archive.seal(evidence))[0]?.index).toBe(1);
  });

  it('cuts and deletes nothing outside its archive.directory, whatever a row says', async () => {
    const outside = path.join(temporaryDirectory(), 'precious');
    execFileSync('sh', ['-c', 'echo precious > "$1"', 'sh', outside]);
    await store.pool.query(
      `insert into warc_file (name, run_id, state, holder, lease_until) values ($3, $1, 'open', $2, now() - interval '1 second')`,
      [archive.run.runId, newId(), path.relative(archive.directory, outside)],
    );
    const evidence = await archive.open();
    expect(readFileSync(outside, 'utf8')).toBe('precious\n');
    expect((await evidence.verify()).problems).toMatchObject([{ evidenceId: null, code: 'place-refused' }]);
    rmSync(path.dirname(outside), { recursive: true });
  });

  it('goes on in a new file when its own was closed while it slept', async () => {
    const sleeper = await archive.open();
    await archive.seal(sleeper);
    await archive.leasesEnd();
    const other = await archive.open();
    const [second] = await archive.seal(sleeper);
    expect(second?.index).toBe(1);
    const rows = await archive.files();
    expect(rows.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(second?.record.parts[0]?.warc.file).toBe(rows[1]?.name);
    expect((await other.verify()).problems).toEqual([]);
  });

  it('goes on in a new file when its own is closed in the middle of a seal, and leaves no tail in the old one', async () => {
    let sleep = async (): Promise<void> => {};
    const database: SealDatabase = {
      pool: store.pool,
      inTransaction: async (work) => {
        await sleep();
        return store.inTransaction(work);
      },
    };
    const sleeper = await archive.open({ database });
    await archive.seal(sleeper);
    sleep = async () => {
      sleep = async () => {};
      await archive.leasesEnd();
      await archive.open();
    };
    expect((await archive.seal(sleeper))[0]?.index).toBe(1);
    const rows = await archive.files();
    expect(rows.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(statSync(path.join(archive.directory, rows[0]?.name ?? '')).size).toBe(rows[0]?.committed_length);
    expect((await sleeper.verify()).problems).toEqual([]);
  });

  it('acknowledges what was committed although the answer to the commit was lost', async () => {
    let isLost = true;
    const database: SealDatabase = {
      pool: store.pool,
      inTransaction: async (work) => {
        const result = await store.inTransaction(work);
        if (!isLost) return result;
        isLost = false;
        throw new DatabaseUnavailableError('here');
      },
    };
    const evidence = await archive.open({ database });
    const [first] = await archive.seal(evidence);
    const [second] = await archive.seal(evidence);
    expect([first?.index, second?.index]).toEqual([0, 1]);
    expect(await evidence.get(first?.id ?? newId())).toEqual(first);
    expect(await evidence.verify()).toMatchObject({ treeSize: 2, problems: [] });
  });

  it('keeps what may have been committed when nobody can say, and the next start knows', async () => {
    let isDown = false;
    const gone = (): Promise<never> => Promise.reject(new DatabaseUnavailableError('here'));
    const database: SealDatabase = {
      pool: { query: (text, values) => (isDown ? gone() : store.pool.query(text, values)) },
      inTransaction: async (work) => {
        if (isDown) return gone();
        await store.inTransaction(work);
        isDown = true;
        return gone();
      },
    };
    const evidence = await archive.open({ database });
    await expect(archive.seal(evidence)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(archive.seal(evidence)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await archive.leasesEnd();
    const next = await archive.open();
    expect(await next.verify()).toMatchObject({ treeSize: 1, checkedParts: 1, problems: [] });
    expect((await archive.files()).map(({ state }) => state)).toEqual(['closed']);
  });

  it('gives signs of life, so that nobody takes its file, and closes files that took nothing for long', async () => {
    const evidence = await archive.open({ leaseMs: 300, idleMs: 1_000 });
    await archive.seal(evidence);
    await archive.leasesEnd();
    const isRenewed = async () => {
      const { rows } = await store.pool.query<{ alive: boolean }>('select lease_until > now() as alive from warc_file');
      return rows[0]?.alive === true;
    };
    while (!(await isRenewed())) await delay(20);
    while ((await archive.files())[0]?.state !== 'closed') await delay(20);
    expect((await archive.seal(evidence))[0]?.index).toBe(1);
  });
}

describe('who holds WARC files, on the embedded database', () => describeHoldersOn('embedded'));
describeWith('postgres', 'who holds WARC files, on a server', () => {
  describeHoldersOn('postgres');

  it('give one gapless log when two stores with two pools write at once', async () => {
    const [databaseUrl, directory] = [await aThrowAwayPostgres(), temporaryDirectory()];
    const stores = [
      await openStore({ databaseUrl, dataDirectory: '.' }),
      await openStore({ databaseUrl, dataDirectory: '.' }),
    ];
    await migrate(stores[0] as Store);
    const run = await aRunInStore((stores[0] as Store).pool);
    const evidences = await Promise.all(stores.map((database) => WarcEvidenceStore.open({ database, directory })));
    const sealed = await Promise.all(
      Array.from({ length: 60 }, async (_, at) => {
        await delay(at % 7); // so that both are at it for a while
        const captures = Array.from({ length: 1 + (at % 3) }, () => aCapture({ run }));
        return (evidences[at % 2] as WarcEvidenceStore).append(run.runId, captures, visitRows(captures));
      }),
    );
    const places = sealed.flat().map(({ index }) => index);
    expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, at) => at));
    expect(readdirSync(directory)).toHaveLength(2);
    const states = await Promise.all(evidences.map((evidence) => evidence.state()));
    expect(states[0]).toEqual(states[1]);
    const { problems, ...whole } = await (evidences[0] as WarcEvidenceStore).verify();
    expect(problems).toEqual([]);
    expect(whole).toMatchObject(states[0] ?? {});
    for (const evidence of evidences) await evidence.close();
    for (const store of stores) await store.close();
    rmSync(directory, { recursive: true });
  });
});
