import { newId, type TaskId } from '#libs/domain';
import { BullmqJobQueue } from '#libs/queue/bullmq';
import { describeWith } from '../support/binaries';
import { type WorkerOrder } from '../support/queue-worker.main';
import { startProcess } from '../support/second-process';
import { aThrowAwayPostgres } from '../support/throw-away-postgres';
import { aThrowAwayRedis } from '../support/throw-away-redis';

const lockMs = 1_000;

/** Kills the process that runs a job and lets this one take over. */
async function takesOver(queue: BullmqJobQueue, order: WorkerOrder): Promise<void> {
  const worker = startProcess('queue-worker', order);
  try {
    const id = newId<TaskId>();
    await queue.add('look', id, { priority: 3 });
    await worker.linesCame(1);
    expect(worker.lines).toEqual([id]);
    await worker.kill();
    const runs: TaskId[] = [];
    queue.handle('look', (taskId) => Promise.resolve(void runs.push(taskId)), 1);
    await queue.drained();
    expect(runs).toEqual([id]);
  } finally {
    await worker.kill();
    await queue.close();
  }
}

describeWith('redis', 'a worker killed in mid-job, BullMQ on Redis', () => {
  it('leaves a job that runs in another process', async () => {
    const redis = await aThrowAwayRedis();
    await takesOver(BullmqJobQueue.onRedis(redis.url, { lockMs, onError: fail }), {
      on: 'redis',
      url: redis.url,
      lockMs,
    });
    await redis.dispose();
  }, 60_000);
});

describeWith('postgres', 'a worker killed in mid-job, BullMQ on PostgreSQL', () => {
  it('leaves a job that runs in another process', async () => {
    const url = await aThrowAwayPostgres();
    await takesOver(BullmqJobQueue.onPostgres(url, { lockMs, onError: fail }), { on: 'postgres', url, lockMs });
  }, 60_000);
});

function fail(): void {
  throw new Error('no handler of this process fails');
}
