import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SchemaMismatchError } from '#libs/domain';
import { type Queryable } from './queryable';
import { type Store } from './store';

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly sql: string;
}

/** Any number does, as long as every process of the house asks for the same one: "MCSM". */
const ADVISORY_LOCK = 0x4d43534d;
const namePattern = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.sql$/;

/** Beside this file in the sources; from `dist/` the sources' folder, since the compiler copies no SQL. */
function ownMigrations(): string {
  const beside = path.join(__dirname, 'migrations');
  return existsSync(beside) ? beside : path.resolve(__dirname, '..', '..', '..', 'libs', 'persistence', 'migrations');
}

/** The migrations of a folder in their order. */
function readMigrations(directory: string): Migration[] {
  const names = readdirSync(directory).sort();
  const migrations = names.map((name): Migration => {
    const number = Number(namePattern.exec(name)?.[1]);
    if (Number.isNaN(number)) {
      throw new SchemaMismatchError(`${name} in ${directory} is no migration; expected NNNN-verb-thing.sql`);
    }
    // A checkout with other line ends is the same migration.
    const sql = readFileSync(path.join(directory, name), 'utf8').replaceAll('\r\n', '\n');
    return { number, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
  migrations.forEach(({ number, name }, index) => {
    if (number === index + 1) return;
    const expected = String(index + 1).padStart(4, '0');
    throw new SchemaMismatchError(
      `migration ${name} stands where ${expected} is expected; numbers start at 0001 without gap or repetition, so rename it or restore the missing file`,
    );
  });
  return migrations;
}

/** Compares what was applied with the files. */
function refuseMismatch(migrations: readonly Migration[], applied: readonly { name: string; sha256: string }[]): void {
  applied.forEach((row, index) => {
    const file = migrations[index];
    if (file?.name !== row.name) {
      throw new SchemaMismatchError(
        `migration ${row.name} was applied to this store but is not among the files; use the version of the program that wrote the store, or a newer one`,
      );
    }
    if (file.sha256 !== row.sha256) {
      throw new SchemaMismatchError(
        `migration ${row.name} was changed after it was applied; restore the file and put the change into a new migration`,
      );
    }
  });
}

async function appliedOnes(tx: Queryable): Promise<{ name: string; sha256: string }[]> {
  await tx.query(
    `create table if not exists schema_migration (
       number      integer     primary key,
       name        text        not null unique,
       sha256      text        not null,
       applied_at  timestamptz not null default now()
     )`,
  );
  const { rows } = await tx.query<{ name: string; sha256: string }>(
    'select name, sha256 from schema_migration order by number',
  );
  return rows;
}

/** Applies the next migration, if there is one, and says its name. */
async function step(tx: Queryable, migrations: readonly Migration[]): Promise<string | null> {
  await tx.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
  const applied = await appliedOnes(tx);
  refuseMismatch(migrations, applied);
  const next = migrations[applied.length];
  if (next === undefined) return null;
  await tx.query(next.sql);
  await tx.query('insert into schema_migration (number, name, sha256) values ($1, $2, $3)', [
    next.number,
    next.name,
    next.sha256,
  ]);
  return next.name;
}

/**
 * Brings the schema up to date: each numbered file in its own transaction, under an advisory lock, so several
 * processes may do this at once. Files already applied are compared, not run.
 *
 * @param directory Where the files are; default: those of the project.
 * @returns The names applied by this call, in order; empty when there was nothing to do.
 * @throws {SchemaMismatchError} when an applied file was changed or is missing, or the numbers have a gap or a
 * repetition; names the file and the remedy.
 */
export async function migrate(store: Store, directory: string = ownMigrations()): Promise<readonly string[]> {
  const migrations = readMigrations(directory);
  const done: string[] = [];
  for (;;) {
    const name = await store.inTransaction((tx) => step(tx, migrations));
    if (name === null) return done;
    done.push(name);
  }
}
