import path from 'node:path';
import { loadPack } from '#classifiers/engine';
import { findBrowser } from '#crawlers/runtime/browser';
import { type Environment } from '#libs/config';
import { MonitorError } from '#libs/domain';
import { migrate, openStore } from '#libs/persistence';
import { type HousePlace, openQueue, transparencyAt } from '#apps/wiring';
import { Log } from '#libs/telemetry';

/** One thing that was checked. */
export interface Check {
  readonly name: string;
  readonly isGood: boolean;
  /** What was found, or what is wrong and what helps. */
  readonly detail: string;
}

/** Checks everything this machine needs, each by using it; one failure hides no other. */
export async function examine(environment: Environment, place: HousePlace): Promise<Check[]> {
  return [
    await check('Node.js', () => Promise.resolve(nodeVersion())),
    await check('规则包', () => Promise.resolve(rulePack(environment))),
    await check('浏览器', () => browser(environment)),
    await check('数据库', () => database(place)),
    await check('日志密钥', () => logKey(environment, place)),
    await check('队列', () => queue(place)),
  ];
}

async function check(name: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, isGood: true, detail: await look() };
  } catch (error) {
    const detail = error instanceof MonitorError ? `${error.code} ${error.message}` : String(error);
    return { name, isGood: false, detail };
  }
}

function nodeVersion(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isGood = (major === 20 && minor >= 19) || major === 21 || major === 22;
  if (!isGood) throw new Error(`found ${process.version}; needs 20.19 or later, below 23`);
  return process.version;
}

function rulePack(environment: Environment): string {
  const pack = loadPack(path.join(environment.RULE_PACKS, 'notice-57'));
  return `${pack.name}@${pack.version}，${pack.rules.length} 条规则`;
}

async function browser(environment: Environment): Promise<string> {
  const found = await findBrowser({ chromiumPath: environment.CHROMIUM_PATH });
  return `${found.path} ${found.version}`;
}

async function database(place: HousePlace): Promise<string> {
  const store = await openStore({ databaseUrl: place.databaseUrl ?? undefined, dataDirectory: place.dataDirectory });
  try {
    await migrate(store);
    return `${store.kind} ${store.where}`;
  } finally {
    await store.close();
  }
}

/** The fingerprint is what papers name: compare it with the one published before. */
async function logKey(environment: Environment, place: HousePlace): Promise<string> {
  const store = await openStore({ databaseUrl: place.databaseUrl ?? undefined, dataDirectory: place.dataDirectory });
  try {
    await migrate(store);
    const { fingerprint } = await transparencyAt(environment, place, store).key();
    return `P-256，指纹 ${fingerprint}`;
  } finally {
    await store.close();
  }
}

async function queue(place: HousePlace): Promise<string> {
  const opened = openQueue(place, new Log('silent'));
  await opened.close();
  return place.redisUrl === null ? '进程内' : 'BullMQ';
}
