import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { QueueUnavailableError } from '#libs/domain';
import { type Backend, STREAMS } from './backend';

const LONGEST_WAIT_MS = 1_000;

/** Where a Redis is, without its password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '6379'}${pathname}`;
}

/** Keeps jobs in Redis, under keys that begin with the prefix. */
export function redisBackend(url: string, prefix: string, onLost: (error: Error) => void): Backend {
  // Two connections: adding must fail when the server is away, while workers wait for it as long as it takes.
  let isOver = false;
  // BullMQ duplicates the second for each worker, options and all; the duplicates end when this gives no more waits.
  const retryStrategy = (times: number): number | null => (isOver ? null : Math.min(times * 50, LONGEST_WAIT_MS));
  const adding = new Redis(url, { retryStrategy, enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  const working = new Redis(url, { retryStrategy, maxRetriesPerRequest: null });
  for (const client of [adding, working]) client.on('error', onLost);
  return {
    openQueue: (name) => new Queue(name, { connection: adding, prefix, streams: STREAMS }),
    openWorker: (name, processor, timing) => new Worker(name, processor, { connection: working, prefix, ...timing }),
    unavailable: (cause) => new QueueUnavailableError(placeOf(url), { cause }),
    disconnect: () => {
      isOver = true;
      adding.disconnect();
      working.disconnect();
    },
  };
}
