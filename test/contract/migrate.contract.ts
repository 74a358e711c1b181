import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SchemaMismatchError } from '#libs/domain';
import { migrate, type Store } from '#libs/persistence';
import { temporaryDirectory } from '../support/throw-away-server';

const FIRST = '0001-name-things.sql';
const SECOND = '0002-count-things.sql';

/** What migrating promises on both kinds of store; `open` gives an empty one that was never migrated. */
export function describeMigrations(name: string, open: () => Promise<Store>): void {
  describe(`migrations: ${name}`, () => {
    let store: Store;
    let directory: string;

    beforeAll(async () => {
      store = await open();
    }, 120_000);

    afterAll(() => store.close());

    beforeEach(async () => {
      await store.pool.query('drop table if exists schema_migration, thing, counted');
      directory = temporaryDirectory();
      writeFileSync(path.join(directory, FIRST), "create table thing (name text);\ninsert into thing values ('a');\n");
      writeFileSync(path.join(directory, SECOND), 'create table counted (count integer);\n');
    });

    afterEach(() => rmSync(directory, { recursive: true }));

    const refusal = async (): Promise<string> => {
      const error = await migrate(store, directory).then(
        () => null,
        (one: unknown) => one,
      );
      expect(error).toBeInstanceOf(SchemaMismatchError);
      return (error as SchemaMismatchError).message;
    };

    it('run each file once, in order, and say which', async () => {
      expect(await migrate(store, directory)).toEqual([FIRST, SECOND]);
      expect(await migrate(store, directory)).toEqual([]);
      expect((await store.pool.query('select name from thing')).rows).toEqual([{ name: 'a' }]);
      const { rows } = await store.pool.query(
        'select number, name, length(sha256) as digits from schema_migration order by 1',
      );
      expect(rows).toEqual([
        { number: 1, name: FIRST, digits: 64 },
        { number: 2, name: SECOND, digits: 64 },
      ]);
    });

    it('go on where they ended when a file is added', async () => {
      await migrate(store, directory);
      writeFileSync(path.join(directory, '0003-more.sql'), 'alter table thing add extra text');
      expect(await migrate(store, directory)).toEqual(['0003-more.sql']);
    });

    it('may be asked for several times at once', async () => {
      const done = await Promise.all([1, 2, 3].map(() => migrate(store, directory)));
      expect(done.flat().sort()).toEqual([FIRST, SECOND]);
    });

    it('keep the files before one that fails, nothing of that one, and go on when it is mended', async () => {
      writeFileSync(path.join(directory, SECOND), 'create table counted (count integer); select 1/0;');
      await expect(migrate(store, directory)).rejects.toMatchObject({ code: '22012' });
      const { rows } = await store.pool.query(
        "select to_regclass('thing') is not null as thing, to_regclass('counted') is not null as counted",
      );
      expect(rows).toEqual([{ thing: true, counted: false }]);
      writeFileSync(path.join(directory, SECOND), 'create table counted (count integer)');
      expect(await migrate(store, directory)).toEqual([SECOND]);
    });

    it('refuse an applied file that was changed, and name it', async () => {
      await migrate(store, directory);
      appendFileSync(path.join(directory, FIRST), ' ');
      const message = await refusal();
      expect(message).toContain(FIRST);
      expect(message).toContain('new migration');
    });

    it('take a file with other line ends for the same', async () => {
      await migrate(store, directory);
      const file = path.join(directory, FIRST);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
      expect(await migrate(store, directory)).toEqual([]);
    });

    it('refuse when an applied file is missing, the last one as well as one before it', async () => {
      await migrate(store, directory);
      rmSync(path.join(directory, SECOND));
      expect(await refusal()).toContain(`${SECOND} was applied to this store but is not among the files`);
      renameSync(path.join(directory, FIRST), path.join(directory, '0001-other.sql'));
      expect(await refusal()).toContain(FIRST);
    });

    it.each([
      ['a gap', '0004-late.sql', '0003'],
      ['a repetition', '0002-twice.sql', '0003'],
      ['a name that says nothing', 'three.sql', 'NNNN-verb-thing.sql'],
      ['another kind of file', '0003-note.txt', 'NNNN-verb-thing.sql'],
    ])('refuse %s before anything runs', async (_what, added, told) => {
      writeFileSync(path.join(directory, added), 'select 1');
      expect(await refusal()).toContain(told);
      expect((await store.pool.query("select to_regclass('thing') as thing")).rows).toEqual([{ thing: null }]);
    });
  });
}
