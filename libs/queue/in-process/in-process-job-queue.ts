import { AsyncResource } from 'node:async_hooks';
import { type Priority, QueueUnavailableError, type TaskId } from '#libs/domain';
import { JobQueue, type JobName, type QueueSettings } from '../job-queue';
import { DEFAULT_RETRIES, delayAfter, type RetryPlan } from '../retry-plan';
import { type WaitingJob, WaitingJobs } from './waiting-jobs';

/** Timers beyond this fire at once, so a long wait is cut into several. — Node.js, `setTimeout` */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Lane {
  readonly name: JobName;
  readonly waiting: WaitingJobs;
  readonly busy: Set<TaskId>;
  handler: ((taskId: TaskId) => Promise<void>) | null;
  concurrency: number;
  timer: NodeJS.Timeout | null;
}

/** Runs jobs in the process that adds them. Waiting jobs end with the process. */
export class InProcessJobQueue extends JobQueue {
  private readonly lanes = new Map<JobName, Lane>();
  private readonly retries: RetryPlan;
  private isClosed = false;
  private idle: (() => void)[] = [];

  constructor(private readonly settings: QueueSettings) {
    super();
    this.retries = settings.retries ?? DEFAULT_RETRIES;
  }

  /** Jobs that wait or run now. */
  get size(): number {
    let sum = 0;
    for (const { waiting, busy } of this.lanes.values()) sum += waiting.size + busy.size;
    return sum;
  }

  override add(name: JobName, taskId: TaskId, options: { priority: Priority; notBefore?: Date }): Promise<void> {
    if (this.isClosed) return Promise.reject(new QueueUnavailableError('this process, which is ending'));
    this.put(this.lane(name), {
      taskId,
      priority: options.priority,
      notBefore: options.notBefore?.getTime() ?? 0,
      attempts: 0,
    });
    return Promise.resolve();
  }

  override handle(name: JobName, handler: (taskId: TaskId) => Promise<void>, concurrency: number): void {
    const lane = this.lane(name);
    if (lane.handler !== null) throw new Error(`job ${name} has a handler already`);
    // Bound here, so that a job knows nothing of whoever added it: an open transaction, for one.
    lane.handler = AsyncResource.bind(handler);
    lane.concurrency = concurrency;
    this.pump(lane);
  }

  override drained(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  override close(): Promise<void> {
    this.isClosed = true;
    for (const lane of this.lanes.values()) {
      lane.waiting.clear();
      if (lane.timer !== null) clearTimeout(lane.timer);
    }
    return this.drained();
  }

  private isIdle(): boolean {
    return this.size === 0;
  }

  private lane(name: JobName): Lane {
    const known = this.lanes.get(name);
    if (known !== undefined) return known;
    const lane: Lane = {
      name,
      waiting: new WaitingJobs(),
      busy: new Set(),
      handler: null,
      concurrency: 0,
      timer: null,
    };
    this.lanes.set(name, lane);
    return lane;
  }

  private put(lane: Lane, job: WaitingJob): void {
    lane.waiting.put(job, Date.now());
    this.pump(lane);
  }

  /** Starts what may start now and sets the timer for what may start later. */
  private pump(lane: Lane): void {
    if (lane.timer !== null) clearTimeout(lane.timer);
    lane.timer = null;
    const { handler } = lane;
    if (handler === null || this.isClosed) return;
    const now = Date.now();
    const next = lane.waiting.wake(now);
    while (lane.busy.size < lane.concurrency) {
      const job = lane.waiting.take((taskId) => lane.busy.has(taskId));
      if (job === null) break;
      lane.busy.add(job.taskId);
      void this.run(lane, handler, job);
    }
    if (next !== null) lane.timer = setTimeout(() => this.pump(lane), Math.min(next - now, LONGEST_TIMER_MS));
  }

  private async run(lane: Lane, handler: (taskId: TaskId) => Promise<void>, job: WaitingJob): Promise<void> {
    try {
      await Promise.resolve(); // never inside add(): whoever adds goes on first
      await handler(job.taskId);
      this.end(lane, job);
    } catch (error) {
      const attempt = job.attempts + 1;
      const delayMs = this.isClosed ? null : delayAfter(this.retries, error, attempt);
      if (delayMs !== null)
        lane.waiting.put({ ...job, attempts: attempt, notBefore: Date.now() + delayMs }, Date.now());
      this.end(lane, job);
      this.settings.onError({ name: lane.name, taskId: job.taskId, error, attempt, willRetry: delayMs !== null });
    }
  }

  private end(lane: Lane, job: WaitingJob): void {
    lane.busy.delete(job.taskId);
    this.pump(lane);
    if (!this.isIdle()) return;
    const waiting = this.idle;
    this.idle = [];
    for (const resolve of waiting) resolve();
  }
}
