import { NotFoundError, type TaskId } from '#libs/domain';
import { aGate, until } from '../support/waiting';
import { at, aQueueEach, type OpenQueue, task } from './job-queue.harness';
import { describeJobFailures } from './job-queue-failures.contract';
import { describeJobQueueEnds } from './job-queue-ends.contract';

/** What every queue promises. `many` is how many jobs the memory test sends through. */
export function describeJobQueue(name: string, open: OpenQueue, many: number): void {
  describe(`job queue: ${name}`, () => {
    describeJobOrder(open);
    describeJobFailures(open);
    describeJobQueueEnds(open, many);
  });
}

/** Which job runs when, and how often. */
function describeJobOrder(open: OpenQueue): void {
  describe('order', () => {
    const { queue, recorded, heldUp } = aQueueEach(open);

    it('runs a job with the task it was added for', async () => {
      const runs = recorded();
      const id = task();
      await queue().add('look', id, at(3));
      await queue().drained();
      expect(runs).toEqual([id]);
    });

    it('keeps jobs until somebody handles their name', async () => {
      const id = task();
      await queue().add('judge', id, at(3));
      recorded('look');
      const runs = recorded('judge');
      await queue().drained();
      expect(runs).toEqual([id]);
    });

    it('keeps the same task under two names apart', async () => {
      const id = task();
      const looks = recorded('look');
      const judges = recorded('judge');
      await queue().add('look', id, at(3));
      await queue().add('judge', id, at(3));
      await queue().drained();
      expect([looks, judges]).toEqual([[id], [id]]);
    });

    it('runs once what was added twice while it waited', async () => {
      const { runs, blocker, open: go } = await heldUp();
      const id = task();
      await queue().add('look', id, at(3));
      await queue().add('look', id, at(3));
      go();
      await queue().drained();
      expect(runs).toEqual([blocker, id]);
    });

    it('runs again what was added again after it completed', async () => {
      const runs = recorded();
      const id = task();
      for (let round = 0; round < 3; round += 1) {
        await queue().add('look', id, at(3));
        await queue().drained();
      }
      expect(runs).toEqual([id, id, id]);
    });

    it('runs again what was added again after it failed for good', async () => {
      const id = task();
      let runs = 0;
      queue().handle('look', () => Promise.reject(new NotFoundError('task', String((runs += 1)))), 1);
      await queue().add('look', id, at(3));
      await queue().drained();
      await queue().add('look', id, at(3));
      await queue().drained();
      expect(runs).toBe(2);
    });

    it('runs once more, and only then, what was added while it ran', async () => {
      const { runs, blocker, open: go } = await heldUp();
      await queue().add('look', blocker, at(3));
      await queue().add('look', blocker, at(3));
      expect(runs).toEqual([blocker]);
      go();
      await queue().drained();
      expect(runs).toEqual([blocker, blocker]);
    });

    it('never runs one task twice at once, though other tasks run beside it', async () => {
      const [id, other] = [task(), task()];
      const begun: TaskId[] = [];
      const gate = aGate();
      let isSecond = false;
      let wereTwo = false;
      queue().handle(
        'look',
        async (taskId) => {
          begun.push(taskId);
          if (taskId !== id) return;
          wereTwo ||= isSecond;
          isSecond = true;
          await gate.opened;
          isSecond = false;
        },
        4,
      );
      await queue().add('look', id, at(3));
      await until(() => begun.length === 1);
      await queue().add('look', id, at(3));
      await queue().add('look', other, at(4));
      await until(() => begun.includes(other));
      gate.open();
      await queue().drained();
      expect([wereTwo, begun]).toEqual([false, [id, other, id]]);
    });

    it('runs again when a handler adds its own task', async () => {
      const id = task();
      let runs = 0;
      queue().handle(
        'look',
        async (taskId) => {
          runs += 1;
          if (runs < 3) await queue().add('look', taskId, at(3));
        },
        2,
      );
      await queue().add('look', id, at(3));
      await queue().drained();
      expect(runs).toBe(3);
    });

    it('lets the more urgent overtake, and keeps the order of equals', async () => {
      const { runs, blocker, open: go } = await heldUp();
      const [night, manual, complaint, publicity, second] = [task(), task(), task(), task(), task()];
      for (const [id, priority] of [
        [night, 4],
        [manual, 3],
        [complaint, 1],
        [publicity, 2],
        [second, 1],
      ] as const) {
        await queue().add('look', id, at(priority));
      }
      go();
      await queue().drained();
      expect(runs).toEqual([blocker, complaint, second, publicity, manual, night]);
    });

    it('lets a waiting job overtake when it is added again as more urgent, and not fall back', async () => {
      const { runs, blocker, open: go } = await heldUp();
      const [first, raised] = [task(), task()];
      await queue().add('look', first, at(3));
      await queue().add('look', raised, at(4));
      await queue().add('look', raised, at(1));
      await queue().add('look', raised, at(4));
      go();
      await queue().drained();
      expect(runs).toEqual([blocker, raised, first]);
    });

    it('runs nothing before its time, and what may run now meanwhile', async () => {
      const runs: [TaskId, number][] = [];
      queue().handle('look', (taskId) => Promise.resolve(void runs.push([taskId, Date.now()])), 1);
      const [later, now] = [task(), task()];
      const notBefore = new Date(Date.now() + 700);
      await queue().add('look', later, { priority: 1, notBefore });
      await queue().add('look', now, at(4));
      await queue().drained();
      expect(runs.map(([id]) => id)).toEqual([now, later]);
      expect(runs[1]?.[1]).toBeGreaterThanOrEqual(notBefore.getTime());
    });

    it('runs at once what waited for its time and is added again without one', async () => {
      const runs = recorded();
      const id = task();
      await queue().add('look', id, { priority: 3, notBefore: new Date(Date.now() + 3_600_000) });
      await queue().add('look', id, at(3));
      await queue().drained();
      expect(runs).toEqual([id]);
    });

    it('takes a time that has passed for now, and one in forty days for later', async () => {
      const runs = recorded();
      const [past, far] = [task(), task()];
      await queue().add('look', far, { priority: 1, notBefore: new Date(Date.now() + 40 * 86_400_000) });
      await queue().add('look', past, { priority: 3, notBefore: new Date(0) });
      await until(() => runs.length > 0);
      expect(runs).toEqual([past]);
    });

    it('refuses a second handler for a name', () => {
      recorded('look');
      expect(() => recorded('look')).toThrow('job look has a handler already');
    });

    it('runs as many at once as it was told', async () => {
      const gate = aGate();
      let now = 0;
      let most = 0;
      queue().handle(
        'look',
        async () => {
          now += 1;
          most = Math.max(most, now);
          await gate.opened;
          now -= 1;
        },
        3,
      );
      for (let i = 0; i < 8; i += 1) await queue().add('look', task(), at(3));
      await until(() => now === 3);
      gate.open();
      await queue().drained();
      expect(most).toBe(3);
    });
  });
}
