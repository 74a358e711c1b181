import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type EvidenceId } from '#libs/domain';
import { WarcEvidenceStore } from '#libs/evidence/warc';
import { migrate, openStore, type StoreSettings } from '#libs/persistence';
import { describeWith } from '../support/binaries';
import { aRunInStore } from '../support/captures';
import { type WriterOrder } from '../support/evidence-writer.main';
import { startProcess } from '../support/second-process';
import { aDataDirectory } from '../support/stores';
import { aThrowAwayPostgres } from '../support/throw-away-postgres';
import { temporaryDirectory } from '../support/throw-away-server';

/** Long campaigns ask for more. */
const asked = Number(process.env.MINGCHA_KILL_ROUNDS ?? NaN);

/** Starts the writer again and again, kills it at a random moment each time; gives every id it acknowledged. */
async function killedWrites(order: WriterOrder, rounds: number): Promise<EvidenceId[]> {
  const acknowledged: EvidenceId[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const writer = startProcess('evidence-writer', order);
    await writer.linesCame(1 + Math.floor(Math.random() * 5));
    await delay(Math.random() * 60); // any moment between two acknowledgements
    await writer.kill();
    for (const line of writer.lines) {
      if (!line.endsWith('}')) continue; // the line that the kill cut in two
      const said = JSON.parse(line) as { sealed?: EvidenceId[] };
      acknowledged.push(...(said.sealed ?? []));
    }
  }
  return acknowledged;
}

function describeKills(title: string, rounds: number, settings: () => Promise<StoreSettings>): void {
  it(`loses nothing acknowledged, leaves nothing half-sealed: ${rounds} kills on ${title}`, async () => {
    const [at, warcDirectory] = [await settings(), temporaryDirectory()];
    const prepared = await openStore(at);
    await migrate(prepared);
    const run = await aRunInStore(prepared.pool);
    await prepared.close();

    const order = {
      ...at,
      warcDirectory,
      run,
      lanes: 4,
      pageBytes: 20_000,
      soleProcess: true,
    };
    const acknowledged = await killedWrites(order, rounds);

    const store = await openStore(at);
    const evidence = await WarcEvidenceStore.open({ database: store, directory: warcDirectory, soleProcess: true });
    for (const id of acknowledged) {
      const [part] = (await evidence.get(id)).record.parts;
      expect((await evidence.read(id, 'exchange-0')).byteLength).toBe(part?.byteLength);
    }
    const verification = await evidence.verify();
    expect(verification.problems).toEqual([]);
    expect(verification.treeSize).toBeGreaterThanOrEqual(acknowledged.length);
    expect(acknowledged.length).toBeGreaterThanOrEqual(rounds);
    const { rows } = await store.pool.query<{ visits: number; files: string[] }>(
      `select (select count(*) from visit) as visits, array(select name from warc_file where state = 'closed') as files`,
    );
    expect(rows[0]?.visits).toBe(verification.treeSize);
    expect(readdirSync(warcDirectory).sort()).toEqual(rows[0]?.files.sort());
    for (const file of readdirSync(warcDirectory)) execFileSync('gzip', ['-t', path.join(warcDirectory, file)]);

    await store.close();
    rmSync(warcDirectory, { recursive: true });
    if (at.databaseUrl === undefined) rmSync(at.dataDirectory, { recursive: true });
  }, 240_000);
}

describe('evidence and kill -9', () => {
  describeKills('the embedded database', asked || 5, async () => ({ dataDirectory: await aDataDirectory() }));
});
describeWith('postgres', 'evidence and kill -9 on a server', () => {
  describeKills('PostgreSQL', asked || 10, async () => ({
    databaseUrl: await aThrowAwayPostgres(),
    dataDirectory: '.',
  }));
});
