import { DatabaseUnavailableError, newId, QueueUnavailableError, type TaskId } from '#libs/domain';
import { type JobFailure } from '#libs/queue';
import { BullmqJobQueue } from '#libs/queue/bullmq';
import { describeWith } from '../support/binaries';
import { anOwnPostgres } from '../support/throw-away-postgres';
import { aThrowAwayRedis } from '../support/throw-away-redis';
import { freePort } from '../support/throw-away-server';
import { aGate, until } from '../support/waiting';

const urgent = { priority: 1 } as const;
const task = (): TaskId => newId<TaskId>();

/** What both servers have: they can be killed and come back. */
interface Server {
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

function describeAbsence(
  open: (url: string) => BullmqJobQueue,
  server: () => Promise<Server>,
  expected: new (where: string) => Error,
): void {
  it('refuses what is added while it is away, in bounded time and by name, and takes it when it is back', async () => {
    const at = await server();
    const queue = open(at.url);
    const runs: TaskId[] = [];
    queue.handle('look', (taskId) => Promise.resolve(void runs.push(taskId)), 1);
    const [before, during, after] = [task(), task(), task()];
    await queue.add('look', before, urgent);
    await until(() => runs.includes(before));
    await at.kill();
    const refused = queue.add('look', during, urgent);
    await expect(refused).rejects.toBeInstanceOf(expected);
    await expect(refused).rejects.toThrow(new URL(at.url).host);
    await at.start();
    await until(() =>
      queue.add('look', after, urgent).then(
        () => true,
        () => false,
      ),
    );
    await until(() => runs.includes(after));
    await queue.close();
    await at.dispose();
  }, 60_000);

  it('closes although it went away while a job ran', async () => {
    const at = await server();
    const queue = open(at.url);
    const gate = aGate();
    let hasBegun = false;
    queue.handle(
      'look',
      async () => {
        hasBegun = true;
        await gate.opened;
      },
      1,
    );
    await queue.add('look', task(), urgent);
    await until(() => hasBegun);
    await at.kill();
    const closed = queue.close();
    gate.open();
    await closed;
    await at.dispose();
  }, 60_000);
}

const failures: JobFailure[] = [];
const lost: Error[] = [];
const settings = {
  onError: (failure: JobFailure) => void failures.push(failure),
  onLost: (error: Error) => void lost.push(error),
  addTimeoutMs: 1_500,
};

describe('a queue server that is away from the start', () => {
  it.each([
    ['Redis', (url: string) => BullmqJobQueue.onRedis(url.replace('x:', 'redis:'), settings), QueueUnavailableError],
    [
      'PostgreSQL',
      (url: string) => BullmqJobQueue.onPostgres(url.replace('x:', 'postgres:'), settings),
      DatabaseUnavailableError,
    ],
  ])(
    'refuses what is added, without telling the password: %s',
    async (_name, open, expected) => {
      const port = await freePort();
      const queue = open(`x://user:geheim@127.0.0.1:${port}/0`);
      queue.handle('look', () => Promise.resolve(), 1);
      const error = await queue.add('look', task(), urgent).catch((one: unknown) => one as Error);
      expect(error).toBeInstanceOf(expected);
      expect(String(error)).toContain(`127.0.0.1:${port}`);
      expect(String(error)).not.toContain('geheim');
      await queue.close();
    },
    60_000,
  );
});

describeWith('redis', 'Redis gone', () => {
  describeAbsence((url) => BullmqJobQueue.onRedis(url, settings), aThrowAwayRedis, QueueUnavailableError);
});

describeWith('postgres', 'PostgreSQL gone under the queue', () => {
  describeAbsence((url) => BullmqJobQueue.onPostgres(url, settings), anOwnPostgres, DatabaseUnavailableError);
});
