import { newId } from '#libs/domain';
import { type Queryable, type Store } from '#libs/persistence';
import { aSealedCapture } from './sealed-rows';

const sealed = { code: '23000' };

/** What both kinds of store promise alike. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`store: ${name}`, () => {
    let store: Store;

    beforeAll(async () => {
      store = await open();
      await store.pool.query('create table note (id integer primary key, text text)');
    }, 120_000);

    afterAll(() => store.close());

    beforeEach(() => store.pool.query('truncate note'));

    const noteIds = async (): Promise<number[]> => {
      const { rows } = await store.pool.query<{ id: number }>('select id from note order by id');
      return rows.map(({ id }) => id);
    };

    describe('statements', () => {
      it('give whole numbers, instants, days and bytes as the house wants them', async () => {
        const { rows } = await store.pool.query(
          `select 42::bigint as count, 9007199254740993::bigint as huge, array[1, null, 9007199254740993]::bigint[] as counts,
                  timestamptz '2018-03-01 09:30:04.118+08' as at, date '2018-03-01' as day, array[date '2018-03-01'] as days,
                  '\\x00ff'::bytea as bytes, '{"a":[1]}'::jsonb as body, 0.1::float8 as score, 1.10::numeric as exact,
                  true as yes, null::text as none, '网贷'::text as text`,
        );
        expect(rows).toEqual([
          {
            count: 42,
            huge: 9007199254740993n,
            counts: [1, null, 9007199254740993n],
            at: new Date('2018-03-01T01:30:04.118Z'),
            day: '2018-03-01',
            days: ['2018-03-01'],
            bytes: Buffer.from([0, 255]),
            body: { a: [1] },
            score: 0.1,
            exact: '1.10',
            yes: true,
            none: null,
            text: '网贷',
          },
        ]);
      });

      it('take values back as they gave them', async () => {
        const values = [
          new Date('2018-03-01T01:30:04.118Z'),
          '2018-03-01',
          Buffer.from([0, 255]),
          '{"a":1}',
          ['a', 'b"'],
          null,
        ];
        const { rows } = await store.pool.query(
          'select $1::timestamptz as a, $2::date as b, $3::bytea as c, $4::jsonb as d, $5::text[] as e, $6::text as f',
          values,
        );
        expect(rows).toEqual([{ a: values[0], b: values[1], c: values[2], d: { a: 1 }, e: values[4], f: null }]);
      });

      it('keep time in UTC whatever the zone of the machine', async () => {
        const { rows } = await store.pool.query("select (timestamptz '2018-02-28T23:00:00Z')::date as day");
        expect(rows).toEqual([{ day: '2018-02-28' }]);
      });

      it('count changed rows', async () => {
        expect((await store.pool.query('insert into note values (1), (2)')).rowCount).toBe(2);
        expect((await store.pool.query('delete from note where id = 3')).rowCount).toBe(0);
      });

      it('carry a value of several megabytes there and back', async () => {
        const text = '风险备付金'.repeat(400_000);
        const { rows } = await store.pool.query<{ text: string }>('select $1::text as text', [text]);
        expect(rows[0]?.text === text).toBe(true);
      });

      it.each([
        ['a table that is not there', 'select * from nowhere', [], '42P01'],
        ['a value that does not fit its type', 'select $1::int as x', ['seven'], '22P02'],
        ['a mistake that shows only when it runs', 'select 1 / $1::int as x', [0], '22012'],
        ['a broken constraint', 'insert into note select 1 from generate_series(1, 2)', [], '23505'],
        ['too few values', 'select $1::int + $2::int as x', [1], '08P01'],
      ])('fail for %s and leave the next one alone', async (_what, text, values, code) => {
        await expect(store.pool.query(text, values)).rejects.toMatchObject({ code });
        expect((await store.pool.query('select 7 as x')).rows).toEqual([{ x: 7 }]);
      });

      it('keep their answers apart when many fail among many that do not', async () => {
        const asked = Array.from({ length: 120 }, (_, i) => i);
        const answers = await Promise.allSettled(
          asked.map((i) => store.pool.query<{ x: number }>('select 10 / ($1::int % 3) as x, $1::int as i', [i])),
        );
        const told = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.rows[0] : 'failed'));
        expect(told).toEqual(asked.map((i) => (i % 3 === 0 ? 'failed' : { x: Math.trunc(10 / (i % 3)), i })));
      });
    });

    describe('transactions', () => {
      it('keep everything and give back what the function gave', async () => {
        const given = await store.inTransaction(async (tx) => {
          await tx.query('insert into note values (1)');
          await tx.query('insert into note values (2)');
          return 'given';
        });
        expect([given, await noteIds()]).toEqual(['given', [1, 2]]);
      });

      it('keep nothing when the function throws, and throw the very same error', async () => {
        const error = new Error('changed my mind');
        const work = store.inTransaction(async (tx) => {
          await tx.query('insert into note values (1)');
          throw error;
        });
        await expect(work).rejects.toBe(error);
        expect(await noteIds()).toEqual([]);
      });

      it('keep nothing when a statement fails', async () => {
        const work = store.inTransaction(async (tx) => {
          await tx.query('insert into note values (1)');
          await tx.query('insert into note values ($1)', [1]);
        });
        await expect(work).rejects.toMatchObject({ code: '23505' });
        expect(await noteIds()).toEqual([]);
      });

      it('say so when a failed statement was hidden by the function', async () => {
        const work = store.inTransaction(async (tx) => {
          await tx.query('insert into note values (1)');
          await tx.query('select nowhere').catch(() => undefined);
        });
        await expect(work).rejects.toMatchObject({
          message: expect.stringContaining('nothing was kept'),
          cause: { code: '42703' },
        });
        expect(await noteIds()).toEqual([]);
      });

      it('may go on after a savepoint', async () => {
        await store.inTransaction(async (tx) => {
          await tx.query('insert into note values (1)');
          await tx.query('savepoint before');
          await tx.query('insert into note values (1)').catch(() => undefined);
          await tx.query('rollback to savepoint before');
        });
        expect(await noteIds()).toEqual([1]);
      });

      it('refuse another transaction, or the pool, inside one instead of waiting for themselves', async () => {
        const nested = store.inTransaction(() => store.inTransaction(() => Promise.resolve()));
        await expect(nested).rejects.toThrow('inTransaction called inside a transaction');
        const beside = store.inTransaction(() => store.pool.query('select 1'));
        await expect(beside).rejects.toThrow('the pool was asked inside a transaction');
      });

      it('let their client do nothing after the end', async () => {
        let kept: Queryable | null = null;
        await store.inTransaction((tx) => Promise.resolve((kept = tx)));
        await expect(kept!.query('select 1')).rejects.toThrow('the transaction is over');
      });

      it('let what they started go on after the end', async () => {
        let later: Promise<unknown> = Promise.resolve();
        let end: () => void = () => undefined;
        const ended = new Promise<void>((resolve) => (end = resolve));
        await store.inTransaction(() => {
          later = ended.then(() => store.pool.query('select 8 as x'));
          return Promise.resolve();
        });
        end();
        expect(await later).toMatchObject({ rows: [{ x: 8 }] });
      });

      it.each(['40001', '40P01'])('run again after %s', async (code) => {
        let runs = 0;
        await store.inTransaction(async (tx) => {
          runs += 1;
          await tx.query('insert into note values (1)');
          if (runs < 3) await tx.query(`do $$ begin raise exception 'again' using errcode = '${code}'; end $$`);
        });
        expect([runs, await noteIds()]).toEqual([3, [1]]);
      });

      it('give up after five runs', async () => {
        let runs = 0;
        const work = store.inTransaction((tx) => {
          runs += 1;
          return tx.query("do $$ begin raise exception 'again' using errcode = '40001'; end $$");
        });
        await expect(work).rejects.toMatchObject({ code: '40001' });
        expect(runs).toBe(5);
      });

      it('come one after another when there are more than connections', async () => {
        const counts = Array.from({ length: 30 }, (_, i) =>
          store.inTransaction((tx) => tx.query('insert into note values ($1)', [i])),
        );
        await Promise.all(counts);
        expect(await noteIds()).toHaveLength(30);
      });
    });

    describe('the schema', () => {
      it.each([
        ['evidence', "update evidence set record = '{}'"],
        ['evidence', 'delete from evidence'],
        ['evidence', 'truncate evidence cascade'],
        ['visit', "update visit set detail = 'other'"],
        ['visit', 'delete from visit'],
        ['visit', 'truncate visit cascade'],
        ['finding_event', "update finding_event set name = 'other'"],
        ['finding_event', 'delete from finding_event'],
        ['finding_event', 'truncate finding_event'],
        ['casework_event', "update casework_event set name = 'other'"],
        ['casework_event', 'delete from casework_event'],
        ['casework_event', 'truncate casework_event'],
      ])('keeps rows of %s as they are: %s', async (table, text) => {
        await store.inTransaction(aSealedCapture);
        const rows = async () => (await store.pool.query(`select * from ${table} order by id`)).rows;
        const before = await rows();
        await expect(store.pool.query(text)).rejects.toMatchObject(sealed);
        expect(before.length).toBeGreaterThan(0);
        expect(await rows()).toEqual(before);
      });

      it.each([
        ['a region that is no code', "insert into platform (id, name, region) values ($1, 'x', '1')"],
        [
          'a code with a letter that is not used',
          "insert into platform (id, name, uscc, region) values ($1, 'x', '9111010800000000IO', '11')",
        ],
        ['a name without a letter', "insert into platform (id, name, region) values ($1, '', '11')"],
      ])('refuses %s', async (_what, text) => {
        await expect(store.pool.query(text, [newId()])).rejects.toMatchObject({ code: '23514' });
      });
    });
  });
}
