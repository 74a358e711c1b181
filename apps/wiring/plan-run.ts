import {
  newId,
  OrdersRefusedError,
  PRIORITY_OF,
  type RunId,
  type RunOrders,
  type Target,
  type TaskId,
  type Trigger,
} from '#libs/domain';
import { RunRepository, type Store } from '#libs/persistence';
import { type JobQueue } from '#libs/queue';

/** What a run is started with. */
export interface RunStart {
  readonly targets: readonly Pick<Target, 'id' | 'url'>[];
  readonly trigger: Trigger;
  readonly orders: RunOrders;
  readonly pack: { readonly name: string; readonly version: string };
  readonly at: Date;
}

/**
 * Writes a run with one task per target, then rings for each. When the process dies in between, the tasks stand in
 * the database and are found at the next start.
 *
 * @throws {OrdersRefusedError} when there is no target.
 */
export async function planRun(store: Store, queue: JobQueue, start: RunStart): Promise<RunId> {
  if (start.targets.length === 0) {
    throw new OrdersRefusedError(
      'a run needs at least one target; register some with "mingcha targets import FILE.csv"',
    );
  }
  const runId = newId<RunId>(start.at);
  const priority = PRIORITY_OF[start.trigger];
  const taskIds = start.targets.map(() => newId<TaskId>(start.at));
  await store.inTransaction(async (tx) => {
    const runs = new RunRepository(tx);
    await runs.add({
      id: runId,
      trigger: start.trigger,
      orders: start.orders,
      rulePack: start.pack.name,
      rulePackVersion: start.pack.version,
      startedAt: start.at,
      finishedAt: null,
    });
    for (const [i, target] of start.targets.entries()) {
      const id = taskIds[i] ?? newId<TaskId>(start.at);
      await runs.addTask({ id, runId, targetId: target.id, host: new URL(target.url).host, priority });
    }
  });
  for (const id of taskIds) await queue.add('look', id, { priority });
  return runId;
}
