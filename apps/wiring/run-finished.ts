import { setTimeout as pause } from 'node:timers/promises';
import { type RunId } from '#libs/domain';
import { RunRepository } from '#libs/persistence';
import { type House } from './house';

/** How far a run is. */
export type RunProgress = Awaited<ReturnType<RunRepository['progressOf']>>;

/**
 * Waits until a run has ended, whoever works on it, by asking the database: the row is the truth.
 *
 * @param tell Called with the progress about twice a second.
 */
export async function runFinished(house: House, runId: RunId, tell: (progress: RunProgress) => void): Promise<void> {
  const runs = new RunRepository(house.store.pool);
  for (;;) {
    tell(await runs.progressOf(runId));
    if ((await runs.get(runId)).finishedAt !== null) return;
    await pause(400);
  }
}
