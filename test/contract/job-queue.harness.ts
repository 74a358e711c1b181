import { newId, type Priority, type TaskId } from '#libs/domain';
import { type JobFailure, type JobName, type JobQueue, type QueueSettings } from '#libs/queue';
import { aGate, until } from '../support/waiting';

/** A queue under test. */
export interface OpenedQueue {
  readonly queue: JobQueue;
  /** How much the queue keeps now, in whatever it keeps it. */
  kept(): Promise<number>;
  /** Ends what the queue ran on; after the queue was closed. */
  dispose(): Promise<void>;
}

export type OpenQueue = (settings: QueueSettings) => Promise<OpenedQueue>;

const retries = { mostAttempts: 3, firstDelayMs: 20, longestDelayMs: 40 };

export const task = (): TaskId => newId<TaskId>();
export const at = (priority: Priority) => ({ priority });

/** Opens a fresh queue for each test of the suite it is called in. */
export function aQueueEach(open: OpenQueue) {
  let opened: OpenedQueue;
  let failures: JobFailure[];
  const queue = (): JobQueue => opened.queue;

  beforeEach(async () => {
    failures = [];
    opened = await open({ onError: (failure) => failures.push(failure), retries });
  }, 60_000);

  afterEach(async () => {
    await opened.queue.close();
    await opened.dispose();
  }, 60_000);

  /** Records what runs, in order. */
  function recorded(name: JobName = 'look', concurrency = 1): TaskId[] {
    const runs: TaskId[] = [];
    queue().handle(name, (taskId) => Promise.resolve(void runs.push(taskId)), concurrency);
    return runs;
  }

  /** A handler that is held up in its first job until the gate opens. */
  async function heldUp(): Promise<{ runs: TaskId[]; blocker: TaskId; open: () => void }> {
    const gate = aGate();
    const runs: TaskId[] = [];
    const blocker = task();
    queue().handle(
      'look',
      async (taskId) => {
        runs.push(taskId);
        if (taskId === blocker) await gate.opened;
      },
      1,
    );
    await queue().add('look', blocker, at(1));
    await until(() => runs.length === 1);
    return { runs, blocker, open: gate.open };
  }

  return { queue, failures: () => failures, recorded, heldUp, kept: () => opened.kept() };
}
