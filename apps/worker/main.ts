import { once } from 'node:events';
import { openHouse, placeFrom } from '#apps/wiring';
import { processSettings } from '#libs/config';
import { ERROR_TABLE, kindOf, OrdersRefusedError } from '#libs/domain';
import { Log } from '#libs/telemetry';

/** One more process that looks, renders and judges; ends after SIGINT or SIGTERM when the pages under way are done. */
async function main(): Promise<void> {
  const environment = processSettings();
  const log = new Log(environment.LOG_LEVEL);
  if (environment.DATABASE_URL === undefined) {
    throw new OrdersRefusedError(
      'a worker needs DATABASE_URL and REDIS_URL; with an embedded store "mingcha serve" does the work itself',
    );
  }
  const house = await openHouse(environment, placeFrom(environment), log);
  log.info('process.started', { program: 'worker', pid: process.pid });
  await house.work();
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await house.close();
  log.info('process.stopped', { program: 'worker' });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    new Log().error('process.failed', error);
    process.exit(ERROR_TABLE[kindOf(error)].exitCode);
  },
);
