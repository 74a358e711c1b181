import { ErrorCode } from 'bullmq';
import { type Priority } from '#libs/domain';
import { type BullQueue } from './backend';

/** Says whether BullMQ refused because the job began or ended meanwhile. */
function isTooLate(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === ErrorCode.JobNotExist || error.code === ErrorCode.JobNotInState;
}

/**
 * Gives a job that already waits the more urgent priority and the earlier time of its own and another's. A job that
 * began or ended meanwhile needs no hurrying.
 */
export async function hurry(queue: BullQueue, jobId: string, priority: Priority, delayMs: number): Promise<void> {
  const job = await queue.getJob(jobId);
  if (job === undefined) return;
  try {
    if (job.priority > priority) await job.changePriority({ priority });
    if (!(await job.isDelayed())) return;
    if (delayMs >= job.timestamp + job.delay - Date.now()) return;
    if (delayMs === 0) await job.promote();
    else await job.changeDelay(delayMs);
  } catch (error) {
    if (!isTooLate(error)) throw error;
  }
}
