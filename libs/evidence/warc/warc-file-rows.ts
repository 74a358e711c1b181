import { type RunId } from '#libs/domain';
import { type SealTransaction } from '../evidence-store';

/** Who holds files, and for how long a file stays theirs without a sign of life. */
export interface Holder {
  readonly id: string;
  readonly leaseMs: number;
}

/** A file as a holder believes it to stand in the database. */
export interface HeldFile {
  readonly name: string;
  /** Bytes that evidence rows vouch for. */
  readonly committed: number;
}

// The database's clock decides on leases: the clocks of two machines need not agree.
const LEASE = `now() + $2 * interval '1 millisecond'`;

/** Enters a new, empty file. */
export async function enterFile(
  db: SealTransaction,
  holder: Holder,
  file: { name: string; runId: RunId },
): Promise<void> {
  await db.query(
    `insert into warc_file (name, run_id, state, holder, lease_until) values ($3, $4, 'open', $1, ${LEASE})`,
    [holder.id, holder.leaseMs, file.name, file.runId],
  );
}

/** Says whether the file is still the holder's and stands where the holder believes. */
export async function isHeld(db: SealTransaction, holder: Holder, file: HeldFile): Promise<boolean> {
  const { rows } = await db.query(
    `select 1 as held from warc_file where name = $2 and holder = $1 and state = 'open' and committed_length = $3`,
    [holder.id, file.name, file.committed],
  );
  return rows.length === 1;
}

/** Moves the committed length on; false when the file is no longer the holder's or stands elsewhere. */
export async function moveCommitted(tx: SealTransaction, holder: Holder, file: HeldFile, to: number): Promise<boolean> {
  const { rows } = await tx.query(
    `update warc_file set committed_length = $5, lease_until = ${LEASE}
      where name = $3 and holder = $1 and state = 'open' and committed_length = $4 returning name`,
    [holder.id, holder.leaseMs, file.name, file.committed, to],
  );
  return rows.length === 1;
}

/**
 * The committed length once no transaction of anybody is still moving it; null when the file is not the holder's.
 * Waits for a commit whose answer was lost on the way.
 */
export async function settledLength(tx: SealTransaction, holder: Holder, name: string): Promise<number | null> {
  const { rows } = await tx.query<{ length: string; held: boolean }>(
    `select committed_length::text as length, holder = $1 and state = 'open' as held from warc_file where name = $2 for update`,
    [holder.id, name],
  );
  const [row] = rows;
  return row?.held ? Number(row.length) : null;
}

/** Gives a sign of life for open files. */
export async function renewLeases(db: SealTransaction, holder: Holder, names: readonly string[]): Promise<void> {
  await db.query(
    `update warc_file set lease_until = ${LEASE} where holder = $1 and state = 'open' and name = any($3::text[])`,
    [holder.id, holder.leaseMs, names],
  );
}

/** Closes a file for good; false when it is no longer the holder's. */
export async function markClosed(
  db: SealTransaction,
  holder: Holder,
  file: HeldFile,
  sha256: string,
): Promise<boolean> {
  const { rows } = await db.query(
    `update warc_file set state = 'closed', sha256 = $4
      where name = $2 and holder = $1 and state = 'open' and committed_length = $3 returning name`,
    [holder.id, file.name, file.committed, sha256],
  );
  return rows.length === 1;
}

/** Strikes a file that no evidence stands on. */
export async function strikeEmptyFile(db: SealTransaction, holder: Holder, name: string): Promise<void> {
  await db.query(`delete from warc_file where name = $2 and holder = $1 and state = 'open' and committed_length = 0`, [
    holder.id,
    name,
  ]);
}

/**
 * Takes over open files whose holder gave no sign of life.
 *
 * @param except Files in use here.
 * @param ofEverybody Also those whose lease still runs: right only when no other process can hold any.
 */
export async function takeOver(
  db: SealTransaction,
  holder: Holder,
  except: readonly string[],
  ofEverybody: boolean,
): Promise<HeldFile[]> {
  const { rows } = await db.query<{ name: string; length: string }>(
    `update warc_file set holder = $1, lease_until = ${LEASE}
      where state = 'open' and not name = any($3::text[]) and (lease_until < now() or ($4 and holder <> $1))
      returning name, committed_length::text as length`,
    [holder.id, holder.leaseMs, except, ofEverybody],
  );
  return rows
    .map((row) => ({ name: row.name, committed: Number(row.length) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A file as verification finds it entered. */
export interface EnteredFile extends HeldFile {
  readonly isClosed: boolean;
  readonly sha256: string | null;
}

/** Every file, by name. */
export async function enteredFiles(db: SealTransaction): Promise<EnteredFile[]> {
  const { rows } = await db.query<{ name: string; length: string; closed: boolean; sha256: string | null }>(
    `select name, committed_length::text as length, state = 'closed' as closed, sha256 from warc_file order by name`,
  );
  return rows.map((row) => ({
    name: row.name,
    committed: Number(row.length),
    isClosed: row.closed,
    sha256: row.sha256,
  }));
}
