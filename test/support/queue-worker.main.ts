import { BullmqJobQueue } from '#libs/queue/bullmq';

/** What the worker is told to do. */
export interface WorkerOrder {
  readonly on: 'redis' | 'postgres';
  readonly url: string;
  readonly lockMs: number;
}

/** Takes `look` jobs, prints the task of each, and never ends one. */
function main(order: WorkerOrder): void {
  const settings = { lockMs: order.lockMs, onError: () => undefined };
  const queue =
    order.on === 'redis' ? BullmqJobQueue.onRedis(order.url, settings) : BullmqJobQueue.onPostgres(order.url, settings);
  const endless = new Promise<void>(() => undefined);
  queue.handle(
    'look',
    (taskId) => {
      process.stdout.write(`${taskId}\n`);
      return endless;
    },
    1,
  );
}

main(JSON.parse(process.argv[2] ?? '{}') as WorkerOrder);
