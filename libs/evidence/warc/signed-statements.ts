import { type KeyObject } from 'node:crypto';
import { type SealTransaction, type SignedStatement } from '../evidence-store';
import { isConsistent, readCheckpoint, signatureOn } from '../log';
import { allCheckpoints, type KeptCheckpoint } from './checkpoint-rows';
import { type TransparencyLog } from './transparency-log';

/** Everything that was signed of a log, as far as this house knows. */
export interface SignedStatements {
  /** Null when the key is gone. */
  readonly publicKey: KeyObject | null;
  readonly rows: readonly KeptCheckpoint[];
  /** The rows', the copies beside the database, and those from outside. */
  readonly statements: readonly SignedStatement[];
}

/** The log as it was just read: its size, and its heads at the sizes that were signed. */
interface LogAsRead {
  readonly treeSize: number;
  rootAt(size: number): string | null;
}

interface SignedProblem {
  readonly code: string;
  readonly detail: string;
}

/** Collects what was signed. @throws {LogKeyUnusableError} when the key file cannot be used. */
export async function statementsOf(
  log: TransparencyLog,
  db: SealTransaction,
  outside: readonly SignedStatement[],
): Promise<SignedStatements> {
  const rows = await allCheckpoints(db);
  const kept = rows.map(({ treeSize, note }) => ({ where: `checkpoint ${treeSize} in the database`, note }));
  return {
    publicKey: await log.publicKey(),
    rows,
    statements: [...kept, ...(await log.copies()), ...outside],
  };
}

/** What is wrong between what was signed and the log as it is; empty when every signature stands and still holds. */
export function signedProblems(signed: SignedStatements, log: LogAsRead): SignedProblem[] {
  const { publicKey, rows, statements } = signed;
  if (statements.length === 0) return [];
  if (publicKey === null) return [{ code: 'log-key-missing', detail: 'the log was signed, but its key is not there' }];
  const inRows = new Set(rows.map(({ note }) => note));
  return [
    ...statements.flatMap((statement) => statementProblem(statement, publicKey, log)),
    ...statements
      .filter(({ note }) => signatureOn(note, publicKey) === 'valid' && !inRows.has(note))
      .map(({ where }) => ({ code: 'checkpoint-dropped', detail: `${where} is not in the database any more` })),
    ...rows.flatMap((row, at) => consistencyProblem(row, rows[at - 1] ?? null)),
  ];
}

function statementProblem({ where, note }: SignedStatement, publicKey: KeyObject, log: LogAsRead): SignedProblem[] {
  const said = readCheckpoint(note);
  const signature = signatureOn(note, publicKey);
  if (signature === 'of-another-key') {
    return [{ code: 'checkpoint-of-another-key', detail: `${where} is not signed by the key of this house` }];
  }
  if (said === null || signature === 'invalid') {
    return [{ code: 'checkpoint-altered', detail: `${where} does not bear out its signature` }];
  }
  if (said.treeSize > log.treeSize) {
    const detail = `${where} signed ${said.treeSize} entries, the log has ${log.treeSize}`;
    return [{ code: 'log-rolled-back', detail }];
  }
  const root = log.rootAt(said.treeSize);
  if (root === said.root) return [];
  const detail = `${where} signed root ${said.root} over ${said.treeSize} entries, they now give ${root ?? 'none'}`;
  return [{ code: 'log-rewritten', detail }];
}

function consistencyProblem(row: KeptCheckpoint, before: KeptCheckpoint | null): SignedProblem[] {
  const [older, newer] = [before && readCheckpoint(before.note), readCheckpoint(row.note)];
  const isFirst = before === null && row.previousSize === null;
  const proof = row.consistency.map((hash) => Buffer.from(hash, 'hex'));
  const isNext = older && newer && row.previousSize === older.treeSize && isConsistent(older, newer, proof);
  if (isFirst || isNext) return [];
  const detail = `checkpoint ${row.treeSize} does not prove that it continues ${before?.treeSize ?? 'nothing'}`;
  return [{ code: 'consistency-broken', detail }];
}
