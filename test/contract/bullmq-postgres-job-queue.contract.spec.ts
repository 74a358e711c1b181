import { Client } from 'pg';
import { BullmqJobQueue } from '#libs/queue/bullmq';
import { describeWith } from '../support/binaries';
import { aThrowAwayPostgres } from '../support/throw-away-postgres';
import { describeJobQueue } from './job-queue.contract';

/** Rows of every table of the queue's schema. */
async function keptIn(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'mingcha_queue'",
  );
  let sum = 0;
  for (const { name } of rows) {
    const counted = await client.query<{ count: string }>(`select count(*) as count from ${name}`);
    sum += Number(counted.rows[0]?.count);
  }
  await client.end();
  return sum;
}

describeWith('postgres', 'on PostgreSQL', () => {
  describeJobQueue(
    'BullMQ on PostgreSQL',
    async (settings) => {
      const url = await aThrowAwayPostgres();
      return {
        queue: BullmqJobQueue.onPostgres(url, settings),
        kept: () => keptIn(url),
        dispose: () => Promise.resolve(),
      };
    },
    5_000,
  );
});
