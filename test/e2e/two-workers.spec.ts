import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type RunReport } from '#libs/reporting';
import { aDirectory, mingcha, startMingcha } from '../support/mingcha';
import { sampleExpectations } from '../support/sample-expectations';
import { type SampleWorld, startSampleWorld } from '../support/sample-world';
import { targetListOf } from '../support/target-list';
import { aThrowAwayPostgres } from '../support/throw-away-postgres';
import { aThrowAwayRedis } from '../support/throw-away-redis';
import { describeWith } from '../support/binaries';

const expectations = sampleExpectations();
const ORDERS = ['--allow-address', '127.0.0.0/8', '--pace', 'none', '--as-of', expectations.asOf, '--json'];

/** What a report says was found, without what differs between any two runs: ids, instants, numbers. */
function saidOf(report: RunReport): string[] {
  return report.targets
    .flatMap((target) =>
      target.findings.map((finding) =>
        JSON.stringify([
          target.platform,
          target.channel,
          finding.ruleId,
          finding.severity,
          finding.verdict,
          finding.quote,
          finding.segment?.text ?? null,
          finding.absence?.items ?? null,
          finding.occurrences,
        ]),
      ),
    )
    .sort();
}

describeWith('redis', 'the sample world on PostgreSQL with BullMQ and two workers', () => {
  let world: SampleWorld;
  let data: Awaited<ReturnType<typeof aDirectory>>;
  let list: string;

  beforeAll(async () => {
    world = await startSampleWorld();
    data = await aDirectory();
    list = path.join(data.path, 'targets.csv');
    await writeFile(list, targetListOf(world.platforms));
  });

  afterAll(async () => {
    await world.close();
    await data.clear();
  });

  it('gives the findings of the embedded run', async () => {
    const store = path.join(data.path, 'embedded');
    expect(await mingcha(['targets', 'import', list, '--data', store])).toMatchObject({ code: 0 });
    const embedded = await mingcha(['run', '--all', '--data', store, ...ORDERS]);
    expect(embedded).toMatchObject({ code: 0 });

    const postgres = await aThrowAwayPostgres();
    const redis = await aThrowAwayRedis();
    const env = { DATABASE_URL: postgres, REDIS_URL: redis.url, MINGCHA_DATA: path.join(data.path, 'scaled') };
    expect(await mingcha(['targets', 'import', list], { env })).toMatchObject({ code: 0 });
    const workers = [startMingcha(['worker'], env), startMingcha(['worker'], env)];
    try {
      const scaled = await mingcha(['run', '--all', '--hand-over', ...ORDERS], { env });
      expect(scaled).toMatchObject({ code: 0 });
      const [one, two] = [embedded, scaled].map((ended) => JSON.parse(ended.stdout) as RunReport);
      expect(one && two && saidOf(two)).toEqual(one && saidOf(one));
      expect(one && saidOf(one).length).toBeGreaterThan(0);
      const verified = await mingcha(['evidence', 'verify', '--json'], { env });
      expect(JSON.parse(verified.stdout)).toMatchObject({ problems: [], treeSize: two?.evidence.treeSize });
    } finally {
      for (const worker of workers) worker.child.kill('SIGTERM');
      const ends = await Promise.all(workers.map((worker) => worker.ended));
      expect(ends.map((end) => end.code)).toEqual([0, 0]);
      // Both did work: neither stood by while the other did all of it.
      for (const end of ends) expect(end.stderr).toContain('"event":"page.visited"');
    }
  }, 420_000);
});
