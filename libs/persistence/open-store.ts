import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Client, Pool, type PoolConfig } from 'pg';
import { DatabaseTooOldError, DatabaseUnavailableError } from '#libs/domain';
import { asStoreError } from './connection-loss';
import { DataDirectoryLock } from './data-directory-lock';
import { errorCode } from './error-code';
import { PgliteSocket } from './pglite-socket';
import { rowTypes } from './row-types';
import { Store } from './store';

/** The least version the schema is written for, as `server_version_num` counts. */
const OLDEST_SERVER = 150_000;

/** Which database to open. */
export interface StoreSettings {
  /** `postgres://…`; absent: embedded in the data directory. */
  readonly databaseUrl?: string;
  readonly dataDirectory: string;
  /** Told when a connection that nobody uses is lost; the pool replaces it by itself. */
  readonly onLostConnection?: (error: Error) => void;
  /** How long a server may take to answer at first, and a full pool to give a connection. Default 10 000. */
  readonly connectTimeoutMs?: number;
}

/**
 * Opens the database: a server when an address is given, otherwise the one embedded in the data directory, which is
 * made when missing and held by this process alone until {@link Store.close}.
 *
 * @throws {DataDirectoryInUseError} when another process, or this one, holds the data directory.
 * @throws {DatabaseUnavailableError} when the server does not answer or lets nobody in.
 * @throws {DatabaseTooOldError} when the server is older than PostgreSQL 15.
 */
export function openStore(settings: StoreSettings): Promise<Store> {
  return settings.databaseUrl === undefined ? openEmbedded(settings) : openServer(settings, settings.databaseUrl);
}

function makePool(config: PoolConfig, settings: StoreSettings): Pool {
  const told = (error: Error): void => settings.onLostConnection?.(error);
  const pool = new Pool({ ...config, types: rowTypes });
  pool.on('error', told);
  // A client that is handed out has no listener of the pool; without one a lost connection would end the process.
  // The statement under way fails by itself.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function openEmbedded(settings: StoreSettings): Promise<Store> {
  const lock = DataDirectoryLock.take(settings.dataDirectory);
  const directory = path.join(settings.dataDirectory, 'pg');
  const where = `embedded database ${directory}`;
  let lite: PGlite;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    lite = await PGlite.create(directory);
  } catch (error) {
    lock.release();
    throw new DatabaseUnavailableError(where, { cause: error });
  }
  const stream = (): PgliteSocket => new PgliteSocket(lite);
  // One connection is all PGlite has; kept for good, because a new one costs three statements.
  const pool = makePool({ stream, user: 'postgres', database: 'postgres', max: 1, idleTimeoutMillis: 0 }, settings);
  return new Store('embedded', where, pool, () => lite.close().finally(() => lock.release()));
}

async function openServer(settings: StoreSettings, databaseUrl: string): Promise<Store> {
  const { host, port, database } = new Client({ connectionString: databaseUrl });
  const where = `${host}:${port}/${database}`;
  const pool = makePool(
    {
      connectionString: databaseUrl,
      options: '-c timezone=UTC -c datestyle=ISO',
      application_name: 'mingcha',
      connectionTimeoutMillis: settings.connectTimeoutMs ?? 10_000,
      keepAlive: true,
    },
    settings,
  );
  try {
    const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num');
    refuseOldServer(where, Number(rows[0]?.server_version_num));
  } catch (error) {
    await pool.end();
    throw startError(where, error);
  }
  return new Store('postgres', where, pool);
}

/** Whoever is not let in (class 28) or finds no such database (3D000) has a wrong address: the same remedy. */
function startError(where: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code.startsWith('28') || code === '3D000') return new DatabaseUnavailableError(where, { cause: error });
  return asStoreError(where, error);
}

/**
 * @param version As `server_version_num` counts: 150004 is 15.4.
 * @throws {DatabaseTooOldError} below PostgreSQL 15.
 */
export function refuseOldServer(where: string, version: number): void {
  if (!(version >= OLDEST_SERVER)) {
    throw new DatabaseTooOldError(where, Math.floor(version / 10_000), OLDEST_SERVER / 10_000);
  }
}
