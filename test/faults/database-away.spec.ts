import { DatabaseUnavailableError } from '#libs/domain';
import { migrate, openStore, type Store } from '#libs/persistence';
import { describeWith } from '../support/binaries';
import { anOwnPostgres, type OwnPostgres } from '../support/throw-away-postgres';
import { freePort } from '../support/throw-away-server';
import { aGate, until } from '../support/waiting';

const open = (databaseUrl: string): Promise<Store> =>
  openStore({ databaseUrl, dataDirectory: '.', connectTimeoutMs: 2_000 });

describe('a database that is down at start', () => {
  it('is named by place, without the password', async () => {
    const port = await freePort();
    const attempt = open(`postgres://mingcha:geheim@127.0.0.1:${port}/watch`);
    await expect(attempt).rejects.toBeInstanceOf(DatabaseUnavailableError);
    const error = await attempt.then(
      () => null,
      (one: unknown) => one as DatabaseUnavailableError,
    );
    expect(error?.message).toContain(`127.0.0.1:${port}/watch`);
    expect(JSON.stringify([error?.message, error?.facts])).not.toContain('geheim');
  });

  it('is unavailable when its name does not resolve', async () => {
    await expect(open('postgres://nobody@database.invalid/watch')).rejects.toBeInstanceOf(DatabaseUnavailableError);
  });
});

describeWith('postgres', 'a database that goes away', () => {
  let server: OwnPostgres;
  let store: Store;
  const lost: Error[] = [];

  beforeAll(async () => {
    server = await anOwnPostgres();
    store = await openStore({
      databaseUrl: server.url,
      dataDirectory: '.',
      onLostConnection: (error) => lost.push(error),
    });
    await migrate(store);
    await store.pool.query('create table note (id integer primary key)');
  }, 60_000);

  afterAll(async () => {
    await store.close();
    await server.dispose();
  });

  it('is unavailable when it has no such database, or lets nobody in', async () => {
    const nowhere = server.url.replace(/[^/]+$/, 'nowhere');
    await expect(open(nowhere)).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await expect(open(server.url.replace('postgres@', 'stranger@'))).rejects.toBeInstanceOf(DatabaseUnavailableError);
  });

  it('while nobody asks it: that is told, and the next to ask learns of it', async () => {
    await store.pool.query('select 1');
    await server.kill();
    await until(() => lost.length > 0);
    await expect(store.pool.query('select 1')).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await server.start();
    expect((await store.pool.query('select 1 as x')).rows).toEqual([{ x: 1 }]);
  }, 60_000);

  it('while a statement runs: that one fails as unavailable, and work goes on after its return', async () => {
    const sleeping = store.pool.query('select pg_sleep(600)');
    const failed = expect(sleeping).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await until(async () => {
      const { rows } = await store.pool.query("select 1 from pg_stat_activity where wait_event = 'PgSleep'");
      return rows.length === 1;
    });
    await server.kill();
    await failed;
    await server.start();
    expect((await store.pool.query('select 1 as x')).rows).toEqual([{ x: 1 }]);
  }, 60_000);

  it('in mid-transaction: nothing of it is kept, and it can be done again', async () => {
    const gate = aGate();
    const begun = aGate();
    const work = store.inTransaction(async (tx) => {
      await tx.query('insert into note values (1)');
      begun.open();
      await gate.opened;
      await tx.query('insert into note values (2)');
    });
    const failed = expect(work).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await begun.opened;
    await server.kill();
    gate.open();
    await failed;
    await server.start();
    expect((await store.pool.query('select id from note')).rows).toEqual([]);
    await store.inTransaction((tx) => tx.query('insert into note values (1)'));
    expect((await store.pool.query('select id from note')).rows).toEqual([{ id: 1 }]);
  }, 60_000);

  it('cuts connections one by one: work in them fails as unavailable, others go on', async () => {
    const gate = aGate();
    let processId = 0;
    const work = store.inTransaction(async (tx) => {
      const { rows } = await tx.query<{ id: number }>('select pg_backend_pid() as id');
      processId = rows[0]?.id ?? 0;
      await gate.opened;
      await tx.query('select 1');
    });
    const failed = expect(work).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await until(() => processId > 0);
    await store.pool.query('select pg_terminate_backend($1)', [processId]);
    gate.open();
    await failed;
    expect((await store.pool.query('select 1 as x')).rows).toEqual([{ x: 1 }]);
  }, 60_000);
});
