import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type Pool, type PoolClient } from 'pg';
import { asStoreError } from './connection-loss';
import { errorCode } from './error-code';
import { type Queryable, type QueryAnswer } from './queryable';

const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MS = 10;
/** serialization_failure and deadlock_detected: the same work may succeed when it is done again. */
const worthAnotherTry = new Set(['40001', '40P01']);

/** The one open transaction's client; of no use after its end. */
class TransactionClient implements Queryable {
  isOver = false;
  /** The first statement that failed: after it the database refuses everything up to the end. */
  firstFailure: unknown = null;

  constructor(private readonly client: PoolClient) {}

  async query<Row extends object>(text: string, values?: readonly unknown[]): Promise<QueryAnswer<Row>> {
    if (this.isOver)
      throw new Error('the transaction is over; its client may be used only inside the function it was given to');
    try {
      return await this.client.query<Row>(text, values === undefined ? undefined : [...values]);
    } catch (error) {
      this.firstFailure ??= error;
      throw error;
    }
  }
}

/** Runs functions in transactions of one pool, and sees to it that the pool is not asked from inside one. */
export class Transactions {
  private readonly current = new AsyncLocalStorage<TransactionClient>();

  constructor(
    private readonly pool: Pool,
    private readonly where: string,
  ) {}

  /**
   * @throws {Error} inside a transaction: the embedded pool has one connection, so this would wait for itself.
   */
  refuseInside(what: string): void {
    const open = this.current.getStore();
    if (open !== undefined && !open.isOver) {
      throw new Error(`${what} inside a transaction; only the client handed in may be used there`);
    }
  }

  async run<Result>(fn: (tx: Queryable) => Promise<Result>): Promise<Result> {
    this.refuseInside('inTransaction called');
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(fn);
      } catch (error) {
        if (attempt >= MOST_ATTEMPTS || !worthAnotherTry.has(errorCode(error))) throw asStoreError(this.where, error);
        // Two that met in a deadlock must not meet again in step.
        await delay(FIRST_WAIT_MS * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  private async attempt<Result>(fn: (tx: Queryable) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    const tx = new TransactionClient(client);
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await this.current.run(tx, () => fn(tx));
      tx.isOver = true;
      await commit(client, tx);
      return result;
    } catch (error) {
      tx.isOver = true;
      broken = await rollback(client);
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

async function commit(client: PoolClient, tx: TransactionClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command === 'COMMIT') return;
  // PostgreSQL answers the commit of a failed transaction with a polite ROLLBACK: nothing was kept.
  throw new Error('a statement of the transaction failed and its error was caught inside; nothing was kept', {
    cause: tx.firstFailure,
  });
}

/** The error that makes the client unfit for the pool, when there is one; the error that led here is the one to tell. */
async function rollback(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
