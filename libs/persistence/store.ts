import { type Pool } from 'pg';
import { asStoreError } from './connection-loss';
import { type Queryable, type QueryAnswer } from './queryable';
import { Transactions } from './transaction';

/** The pool as the house sees it: statements only, so that no connection can be kept back. */
class PooledQueryable implements Queryable {
  constructor(
    private readonly pool: Pool,
    private readonly where: string,
    private readonly transactions: Transactions,
  ) {}

  async query<Row extends object>(text: string, values?: readonly unknown[]): Promise<QueryAnswer<Row>> {
    this.transactions.refuseInside('the pool was asked');
    try {
      return await this.pool.query<Row>(text, values === undefined ? undefined : [...values]);
    } catch (error) {
      throw asStoreError(this.where, error);
    }
  }
}

/** The house's database, embedded or a server: the same SQL through the same `pg` pool. */
export class Store {
  /** Runs single statements, each in its own transaction. Throws when asked from inside {@link inTransaction}. */
  readonly pool: Queryable;
  private readonly transactions: Transactions;
  private closing: Promise<void> | null = null;

  /** @param where How messages name the database; holds no password. */
  constructor(
    readonly kind: 'embedded' | 'postgres',
    readonly where: string,
    private readonly connections: Pool,
    private readonly afterwards: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.transactions = new Transactions(connections, where);
    this.pool = new PooledQueryable(connections, where, this.transactions);
  }

  /**
   * Runs a function between `begin` and `commit`; whatever it throws rolls back and is thrown on. The function may run
   * again, up to five times, when the database could not order it among others (40001, 40P01), so it keeps no state.
   * Only the client handed in may be used inside; asking the pool or beginning another transaction there throws.
   *
   * @throws {DatabaseUnavailableError} when the connection is lost; when that happens at the commit itself, whether
   * the work was kept is unknown.
   * @throws {Error} when a statement failed and the function hid it: the database keeps nothing then.
   */
  inTransaction<Result>(fn: (tx: Queryable) => Promise<Result>): Promise<Result> {
    return this.transactions.run(fn);
  }

  /** Waits for what is under way, then lets connections and data directory go. Twice is once. */
  close(): Promise<void> {
    this.closing ??= this.connections.end().finally(this.afterwards);
    return this.closing;
  }
}
