import { execFile } from 'node:child_process';
import events from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { programPath } from './binaries';
import {
  freePort,
  type RunningServer,
  startServer,
  type SystemUser,
  temporaryDirectory,
  unprivileged,
} from './throw-away-server';

const run = promisify(execFile);

/** A PostgreSQL server of one's own, to be killed and started again. */
export interface OwnPostgres {
  /** Address of a fresh database, the same after {@link start}. */
  readonly url: string;
  /** Ends it at once, as a crash of the machine would. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

interface Cluster {
  readonly directory: string;
  readonly port: number;
  readonly user: SystemUser;
}

function program(name: string): string {
  const found = programPath(name);
  if (found === null)
    throw new Error(`${name} is not installed; a suite that needs it begins with describeWith('postgres', …)`);
  return found;
}

async function makeCluster(): Promise<Cluster> {
  const user = unprivileged(['postgres', 'nobody']);
  const directory = temporaryDirectory(user);
  const options = [
    '-D',
    path.join(directory, 'data'),
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ];
  await run(program('initdb'), options, { cwd: directory, ...(user ?? {}) });
  return { directory, port: await freePort(), user };
}

const address = (cluster: Cluster, database: string): string =>
  `postgres://postgres@127.0.0.1:${cluster.port}/${database}`;

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // told by connect() as well
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * No sync to disk: nothing here outlives the machine. Commits are still written before they are acknowledged, as some of
 * these servers are killed and must give back what they acknowledged.
 */
async function startCluster(cluster: Cluster): Promise<RunningServer> {
  const settings = ['fsync=off', 'full_page_writes=off', 'unix_socket_directories=', 'listen_addresses=127.0.0.1'];
  const command = [program('postgres'), '-D', path.join(cluster.directory, 'data'), '-p', String(cluster.port)];
  const server = await startServer([...command, ...settings.flatMap((setting) => ['-c', setting])], cluster.directory, {
    user: cluster.user,
    stopSignal: 'QUIT',
  });
  while (!(await answers(address(cluster, 'postgres')))) {
    if (server.hasEnded()) throw new Error(`postgres ended while starting; see ${cluster.directory}/output.log`);
    await delay(30);
  }
  return server;
}

let databases = 0;

async function freshDatabase(cluster: Cluster): Promise<string> {
  const client = new Client({ connectionString: address(cluster, 'postgres') });
  await client.connect();
  try {
    databases += 1;
    const name = `t${process.pid}_${Date.now().toString(36)}_${databases}`;
    await client.query(`create database ${name}`);
    return address(cluster, name);
  } finally {
    await client.end();
  }
}

/** A server for this call alone; `dispose` ends it, and the end of the tests does so in any case. */
export async function anOwnPostgres(): Promise<OwnPostgres> {
  const cluster = await makeCluster();
  let server = await startCluster(cluster);
  return {
    url: await freshDatabase(cluster),
    kill: async () => {
      process.kill(server.processId, 'SIGQUIT');
      while (!server.hasEnded()) await delay(10);
    },
    start: async () => {
      server = await startCluster(cluster);
    },
    dispose: () => server.stop(),
  };
}

// Jest gives every spec its own globals and its own copy of this file; node's modules are all that specs share.
const shared = events as unknown as Record<symbol, Promise<Cluster> | undefined>;
const KEY = Symbol.for('mingcha.test.postgres');

/** Address of a fresh database on a server that the specs of one process share; it ends with the process. */
export async function aThrowAwayPostgres(): Promise<string> {
  shared[KEY] ??= makeCluster().then(async (cluster) => {
    await startCluster(cluster);
    return cluster;
  });
  return freshDatabase(await shared[KEY]);
}
