import { Redis } from 'ioredis';
import { type QueueSettings } from '#libs/queue';
import { BullmqJobQueue } from '#libs/queue/bullmq';
import { describeWith } from '../support/binaries';
import { aThrowAwayRedis } from '../support/throw-away-redis';
import { describeJobQueue } from './job-queue.contract';
import { type OpenedQueue } from './job-queue.harness';

/** Keys, and entries of the streams among them. */
async function keptIn(url: string): Promise<number> {
  const client = new Redis(url);
  const keys = await client.keys('*');
  const lengths = await Promise.all(keys.filter((key) => key.endsWith(':events')).map((key) => client.xlen(key)));
  client.disconnect();
  return keys.length + lengths.reduce((sum, length) => sum + length, 0);
}

describeWith('redis', 'on Redis', () => {
  const open = async (settings: QueueSettings): Promise<OpenedQueue> => {
    const redis = await aThrowAwayRedis();
    return {
      queue: BullmqJobQueue.onRedis(redis.url, settings),
      kept: () => keptIn(redis.url),
      dispose: () => redis.dispose(),
    };
  };
  describeJobQueue('BullMQ on Redis', open, 20_000);
});
