import { at, aQueueEach, type OpenQueue, task } from './job-queue.harness';

/** When a queue is empty, how it closes, and what it leaves behind. */
export function describeJobQueueEnds(open: OpenQueue, many: number): void {
  describe('end', () => {
    const { queue, failures, recorded, heldUp, kept } = aQueueEach(open);

    it('is drained at once when nothing was added', async () => {
      await queue().drained();
      expect(failures()).toEqual([]);
    });

    it('is drained only when the jobs that handlers added have ended too', async () => {
      const [look, judge] = [task(), task()];
      queue().handle('look', () => queue().add('judge', judge, at(3)), 1);
      const runs = recorded('judge');
      await queue().add('look', look, at(3));
      await queue().drained();
      expect(runs).toEqual([judge]);
    });

    it('waits at closing for the job under way, and begins none of the waiting', async () => {
      const { runs, blocker, open: go } = await heldUp();
      await queue().add('look', task(), at(3));
      let isClosed = false;
      const closed = queue()
        .close()
        .then(() => (isClosed = true));
      await new Promise((resolve) => setImmediate(resolve));
      expect(isClosed).toBe(false);
      go();
      await closed;
      expect(runs).toEqual([blocker]);
    });

    it('takes nothing after it was closed, and may be closed twice', async () => {
      await queue().close();
      await queue().close();
      await expect(queue().add('look', task(), at(3))).rejects.toMatchObject({ kind: 'unavailable' });
      await queue().drained();
    });

    it(`keeps nothing of ${many} jobs that ended`, async () => {
      let runs = 0;
      queue().handle('look', () => Promise.resolve(void (runs += 1)), 50);
      await queue().add('look', task(), at(3));
      await queue().drained();
      const before = await kept();
      for (let sent = 0; sent < many; sent += 500) {
        const batch = Array.from({ length: Math.min(500, many - sent) }, () => queue().add('look', task(), at(3)));
        await Promise.all(batch);
      }
      await queue().drained();
      expect(runs).toBe(many + 1);
      expect(await kept()).toBeLessThanOrEqual(before + 300);
    }, 300_000);
  });
}
