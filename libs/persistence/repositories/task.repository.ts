import { type Priority, type TaskId, type TaskState } from '#libs/domain';
import { type Queryable } from '../queryable';

/** A task that nobody works on and that has not ended. */
export interface IdleTask {
  readonly id: TaskId;
  readonly state: TaskState;
  readonly priority: Priority;
}

/** How a claim ended: got, or to be tried again at an instant, or there is nothing left to do. */
export type Claim =
  { readonly got: true; readonly attempts: number } | { readonly got: false; readonly tryAgainAt: Date | null };

/** Who works on which task: claims with a lease, so that the work of a dead process is taken up by another. */
export class TaskRepository {
  constructor(private readonly db: Queryable) {}

  /**
   * Takes a task that is in one of `from`, unless another process holds it or another task on the same host: one host
   * is looked at by one process at a time, since only within a process the pace can be kept.
   *
   * Run inside a transaction: the advisory lock on the host lasts until it ends.
   */
  async claim(id: TaskId, claim: { from: readonly TaskState[]; owner: string; leaseMs: number }): Promise<Claim> {
    await this.db.query('select pg_advisory_xact_lock(hashtextextended(host, 57)) from crawl_task where id = $1', [id]);
    const { rows } = await this.db.query<{ state: TaskState; held_until: Date | null }>(
      `select t.state, (select max(o.lease_until) from crawl_task o
                         where o.host = t.host and o.lease_owner <> $2 and o.lease_until > now()) as held_until
         from crawl_task t where t.id = $1`,
      [id, claim.owner],
    );
    const row = rows[0];
    if (!row || !claim.from.includes(row.state)) return { got: false, tryAgainAt: null };
    if (row.held_until !== null) return { got: false, tryAgainAt: row.held_until };
    const taken = await this.db.query<{ attempts: number }>(
      `update crawl_task set lease_owner = $2, lease_until = now() + $3 * interval '1 millisecond', attempts = attempts + 1
        where id = $1 returning attempts`,
      [id, claim.owner, claim.leaseMs],
    );
    return { got: true, attempts: taken.rows[0]?.attempts ?? 1 };
  }

  /** Holds on to a task; false when another process has it by now. */
  async renew(id: TaskId, owner: string, leaseMs: number): Promise<boolean> {
    const { rows } = await this.db.query<{ id: string }>(
      `update crawl_task set lease_until = now() + $3 * interval '1 millisecond'
        where id = $1 and lease_owner = $2 returning id`,
      [id, owner, leaseMs],
    );
    return rows.length > 0;
  }

  async move(id: TaskId, state: TaskState): Promise<void> {
    await this.db.query('update crawl_task set state = $2 where id = $1', [id, state]);
  }

  /** Moves a task on, lets go of it and forgets its attempts: the next stage counts its own. */
  async handOn(id: TaskId, state: TaskState): Promise<void> {
    await this.db.query(
      'update crawl_task set state = $2, lease_owner = null, lease_until = null, attempts = 0 where id = $1',
      [id, state],
    );
  }

  /** Lets go of a task as it stands, for another process or another day. */
  async letGo(id: TaskId, owner: string): Promise<void> {
    await this.db.query(
      'update crawl_task set lease_owner = null, lease_until = null where id = $1 and lease_owner = $2',
      [id, owner],
    );
  }

  /** Forgets failed starts: the task got on, so what stopped it before was not the task itself. */
  async gotOn(id: TaskId): Promise<void> {
    await this.db.query('update crawl_task set attempts = 0 where id = $1 and attempts <> 0', [id]);
  }

  async fail(id: TaskId, failure: string): Promise<void> {
    await this.db.query(
      `update crawl_task set state = 'failed', failure = $2, lease_owner = null, lease_until = null where id = $1`,
      [id, failure.slice(0, 500)],
    );
  }

  /** Keeps what a channel adapter read of the target, beside what is kept already. */
  async keepFacts(id: TaskId, facts: Readonly<Record<string, unknown>>): Promise<void> {
    await this.db.query('update crawl_task set facts = facts || $2::jsonb where id = $1', [id, JSON.stringify(facts)]);
  }

  /** Lets go of everything a dead process held; in embedded mode this process is the only one. */
  async letGoOfAllBut(owner: string): Promise<void> {
    await this.db.query(
      'update crawl_task set lease_owner = null, lease_until = null where lease_owner is not null and lease_owner <> $1',
      [owner],
    );
  }

  /** Tasks that have not ended and that nobody holds, most urgent first. */
  async idle(): Promise<IdleTask[]> {
    const { rows } = await this.db.query<{ id: string; state: TaskState; priority: Priority }>(
      `select id, state, priority from crawl_task
        where state not in ('done', 'failed') and (lease_until is null or lease_until <= now())
        order by priority, id`,
    );
    return rows.map((row) => ({ id: row.id as TaskId, state: row.state, priority: row.priority }));
  }
}
