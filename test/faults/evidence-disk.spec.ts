import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type EvidenceId } from '#libs/domain';
import { WarcEvidenceStore } from '#libs/evidence/warc';
import { migrate, openStore } from '#libs/persistence';
import { describeWith } from '../support/binaries';
import { aRunInStore } from '../support/captures';
import { startProcess } from '../support/second-process';
import { aThrowAwayPostgres } from '../support/throw-away-postgres';
import { temporaryDirectory } from '../support/throw-away-server';

// The limit on file size makes the kernel refuse bytes in the middle of a write, as a full disk does. The database
// must not be hit by it, so it is a server.
describeWith('postgres', 'evidence and a disk that takes no more', () => {
  it('says so clearly, keeps what was acknowledged and seals nothing else', async () => {
    const at = { databaseUrl: await aThrowAwayPostgres(), dataDirectory: '.' };
    const warcDirectory = temporaryDirectory();
    const store = await openStore(at);
    await migrate(store);
    const run = await aRunInStore(store.pool);

    const order = { ...at, warcDirectory, run, lanes: 3, rounds: 8, pageBytes: 30_000, soleProcess: true };
    const writer = startProcess('evidence-writer', order, 'ulimit -f 200');
    expect(await writer.ended).toBe(0);

    const said = writer.lines.map(
      (line) => JSON.parse(line) as { sealed?: EvidenceId[]; failed?: string; message?: string },
    );
    const acknowledged = said.flatMap(({ sealed }) => sealed ?? []);
    const failed = said.filter((line) => line.failed !== undefined);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(failed.length).toBeGreaterThan(0);
    for (const line of failed) {
      expect(line).toMatchObject({ failed: 'StorageUnavailableError', message: expect.stringContaining('EFBIG') });
    }

    const evidence = await WarcEvidenceStore.open({ database: store, directory: warcDirectory, soleProcess: true });
    const verification = await evidence.verify();
    expect(verification.problems).toEqual([]);
    expect(verification.treeSize).toBe(acknowledged.length);
    for (const id of acknowledged) expect((await evidence.read(id, 'exchange-0')).byteLength).toBe(30_000);
    for (const file of readdirSync(warcDirectory)) execFileSync('gzip', ['-t', path.join(warcDirectory, file)]);
    await store.close();
    rmSync(warcDirectory, { recursive: true });
  }, 60_000);
});
