import { type JobFailure, type JobQueue } from '#libs/queue';
import { BullmqJobQueue } from '#libs/queue/bullmq';
import { InProcessJobQueue } from '#libs/queue/in-process';
import { type Log } from '#libs/telemetry';
import { type HousePlace } from './house-place';

/**
 * The queue of a place: in this process when the store is embedded, BullMQ on Redis when an address is given, else
 * BullMQ on the database itself.
 */
export function openQueue(place: HousePlace, log: Log): JobQueue {
  const onError = (failure: JobFailure) => tellFailure(log, failure);
  const onLost = (error: Error) => log.error('queue.lost', error);
  if (place.databaseUrl === null) return new InProcessJobQueue({ onError });
  if (place.redisUrl !== null) return BullmqJobQueue.onRedis(place.redisUrl, { onError, onLost });
  return BullmqJobQueue.onPostgres(place.databaseUrl, { onError, onLost });
}

function tellFailure(log: Log, failure: JobFailure): void {
  const { name, taskId, attempt, willRetry } = failure;
  log.error(willRetry ? 'job.retried' : 'job.dropped', failure.error, { job: name, task: taskId, attempt });
}
