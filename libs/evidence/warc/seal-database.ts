import { type SealTransaction } from '../evidence-store';

/** What the store needs of a database; the house's `Store` fits. Transactions are read committed. */
export interface SealDatabase {
  readonly pool: SealTransaction;
  inTransaction<T>(work: (tx: SealTransaction) => Promise<T>): Promise<T>;
}

/** What the store tells of its work; a `Log` of the house fits. */
export interface SealLog {
  info(
    event: 'evidence.sealed' | 'warc.closed' | 'warc.repaired',
    fields: Readonly<Record<string, string | number>>,
  ): void;
  error(event: 'warc.damaged' | 'store.lost', error: unknown, fields: Readonly<Record<string, string | number>>): void;
}
