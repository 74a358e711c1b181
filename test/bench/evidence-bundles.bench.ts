/**
 * Exports the findings of a store one by one until so many bundles were made, verifies each by the verifier inside it
 * and derives its hits again: `node dist/test/bench/evidence-bundles.bench.js DATA_DIR [COUNT]`. Nobody changes them, so
 * every problem is a false alarm.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportEvidence, openHouse, rejudgeBundle } from '#apps/wiring';
import { processSettings } from '#libs/config';
import { type FindingId } from '#libs/domain';
import { Log } from '#libs/telemetry';

interface Tally {
  bundles: number;
  alarms: number;
  hits: number;
  identical: number;
  different: string[];
  exportMs: number;
  verifyMs: number;
  rejudgeMs: number;
}

async function timed<T>(work: () => T | Promise<T>): Promise<[T, number]> {
  const startedAt = performance.now();
  const result = await work();
  return [result, performance.now() - startedAt];
}

async function tryBundle(tally: Tally, makeBundle: () => Promise<unknown>, out: string): Promise<void> {
  const [, exportMs] = await timed(makeBundle);
  const verifier = path.join(out, 'data', 'verify.mjs');
  const [verified, verifyMs] = await timed(() => spawnSync(process.execPath, [verifier, out], { stdio: 'ignore' }));
  const [hits, rejudgeMs] = await timed(() => rejudgeBundle(out));
  tally.bundles += 1;
  tally.alarms += verified.status === 0 ? 0 : 1;
  tally.hits += hits.length;
  tally.identical += hits.filter(({ outcome }) => outcome === 'identical').length;
  tally.different.push(...hits.flatMap(({ finding, differences }) => differences.map((line) => `${finding} ${line}`)));
  tally.exportMs += exportMs;
  tally.verifyMs += verifyMs;
  tally.rejudgeMs += rejudgeMs;
}

async function main(): Promise<void> {
  const [dataDirectory = 'data', count = '200'] = process.argv.slice(2);
  const place = { databaseUrl: null, redisUrl: null, dataDirectory: path.resolve(dataDirectory) };
  const settings = processSettings();
  const packDirectory = path.join(settings.RULE_PACKS, 'notice-57');
  const house = await openHouse(settings, place, new Log('error'));
  const folder = mkdtempSync(path.join(tmpdir(), 'mingcha-bundles-'));
  const tally: Tally = {
    bundles: 0,
    alarms: 0,
    hits: 0,
    identical: 0,
    different: [],
    exportMs: 0,
    verifyMs: 0,
    rejudgeMs: 0,
  };
  try {
    const { rows } = await house.store.pool.query<{ id: FindingId }>('select id from finding order by number');
    for (let at = 0; at < Number(count) && rows.length > 0; at += 1) {
      const id = rows[at % rows.length]?.id as FindingId;
      const out = path.join(folder, String(at));
      await tryBundle(tally, () => exportEvidence(house, { kind: 'finding', id }, { place, packDirectory, out }), out);
      rmSync(out, { recursive: true });
    }
    const each = (ms: number): string => (ms / Math.max(1, tally.bundles)).toFixed(0);
    process.stdout.write(
      `${tally.bundles} bundles of ${rows.length} findings: ${tally.alarms} false alarms; ` +
        `${tally.identical} of ${tally.hits} hits derived again identical\n` +
        `each: export ${each(tally.exportMs)} ms, verify ${each(tally.verifyMs)} ms, rejudge ${each(tally.rejudgeMs)} ms\n`,
    );
    for (const line of new Set(tally.different)) process.stdout.write(`${line.slice(0, 300)}\n`);
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
