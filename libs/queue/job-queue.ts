import { type Priority, type TaskId } from '#libs/domain';
import { type RetryPlan } from './retry-plan';

export type JobName = 'look' | 'render' | 'read' | 'judge';

export const JOB_NAMES: readonly JobName[] = ['look', 'render', 'read', 'judge'];

/** A handler threw. */
export interface JobFailure {
  readonly name: JobName;
  readonly taskId: TaskId;
  readonly error: unknown;
  /** 1 for the first run. */
  readonly attempt: number;
  /** False when the queue is done with the job; its row still stands in the database. */
  readonly willRetry: boolean;
}

/** What every adapter is told. */
export interface QueueSettings {
  /** Told of every run that failed. A queue drops no job without telling. */
  readonly onError: (failure: JobFailure) => void;
  /** For failures of a kind that is retried; ten runs within about four minutes when absent. */
  readonly retries?: RetryPlan;
}

/** Rings for work that stands in the database. At-least-once: handlers claim their row and are idempotent. */
export abstract class JobQueue {
  /**
   * Two adds of one task under one name while it waits are one job, which takes the more urgent priority and the
   * earlier time of the two; after it ended, a new add is a new job. Added while it runs, it runs once more afterwards.
   *
   * @throws {MonitorError} of kind `unavailable` when the queue's server does not answer in time, or after
   * {@link close}. Whether the job was taken is unknown then; adding it again does no harm.
   */
  abstract add(name: JobName, taskId: TaskId, options: { priority: Priority; notBefore?: Date }): Promise<void>;
  /** One handler per job name; a second registration is a bug and throws. One task never runs twice at once. */
  abstract handle(name: JobName, handler: (taskId: TaskId) => Promise<void>, concurrency: number): void;
  /**
   * Resolves when every accepted job has ended, also those that handlers add; for the CLI and for tests. Jobs that
   * nobody handles are waited for. After {@link close} it resolves at once.
   *
   * @throws {MonitorError} of kind `unavailable` when the queue's server does not answer.
   */
  abstract drained(): Promise<void>;
  /** Stops taking jobs and waits for those under way. Twice is once. */
  abstract close(): Promise<void>;
}
