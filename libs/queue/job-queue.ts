import { type Priority, type TaskId } from '#libs/domain';

export type JobName = 'look' | 'render' | 'read' | 'judge';

/** Rings for work that stands in the database. At-least-once: handlers claim their row and are idempotent. */
export abstract class JobQueue {
  /** Two adds of one task under one name while it waits are one job; after it ended, a new add is a new job. */
  abstract add(name: JobName, taskId: TaskId, options: { priority: Priority; notBefore?: Date }): Promise<void>;
  /** One handler per job name; a second registration is a bug and throws. */
  abstract handle(name: JobName, handler: (taskId: TaskId) => Promise<void>, concurrency: number): void;
  /** Resolves when every accepted job has ended; for the CLI and for tests. */
  abstract drained(): Promise<void>;
  /** Stops taking jobs and waits for those under way. */
  abstract close(): Promise<void>;
}
