import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DataDirectoryInUseError, InputInvalidError } from '#libs/domain';
import { DataDirectoryLock, openStore } from '#libs/persistence';
import { type RacerOrder } from '../support/lock-racer.main';
import { type SecondProcess, startProcess } from '../support/second-process';
import { aDataDirectory } from '../support/stores';
import { temporaryDirectory } from '../support/throw-away-server';

describe('a data directory', () => {
  let made: string[] = [];
  let started: SecondProcess[] = [];

  const directory = (): string => {
    const one = temporaryDirectory();
    made.push(one);
    return one;
  };

  const racer = (order: RacerOrder): SecondProcess => {
    const one = startProcess('lock-racer', order);
    started.push(one);
    return one;
  };

  const holderOf = async (directories: string[]): Promise<SecondProcess> => {
    const holder = racer({ directories, startAt: 0, everyMs: 0 });
    await holder.linesCame(directories.length);
    return holder;
  };

  const file = (one: string): string => {
    const [name, ...others] = readdirSync(path.join(one, 'lock'));
    expect(others).toEqual([]);
    return path.join(one, 'lock', String(name));
  };

  afterEach(async () => {
    await Promise.all(started.map((one) => one.kill()));
    for (const one of made) rmSync(one, { recursive: true, force: true });
    [made, started] = [[], []];
  });

  it('held by another process is refused, and the process named', async () => {
    const one = directory();
    const holder = await holderOf([one]);
    const attempt = openStore({ dataDirectory: one });
    await expect(attempt).rejects.toBeInstanceOf(DataDirectoryInUseError);
    await expect(attempt).rejects.toThrow(`is in use by process ${holder.child.pid}`);
  }, 30_000);

  it('held by this very process is refused too', () => {
    const one = directory();
    const lock = DataDirectoryLock.take(one);
    expect(() => DataDirectoryLock.take(one)).toThrow(`is in use by process ${process.pid}`);
    lock.release();
    DataDirectoryLock.take(one).release();
  });

  it('is free again after the store was closed, and after opening failed', async () => {
    const one = await aDataDirectory();
    made.push(one);
    const store = await openStore({ dataDirectory: one });
    await store.close();
    rmSync(path.join(one, 'pg'), { recursive: true });
    writeFileSync(path.join(one, 'pg'), 'in the way');
    await expect(openStore({ dataDirectory: one })).rejects.toMatchObject({ kind: 'unavailable' });
    DataDirectoryLock.take(one).release();
  }, 30_000);

  it('can be read by its owner alone, lock included', () => {
    const one = path.join(directory(), 'data');
    const lock = DataDirectoryLock.take(one);
    expect([one, path.join(one, 'lock'), file(one)].map((name) => statSync(name).mode & 0o777)).toEqual([
      0o700, 0o700, 0o600,
    ]);
    lock.release();
  });

  it('of a killed process is taken over', async () => {
    const one = directory();
    const holder = await holderOf([one]);
    await holder.kill();
    DataDirectoryLock.take(one).release();
  }, 30_000);

  it('of a killed process is taken over although its number was given to another', async () => {
    const [stale, living] = [directory(), directory()];
    const killed = await holderOf([stale]);
    await killed.kill();
    await holderOf([living]);
    const said = JSON.parse(readFileSync(file(stale), 'utf8')) as { mark: string };
    const { processId } = JSON.parse(readFileSync(file(living), 'utf8')) as { processId: number };
    writeFileSync(file(stale), JSON.stringify({ ...said, processId }));
    DataDirectoryLock.take(stale).release();
  }, 30_000);

  it.each(['', '{', 'null', '[]', '{"token":"x"}', '{"token":"x","processId":-1}', '{"token":"x","processId":1e99}'])(
    'with %j for a lock is free: no process of ours wrote that whole',
    (content) => {
      const one = directory();
      DataDirectoryLock.take(one).release();
      writeFileSync(file(one), content);
      DataDirectoryLock.take(one).release();
    },
  );

  it('that is a file, or lies below one, is refused by name', () => {
    const taken = path.join(directory(), 'file');
    writeFileSync(taken, '');
    expect(() => DataDirectoryLock.take(taken)).toThrow(InputInvalidError);
    expect(() => DataDirectoryLock.take(path.join(taken, 'below'))).toThrow(taken);
  });

  it('removed while it was held does not disturb the release, and a new holder is left alone', () => {
    const one = directory();
    const lock = DataDirectoryLock.take(one);
    rmSync(path.join(one, 'lock'), { recursive: true });
    const next = DataDirectoryLock.take(one);
    lock.release();
    expect(() => DataDirectoryLock.take(one)).toThrow(DataDirectoryInUseError);
    next.release();
  });

  it('that a dead process left goes to exactly one of four that race for it, twenty-five times', async () => {
    const directories = Array.from({ length: 25 }, directory);
    const holder = await holderOf(directories);
    await holder.kill();
    const order = { directories, startAt: Date.now() + 4_000, everyMs: 20 };
    const racers = Array.from({ length: 4 }, () => racer(order));
    await Promise.all(racers.map((one) => one.linesCame(directories.length)));
    const winners = directories.map((_, index) => racers.filter(({ lines }) => lines[index] === 'taken'));
    expect(winners.map((won) => won.length)).toEqual(directories.map(() => 1));
    const told = directories.map((_, index) =>
      racers.flatMap(({ lines }) => (lines[index] === 'taken' ? [] : [lines[index]])),
    );
    expect(told).toEqual(winners.map(([won]) => Array.from({ length: 3 }, () => String(won?.child.pid))));
  }, 60_000);
});
