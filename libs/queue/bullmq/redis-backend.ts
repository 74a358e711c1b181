import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { QueueUnavailableError } from '#libs/domain';
import { type Backend, STREAMS } from './backend';

/** Where a Redis is, without its password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '6379'}${pathname}`;
}

/** Keeps jobs in Redis, under keys that begin with the prefix. */
export function redisBackend(url: string, prefix: string, onLost: (error: Error) => void): Backend {
  // Two connections: adding must fail when the server is away, while workers wait for it as long as it takes.
  const adding = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  const working = new Redis(url, { maxRetriesPerRequest: null });
  for (const client of [adding, working]) client.on('error', onLost);
  return {
    openQueue: (name) => new Queue(name, { connection: adding, prefix, streams: STREAMS }),
    openWorker: (name, processor, timing) => new Worker(name, processor, { connection: working, prefix, ...timing }),
    unavailable: (cause) => new QueueUnavailableError(placeOf(url), { cause }),
    disconnect: () => {
      adding.disconnect();
      working.disconnect();
    },
  };
}
