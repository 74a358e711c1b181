import { createPostgresBackend, withBackend } from 'bullmq';
import { DatabaseUnavailableError } from '#libs/domain';
import { type Backend, type BullQueue, type BullWorker, STREAMS } from './backend';

/** Connections per queue and per worker; a worker has one more to listen with. */
const MOST_CONNECTIONS = 2;
const CONNECT_TIMEOUT_MS = 10_000;

/** Where a PostgreSQL is, without its password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
}

/** Keeps jobs in tables of a schema of their own; made when missing, so the role must be allowed to make it. */
export function postgresBackend(url: string, schema: string): Backend {
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const connection = {
    connectionString: url,
    schema,
    migrate: true,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
  return {
    openQueue: (name) => new Queue(name, { connection, streams: STREAMS }) as unknown as BullQueue,
    openWorker: (name, processor, timing) =>
      new Worker(name, processor, { connection, ...timing }) as unknown as BullWorker,
    unavailable: (cause) => new DatabaseUnavailableError(placeOf(url), { cause }),
    disconnect: () => undefined, // every queue and worker has and ends its own
  };
}
