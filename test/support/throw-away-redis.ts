import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { programPath } from './binaries';
import { freePort, startServer, temporaryDirectory } from './throw-away-server';

/** A Redis server of one's own, to be killed and started again (empty then). */
export interface ThrowAwayRedis {
  /** `redis://127.0.0.1:…`, the same after {@link start}. */
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its directory. */
  dispose(): Promise<void>;
}

async function answers(port: number): Promise<boolean> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined); // told by connect() as well
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

/** A server for this call alone; `dispose` ends it, and the end of the tests does so in any case. */
export async function aThrowAwayRedis(): Promise<ThrowAwayRedis> {
  const program = programPath('redis-server');
  if (program === null)
    throw new Error(`redis-server is not installed; a suite that needs it begins with describeWith('redis', …)`);
  const port = await freePort();
  const begin = async () => {
    const directory = temporaryDirectory();
    const command = [
      program,
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      directory,
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    const started = await startServer(command, directory, { user: null, stopSignal: 'KILL' });
    while (!(await answers(port))) {
      if (started.hasEnded()) throw new Error(`redis-server ended while starting at port ${port}`);
      await delay(20);
    }
    return started;
  };
  let server = await begin();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => server.stop(),
    start: async () => {
      server = await begin();
    },
    dispose: () => server.stop(),
  };
}
