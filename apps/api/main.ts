import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type House, openHouse, placeFrom } from '#apps/wiring';
import { processSettings, projectRoot } from '#libs/config';
import { decideFinding } from '#libs/casework';
import { ERROR_TABLE, kindOf } from '#libs/domain';
import { buildRunReport } from '#libs/reporting';
import { Log } from '#libs/telemetry';
import { type ApiDependencies } from './dependencies';
import { startApi } from './start-api';
import { ensureFirstAdministrator } from './users/first-administrator';

/** What the service needs of the house. */
function dependenciesOf(house: House): ApiDependencies {
  const { store, evidence, log, judging } = house;
  const words = new Map(judging.pack.rules.map((rule) => [rule.id, rule.title]));
  const built = path.join(projectRoot(), 'dist', 'console');
  return {
    store,
    evidence,
    log,
    clock: () => new Date(),
    decide: (order) => store.inTransaction((tx) => decideFinding(tx, order)),
    buildRunReport: async (db, runId) => buildRunReport(db, runId, await evidence.state()),
    packTitles: (ruleId) => {
      const facts = judging.rules.get(ruleId);
      return facts && { title: words.get(ruleId) ?? ruleId, ...facts };
    },
    consoleDirectory: existsSync(path.join(built, 'index.html')) ? built : null,
  };
}

/** The one-time password goes to the terminal of whoever starts the service, and nowhere else. */
async function welcome(house: House, url: string): Promise<void> {
  const first = await ensureFirstAdministrator(house.store.pool);
  process.stderr.write(`控制台：${url}\n`);
  if (first) process.stderr.write(`首个管理员：${first.name}  口令（只显示这一次）：${first.password}\n`);
}

/** Serves until SIGINT or SIGTERM. With an embedded store this process does the crawling as well: no other one can. */
async function main(): Promise<void> {
  const environment = processSettings();
  const log = new Log(environment.LOG_LEVEL);
  const house = await openHouse(environment, placeFrom(environment), log);
  try {
    const api = await startApi(dependenciesOf(house), { host: environment.HOST, port: environment.PORT });
    if (house.store.kind === 'embedded') await house.work();
    await welcome(house, api.url);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await api.close();
  } finally {
    await house.close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    new Log().error('process.failed', error);
    process.exit(ERROR_TABLE[kindOf(error)].exitCode);
  },
);
