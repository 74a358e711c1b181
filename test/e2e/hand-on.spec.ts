import { openHouse, runFinished } from '#apps/wiring';
import { processSettings } from '#libs/config';
import { newId, type PlatformId, type TargetId } from '#libs/domain';
import { RunRepository } from '#libs/persistence';
import { Log } from '#libs/telemetry';
import { aSitePage } from '../support/crawl-rig';
import { startFixtureServer } from '../support/fixture-server';
import { someOrders } from '../support/passes';
import { aDataDirectory } from '../support/stores';

jest.setTimeout(60_000);

/** Idle tasks are rung for every twenty seconds; whoever ends well before was not waiting for that. */
const BEFORE_THE_SWEEP_MS = 15_000;

describe('a run whose stages hand on to each other', () => {
  it('ends without waiting for the sweep that looks for idle tasks', async () => {
    const site = await startFixtureServer({
      pages: { '/': aSitePage('首页', '/about.html'), '/about.html': aSitePage('关于') },
    });
    const place = { databaseUrl: null, redisUrl: null, dataDirectory: await aDataDirectory() };
    const house = await openHouse(processSettings(), place, new Log('silent'));
    try {
      const [platformId, id] = [newId<PlatformId>(), newId<TargetId>()];
      const url = `${site.origin}/`;
      await house.store.pool.query(`insert into platform (id, name, region) values ($1, '某某贷', '440305')`, [
        platformId,
      ]);
      await house.store.pool.query(
        `insert into target (id, platform_id, channel, url) values ($1, $2, 'website', $3)`,
        [...[id, platformId, url]],
      );
      await house.work();
      const runId = await house.startRun({
        targets: [{ id, url }],
        trigger: 'manual',
        orders: someOrders({ render: 'http' }),
      });
      await runFinished(house, runId, () => undefined);
      const { startedAt, finishedAt } = await new RunRepository(house.store.pool).get(runId);
      expect((finishedAt?.getTime() ?? Infinity) - startedAt.getTime()).toBeLessThan(BEFORE_THE_SWEEP_MS);
    } finally {
      await house.close();
      await site.close();
    }
  });
});
