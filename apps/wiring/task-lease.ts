import { newId, type TaskId, type TaskState } from '#libs/domain';
import { type Claim, RunRepository, type Store, type TaskOrders, TaskRepository } from '#libs/persistence';
import { type JobName, type JobQueue } from '#libs/queue';
import { type Log } from '#libs/telemetry';

const LEASE_MS = 60_000;
const RENEW_EVERY_MS = 15_000;
/** After so many starts without reaching the next stage a task is given up, with the reason kept. */
const MAX_ATTEMPTS = 6;

/** Work on a claimed task; `signal` aborts when the lease is lost or the process stops. */
export type HeldWork = (orders: TaskOrders, signal: AbortSignal) => Promise<void>;

/** Holds tasks for this process: claims them, renews while work goes on, lets go at the end. */
export class TaskLease {
  /** Names this process in leases. */
  readonly owner = newId<string>();
  private readonly held = new Map<TaskId, AbortController>();
  private readonly missed = new Map<TaskId, JobName>();
  private isStopping = false;

  constructor(
    private readonly store: Store,
    private readonly queue: JobQueue,
    private readonly log: Log,
  ) {}

  /**
   * Claims a task that is in one of `from` and works on it. A task held elsewhere is rung for again when its lease
   * ends, one that this very process works on when that work ends; one that has moved on is left alone.
   */
  async hold(taskId: TaskId, job: { name: JobName; from: readonly TaskState[] }, work: HeldWork): Promise<void> {
    if (this.isStopping) return;
    // The stage before rings for the next one an instant before it lets go: the bell is rung again then.
    if (this.held.has(taskId)) return void this.missed.set(taskId, job.name);
    const controller = new AbortController();
    this.held.set(taskId, controller);
    try {
      const claim = await this.claim(taskId, job.from);
      if (!claim.got) await this.ringLater(taskId, job.name, claim.tryAgainAt);
      else if (claim.attempts > MAX_ATTEMPTS) await this.giveUp(taskId);
      else await this.workOn(taskId, controller, work);
    } finally {
      this.held.delete(taskId);
      await this.ringMissed(taskId);
    }
  }

  private async ringMissed(taskId: TaskId): Promise<void> {
    const name = this.missed.get(taskId);
    this.missed.delete(taskId);
    if (name !== undefined && !this.isStopping) await this.ringLater(taskId, name, new Date());
  }

  /** Aborts all work under way, between pages; what is left stays planned for the next start. */
  stop(): void {
    this.isStopping = true;
    for (const controller of this.held.values()) controller.abort(new Error('the process stops'));
  }

  private claim(taskId: TaskId, from: readonly TaskState[]): Promise<Claim> {
    const claim = { from, owner: this.owner, leaseMs: LEASE_MS };
    return this.store.inTransaction((tx) => new TaskRepository(tx).claim(taskId, claim));
  }

  private async ringLater(taskId: TaskId, name: JobName, tryAgainAt: Date | null): Promise<void> {
    if (tryAgainAt === null) return;
    const { priority } = await new RunRepository(this.store.pool).ordersOf(taskId);
    await this.queue.add(name, taskId, { priority, notBefore: tryAgainAt });
  }

  private async giveUp(taskId: TaskId): Promise<void> {
    await new TaskRepository(this.store.pool).fail(taskId, `gave up after ${MAX_ATTEMPTS} attempts`);
    const { run } = await new RunRepository(this.store.pool).ordersOf(taskId);
    await new RunRepository(this.store.pool).finishWhenDone(run.id, new Date());
    this.log.warn('task.failed', { task: taskId, attempts: MAX_ATTEMPTS });
  }

  private async workOn(taskId: TaskId, controller: AbortController, work: HeldWork): Promise<void> {
    const tasks = new TaskRepository(this.store.pool);
    const timer = setInterval(() => void this.renew(tasks, taskId, controller), RENEW_EVERY_MS);
    timer.unref();
    try {
      await work(await new RunRepository(this.store.pool).ordersOf(taskId), controller.signal);
    } finally {
      clearInterval(timer);
      await tasks.letGo(taskId, this.owner);
    }
  }

  private async renew(tasks: TaskRepository, taskId: TaskId, controller: AbortController): Promise<void> {
    try {
      const isOurs = await tasks.renew(taskId, this.owner, LEASE_MS);
      if (!isOurs) controller.abort(new Error('another process holds the task'));
    } catch (error) {
      this.log.error('lease.lost', error, { task: taskId }); // the lease runs out by itself if this goes on
    }
  }
}
