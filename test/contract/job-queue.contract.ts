import { newId, NotFoundError, type Priority, QueueUnavailableError, type TaskId } from '#libs/domain';
import { type JobFailure, type JobQueue, type QueueSettings } from '#libs/queue';
import { aGate, until } from '../support/waiting';

/** A queue under test. */
export interface OpenedQueue {
  readonly queue: JobQueue;
  /** How much the queue keeps now, in whatever it keeps it. */
  kept(): Promise<number>;
  /** Ends what the queue ran on; after the queue was closed. */
  dispose(): Promise<void>;
}

const retries = { mostAttempts: 3, firstDelayMs: 20, longestDelayMs: 40 };
const task = (): TaskId => newId<'task'>() as TaskId;
const at = (priority: Priority) => ({ priority });
const away = () => new QueueUnavailableError('somewhere');

/** What every queue promises. `many` is how many jobs the memory test sends through. */
export function describeJobQueue(
  name: string,
  open: (settings: QueueSettings) => Promise<OpenedQueue>,
  many: number,
): void {
  describe(`job queue: ${name}`, () => {
    let opened: OpenedQueue;
    let queue: JobQueue;
    let failures: JobFailure[];

    beforeEach(async () => {
      failures = [];
      opened = await open({ onError: (failure) => failures.push(failure), retries });
      queue = opened.queue;
    }, 60_000);

    afterEach(async () => {
      await queue.close();
      await opened.dispose();
    }, 60_000);

    /** Records what runs, in order. */
    function recorded(name: 'look' | 'judge' = 'look', concurrency = 1): TaskId[] {
      const runs: TaskId[] = [];
      queue.handle(name, (taskId) => Promise.resolve(void runs.push(taskId)), concurrency);
      return runs;
    }

    /** A handler that is held up in its first job until the gate opens. */
    async function heldUp(): Promise<{ runs: TaskId[]; blocker: TaskId; open: () => void }> {
      const gate = aGate();
      const runs: TaskId[] = [];
      const blocker = task();
      queue.handle(
        'look',
        async (taskId) => {
          runs.push(taskId);
          if (taskId === blocker) await gate.opened;
        },
        1,
      );
      await queue.add('look', blocker, at(1));
      await until(() => runs.length === 1);
      return { runs, blocker, open: gate.open };
    }

    it('runs a job with the task it was added for', async () => {
      const runs = recorded();
      const id = task();
      await queue.add('look', id, at(3));
      await queue.drained();
      expect(runs).toEqual([id]);
    });

    it('keeps jobs until somebody handles their name', async () => {
      const id = task();
      await queue.add('judge', id, at(3));
      recorded('look');
      const runs = recorded('judge');
      await queue.drained();
      expect(runs).toEqual([id]);
    });

    it('keeps the same task under two names apart', async () => {
      const id = task();
      const looks = recorded('look');
      const judges = recorded('judge');
      await queue.add('look', id, at(3));
      await queue.add('judge', id, at(3));
      await queue.drained();
      expect([looks, judges]).toEqual([[id], [id]]);
    });

    it('runs once what was added twice while it waited', async () => {
      const { runs, blocker, open: go } = await heldUp();
      const id = task();
      await queue.add('look', id, at(3));
      await queue.add('look', id, at(3));
      go();
      await queue.drained();
      expect(runs).toEqual([blocker, id]);
    });

    it('runs again what was added again after it completed', async () => {
      const runs = recorded();
      const id = task();
      for (let round = 0; round < 3; round += 1) {
        await queue.add('look', id, at(3));
        await queue.drained();
      }
      expect(runs).toEqual([id, id, id]);
    });

    it('runs again what was added again after it failed for good', async () => {
      const id = task();
      let runs = 0;
      queue.handle('look', () => Promise.reject(new NotFoundError('task', String((runs += 1)))), 1);
      await queue.add('look', id, at(3));
      await queue.drained();
      await queue.add('look', id, at(3));
      await queue.drained();
      expect(runs).toBe(2);
    });

    it('runs once more, and only then, what was added while it ran', async () => {
      const { runs, blocker, open: go } = await heldUp();
      await queue.add('look', blocker, at(3));
      await queue.add('look', blocker, at(3));
      expect(runs).toEqual([blocker]);
      go();
      await queue.drained();
      expect(runs).toEqual([blocker, blocker]);
    });

    it('never runs one task twice at once, though other tasks run beside it', async () => {
      const [id, other] = [task(), task()];
      const begun: TaskId[] = [];
      const gate = aGate();
      let isSecond = false;
      let wereTwo = false;
      queue.handle(
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
      await queue.add('look', id, at(3));
      await until(() => begun.length === 1);
      await queue.add('look', id, at(3));
      await queue.add('look', other, at(4));
      await until(() => begun.includes(other));
      gate.open();
      await queue.drained();
      expect([wereTwo, begun]).toEqual([false, [id, other, id]]);
    });

    it('runs again when a handler adds its own task', async () => {
      const id = task();
      let runs = 0;
      queue.handle(
        'look',
        async (taskId) => {
          runs += 1;
          if (runs < 3) await queue.add('look', taskId, at(3));
        },
        2,
      );
      await queue.add('look', id, at(3));
      await queue.drained();
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
        await queue.add('look', id, at(priority));
      }
      go();
      await queue.drained();
      expect(runs).toEqual([blocker, complaint, second, publicity, manual, night]);
    });

    it('lets a waiting job overtake when it is added again as more urgent, and not fall back', async () => {
      const { runs, blocker, open: go } = await heldUp();
      const [first, raised] = [task(), task()];
      await queue.add('look', first, at(3));
      await queue.add('look', raised, at(4));
      await queue.add('look', raised, at(1));
      await queue.add('look', raised, at(4));
      go();
      await queue.drained();
      expect(runs).toEqual([blocker, raised, first]);
    });

    it('runs nothing before its time, and what may run now meanwhile', async () => {
      const runs: [TaskId, number][] = [];
      queue.handle('look', (taskId) => Promise.resolve(void runs.push([taskId, Date.now()])), 1);
      const [later, now] = [task(), task()];
      const notBefore = new Date(Date.now() + 700);
      await queue.add('look', later, { priority: 1, notBefore });
      await queue.add('look', now, at(4));
      await queue.drained();
      expect(runs.map(([id]) => id)).toEqual([now, later]);
      expect(runs[1]?.[1]).toBeGreaterThanOrEqual(notBefore.getTime());
    });

    it('runs at once what waited for its time and is added again without one', async () => {
      const runs = recorded();
      const id = task();
      await queue.add('look', id, { priority: 3, notBefore: new Date(Date.now() + 3_600_000) });
      await queue.add('look', id, at(3));
      await queue.drained();
      expect(runs).toEqual([id]);
    });

    it('takes a time that has passed for now, and one in forty days for later', async () => {
      const runs = recorded();
      const [past, far] = [task(), task()];
      await queue.add('look', far, { priority: 1, notBefore: new Date(Date.now() + 40 * 86_400_000) });
      await queue.add('look', past, { priority: 3, notBefore: new Date(0) });
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
      queue.handle(
        'look',
        async () => {
          now += 1;
          most = Math.max(most, now);
          await gate.opened;
          now -= 1;
        },
        3,
      );
      for (let i = 0; i < 8; i += 1) await queue.add('look', task(), at(3));
      await until(() => now === 3);
      gate.open();
      await queue.drained();
      expect(most).toBe(3);
    });

    it('tries again what failed for something unavailable, and tells each time', async () => {
      const id = task();
      let runs = 0;
      queue.handle('look', () => ((runs += 1) < 3 ? Promise.reject(away()) : Promise.resolve()), 1);
      await queue.add('look', id, at(3));
      await queue.drained();
      expect(runs).toBe(3);
      expect(failures).toMatchObject([
        { name: 'look', taskId: id, attempt: 1, willRetry: true },
        { name: 'look', taskId: id, attempt: 2, willRetry: true },
      ]);
    });

    it('gives up after the last attempt and says so', async () => {
      queue.handle('look', () => Promise.reject(away()), 1);
      await queue.add('look', task(), at(3));
      await queue.drained();
      expect(failures.map(({ attempt, willRetry }) => [attempt, willRetry])).toEqual([
        [1, true],
        [2, true],
        [3, false],
      ]);
    });

    it.each([
      ['what is not there', new NotFoundError('task', '1')],
      ['a bug', new TypeError('undefined is no function')],
    ])('drops after one run what failed for %s, and hands the very error on', async (_what, error) => {
      queue.handle('look', () => Promise.reject(error), 1);
      await queue.add('look', task(), at(3));
      await queue.drained();
      expect(failures).toHaveLength(1);
      expect(failures[0]).toMatchObject({ attempt: 1, willRetry: false });
      expect(failures[0]?.error).toBe(error);
    });

    it('goes on with the next job after one that failed', async () => {
      const bad = task();
      const runs: TaskId[] = [];
      queue.handle(
        'look',
        (id) => (id === bad ? Promise.reject(new Error('bad')) : Promise.resolve(void runs.push(id))),
        1,
      );
      const good = task();
      await queue.add('look', bad, at(1));
      await queue.add('look', good, at(2));
      await queue.drained();
      expect(runs).toEqual([good]);
    });

    it('is drained at once when nothing was added', async () => {
      await queue.drained();
      expect(failures).toEqual([]);
    });

    it('is drained only when the jobs that handlers added have ended too', async () => {
      const [look, judge] = [task(), task()];
      queue.handle('look', () => queue.add('judge', judge, at(3)), 1);
      const runs = recorded('judge');
      await queue.add('look', look, at(3));
      await queue.drained();
      expect(runs).toEqual([judge]);
    });

    it('waits at closing for the job under way, and begins none of the waiting', async () => {
      const { runs, blocker, open: go } = await heldUp();
      await queue.add('look', task(), at(3));
      let isClosed = false;
      const closed = queue.close().then(() => (isClosed = true));
      await new Promise((resolve) => setImmediate(resolve));
      expect(isClosed).toBe(false);
      go();
      await closed;
      expect(runs).toEqual([blocker]);
    });

    it('takes nothing after it was closed, and may be closed twice', async () => {
      await queue.close();
      await queue.close();
      await expect(queue.add('look', task(), at(3))).rejects.toMatchObject({ kind: 'unavailable' });
      await queue.drained();
    });

    it(`keeps nothing of ${many} jobs that ended`, async () => {
      let runs = 0;
      queue.handle('look', () => Promise.resolve(void (runs += 1)), 50);
      await queue.add('look', task(), at(3));
      await queue.drained();
      const before = await opened.kept();
      for (let sent = 0; sent < many; sent += 500) {
        const batch = Array.from({ length: Math.min(500, many - sent) }, () => queue.add('look', task(), at(3)));
        await Promise.all(batch);
      }
      await queue.drained();
      expect(runs).toBe(many + 1);
      expect(await opened.kept()).toBeLessThanOrEqual(before + 300);
    }, 300_000);
  });
}
