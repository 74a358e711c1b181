import { createHash, randomUUID } from 'node:crypto';
import events from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '#libs/config';
import { migrate, openStore, type Store } from '#libs/persistence';
import { aThrowAwayPostgres } from './throw-away-postgres';
import { temporaryDirectory } from './throw-away-server';

export type StoreKind = Store['kind'];

// As in throw-away-postgres.ts: node's modules are all that specs of one process share.
const shared = events as unknown as Record<symbol, Promise<string> | undefined>;
const KEY = Symbol.for('mingcha.test.embedded');

/** Changes with the migrations and with PGlite, so that an old template is never taken. */
function templateName(): string {
  const folder = path.join(projectRoot(), 'libs', 'persistence', 'migrations');
  const hash = createHash('sha256').update(readFileSync(require.resolve('@electric-sql/pglite/pglite.wasm')));
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(path.join(folder, name)));
  return `store-${hash.digest('hex').slice(0, 16)}`;
}

/** A migrated data directory kept between runs: making one takes seconds, copying it a fraction of one. */
async function makeTemplate(): Promise<string> {
  const cache = path.join(projectRoot(), 'node_modules', '.cache', 'mingcha');
  const template = path.join(cache, templateName());
  if (existsSync(template)) return template;
  const made = path.join(cache, `part-${randomUUID()}`);
  mkdirSync(made, { recursive: true });
  const store = await openStore({ dataDirectory: made });
  await migrate(store);
  await store.close();
  try {
    renameSync(made, template);
  } catch {
    rmSync(made, { recursive: true, force: true }); // another process was faster
  }
  return template;
}

/** A data directory with an embedded store in it, up to date and empty. The caller removes it. */
export async function aDataDirectory(): Promise<string> {
  shared[KEY] ??= makeTemplate();
  const directory = temporaryDirectory();
  cpSync(await shared[KEY], directory, { recursive: true });
  return directory;
}

/** An embedded store, up to date and empty; closing it removes its data directory. */
export async function anEmbeddedStore(): Promise<Store> {
  const dataDirectory = await aDataDirectory();
  const store = await openStore({ dataDirectory });
  const close = store.close.bind(store);
  store.close = () => close().finally(() => rmSync(dataDirectory, { recursive: true, force: true }));
  return store;
}

/** A store of either kind, up to date and empty; the caller closes it. */
export async function aMigratedStore(kind: StoreKind): Promise<Store> {
  if (kind === 'embedded') return anEmbeddedStore();
  const store = await openStore({ databaseUrl: await aThrowAwayPostgres(), dataDirectory: '.' });
  await migrate(store);
  return store;
}
