import { newId } from '#libs/domain';
import { type SealTransaction } from '../evidence-store';

/** A checkpoint as it is kept. */
export interface KeptCheckpoint {
  readonly treeSize: number;
  readonly note: string;
  /** Null for the first of a log. */
  readonly previousSize: number | null;
  /** From the one before to this one: hashes in hex, lowest first. */
  readonly consistency: readonly string[];
  readonly signedAt: Date;
}

interface CheckpointRow {
  size: string;
  note: string;
  previous: string | null;
  consistency: unknown;
  signed_ms: string;
}

const COLUMNS = `tree_size::text as size, note, previous_size::text as previous, consistency,
  floor(extract(epoch from signed_at) * 1000)::bigint::text as signed_ms`;

const toCheckpoint = (row: CheckpointRow): KeptCheckpoint => ({
  treeSize: Number(row.size),
  note: row.note,
  previousSize: row.previous === null ? null : Number(row.previous),
  consistency: Array.isArray(row.consistency) ? row.consistency.map(String) : [],
  signedAt: new Date(Number(row.signed_ms)),
});

/** The newest checkpoint; null when nothing was signed yet. */
export async function lastCheckpoint(db: SealTransaction): Promise<KeptCheckpoint | null> {
  const { rows } = await db.query<CheckpointRow>(
    `select ${COLUMNS} from log_checkpoint order by tree_size desc limit 1`,
  );
  return rows[0] ? toCheckpoint(rows[0]) : null;
}

/** Every checkpoint, smallest first. */
export async function allCheckpoints(db: SealTransaction): Promise<KeptCheckpoint[]> {
  const { rows } = await db.query<CheckpointRow>(`select ${COLUMNS} from log_checkpoint order by tree_size`);
  return rows.map(toCheckpoint);
}

/** Keeps a checkpoint; gives the one that stands when another process signed the same size first. */
export async function keepCheckpoint(db: SealTransaction, made: KeptCheckpoint): Promise<KeptCheckpoint> {
  await db.query(
    `insert into log_checkpoint (id, tree_size, note, previous_size, consistency, signed_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (tree_size) do nothing`,
    [newId(), made.treeSize, made.note, made.previousSize, JSON.stringify(made.consistency), made.signedAt],
  );
  const { rows } = await db.query<CheckpointRow>(`select ${COLUMNS} from log_checkpoint where tree_size = $1`, [
    made.treeSize,
  ]);
  return rows[0] ? toCheckpoint(rows[0]) : made;
}
