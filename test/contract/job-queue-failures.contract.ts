import { NotFoundError, QueueUnavailableError, type TaskId } from '#libs/domain';
import { at, aQueueEach, type OpenQueue, task } from './job-queue.harness';

const away = () => new QueueUnavailableError('somewhere');

/** What becomes of jobs whose handler throws. */
export function describeJobFailures(open: OpenQueue): void {
  describe('failures', () => {
    const { queue, failures } = aQueueEach(open);

    it('tries again what failed for something unavailable, and tells each time', async () => {
      const id = task();
      let runs = 0;
      queue().handle('look', () => ((runs += 1) < 3 ? Promise.reject(away()) : Promise.resolve()), 1);
      await queue().add('look', id, at(3));
      await queue().drained();
      expect(runs).toBe(3);
      expect(failures()).toMatchObject([
        { name: 'look', taskId: id, attempt: 1, willRetry: true },
        { name: 'look', taskId: id, attempt: 2, willRetry: true },
      ]);
    });

    it('gives up after the last attempt and says so', async () => {
      queue().handle('look', () => Promise.reject(away()), 1);
      await queue().add('look', task(), at(3));
      await queue().drained();
      expect(failures().map(({ attempt, willRetry }) => [attempt, willRetry])).toEqual([
        [1, true],
        [2, true],
        [3, false],
      ]);
    });

    it.each([
      ['what is not there', new NotFoundError('task', '1')],
      ['a bug', new TypeError('undefined is no function')],
    ])('drops after one run what failed for %s, and hands the very error on', async (_what, error) => {
      queue().handle('look', () => Promise.reject(error), 1);
      await queue().add('look', task(), at(3));
      await queue().drained();
      expect(failures()).toHaveLength(1);
      expect(failures()[0]).toMatchObject({ attempt: 1, willRetry: false });
      expect(failures()[0]?.error).toBe(error);
    });

    it('goes on with the next job after one that failed', async () => {
      const bad = task();
      const runs: TaskId[] = [];
      queue().handle(
        'look',
        (id) => (id === bad ? Promise.reject(new Error('bad')) : Promise.resolve(void runs.push(id))),
        1,
      );
      const good = task();
      await queue().add('look', bad, at(1));
      await queue().add('look', good, at(2));
      await queue().drained();
      expect(runs).toEqual([good]);
    });
  });
}
