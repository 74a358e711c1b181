import { type Processor, type Queue, type Worker, type WorkerOptions } from 'bullmq';
import { type MonitorError } from '#libs/domain';
import { type JobName } from '../job-queue';

export type JobData = { readonly taskId: string };
export type BullQueue = Queue<JobData>;
export type BullWorker = Worker<JobData>;
export type WorkerTiming = Pick<
  WorkerOptions,
  'concurrency' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount' | 'settings' | 'runRetryDelay'
>;

/** BullMQ writes events that nobody here reads; a short tail of them keeps memory flat. */
export const STREAMS = { events: { maxLen: 100 } };

/** Where BullMQ keeps its jobs. */
export interface Backend {
  openQueue(name: JobName): BullQueue;
  openWorker(name: JobName, processor: Processor<JobData>, timing: WorkerTiming): BullWorker;
  /** What to throw when the server does not answer. */
  unavailable(cause: unknown): MonitorError;
  /** Ends the connections that the queues share; at once, whatever is under way. */
  disconnect(): void;
}
