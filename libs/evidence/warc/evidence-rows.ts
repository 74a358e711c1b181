import { type CaptureRecord, type Evidence, type EvidenceId } from '#libs/domain';
import { type SealTransaction } from '../evidence-store';
import { evidenceAt } from './capture-record';

/** Who takes this lock gives out places in the log; released by the end of the transaction. */
const LOG_LOCK = 6962;

interface EvidenceRow {
  place: string;
  id: string;
  leaf: string;
  record: CaptureRecord;
}

/** `log_index` must not be the name of a text column here: `order by` would then sort places as text. */
const COLUMNS = `log_index::text as place, id, encode(leaf_hash, 'hex') as leaf, record`;

const toEvidence = (row: EvidenceRow): Evidence => ({
  id: row.id as EvidenceId,
  index: Number(row.place),
  leafHash: row.leaf,
  record: row.record,
});

/**
 * Gives records the next places of the log, in their order, and writes their rows. Must come last in its transaction:
 * every other writer waits from here until the commit.
 */
export async function enterEvidence(tx: SealTransaction, records: readonly CaptureRecord[]): Promise<Evidence[]> {
  if (records.length === 0) return [];
  await tx.query(`select pg_advisory_xact_lock(${LOG_LOCK})`);
  const { rows } = await tx.query<{ next: string }>(
    `select (coalesce(max(log_index), -1) + 1)::text as next from evidence`,
  );
  const next = Number(rows[0]?.next ?? 0);
  const sealed = records.map((record, at) => evidenceAt(next + at, record));
  await tx.query(
    `insert into evidence (log_index, id, visit_id, captured_at, leaf_hash, record)
     select (row ->> 'index')::bigint, (row ->> 'id')::uuid, (row #>> '{record,visitId}')::uuid,
            (row #>> '{record,capturedAt}')::timestamptz, decode(row ->> 'leafHash', 'hex'), row -> 'record'
       from jsonb_array_elements($1::jsonb) as row`,
    [JSON.stringify(sealed)],
  );
  return sealed;
}

/** One evidence; null when there is none of this id. */
export async function evidenceOf(db: SealTransaction, id: EvidenceId): Promise<Evidence | null> {
  const { rows } = await db.query<EvidenceRow>(`select ${COLUMNS} from evidence where id = $1`, [id]);
  return rows[0] ? toEvidence(rows[0]) : null;
}

/** Leaf hashes from a place on, in order, at most `limit`. */
export async function leavesFrom(db: SealTransaction, index: number, limit: number): Promise<Buffer[]> {
  const { rows } = await db.query<{ leaf: string }>(
    `select encode(leaf_hash, 'hex') as leaf from evidence where log_index >= $1 order by log_index limit $2`,
    [index, limit],
  );
  return rows.map((row) => Buffer.from(row.leaf, 'hex'));
}

/** Evidence as it stands in its row, with the columns that repeat what the record says. */
export interface StoredEvidence extends Evidence {
  /** False when a column does not say what the record says. */
  readonly isConsistent: boolean;
}

/** Evidence from a place on, in order, at most `limit`; places may be missing when somebody took rows away. */
export async function evidenceFrom(db: SealTransaction, index: number, limit: number): Promise<StoredEvidence[]> {
  const { rows } = await db.query<EvidenceRow & { visit_id: string; captured_at_ms: string }>(
    `select ${COLUMNS}, visit_id, floor(extract(epoch from captured_at) * 1000)::bigint::text as captured_at_ms
       from evidence where log_index >= $1 order by log_index limit $2`,
    [index, limit],
  );
  return rows.map((row) => {
    // Compared here and not in SQL, where a record that somebody changed could make the whole statement fail.
    const said: Partial<CaptureRecord> | null = row.record;
    const isSameTime = Date.parse(said?.capturedAt ?? '') === Number(row.captured_at_ms);
    return {
      ...toEvidence(row),
      isConsistent: said?.evidenceId === row.id && said.visitId === row.visit_id && isSameTime,
    };
  });
}
