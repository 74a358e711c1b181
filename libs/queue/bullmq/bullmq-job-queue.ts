import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { types } from 'node:util';
import { type Job, UnrecoverableError } from 'bullmq';
import { isId, type Priority, type TaskId } from '#libs/domain';
import { JOB_NAMES, JobQueue, type JobName, type QueueSettings } from '../job-queue';
import { DEFAULT_RETRIES, delayAfter, type RetryPlan } from '../retry-plan';
import { type Backend, type BullQueue, type BullWorker, type JobData } from './backend';
import { hurry } from './hurry';
import { isDoneWithin } from './time-limit';
import { postgresBackend } from './postgres-backend';
import { redisBackend } from './redis-backend';

/** What this adapter is told beside what every adapter is. */
export interface BullmqSettings extends QueueSettings {
  /** Told when the server is lost; connections come back by themselves. */
  readonly onLost?: (error: Error) => void;
  /** How long {@link JobQueue.add} waits for the server. Default 5 000. */
  readonly addTimeoutMs?: number;
  /** How long a silent worker keeps its job before another takes it. Default 30 000. */
  readonly lockMs?: number;
  /** What keys (Redis) or the schema (PostgreSQL) are named after. Default `mingcha`, on PostgreSQL `mingcha_queue`. */
  readonly namespace?: string;
}

const POLL_MS = 50;
const ADD_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 5_000;
const DISCONNECT_TIMEOUT_MS = 1_000;
const DEFAULT_LOCK_MS = 30_000;
/** A worker that dies is no fault of the job; the row counts its own attempts. */
const MOST_STALLS = 1_000;

/** Jobs shared by processes. A job is in the server only while it waits or runs. */
export class BullmqJobQueue extends JobQueue {
  private readonly queues = new Map<JobName, BullQueue>();
  private readonly workers = new Map<JobName, BullWorker>();
  private readonly retries: RetryPlan;
  private running = 0;
  private started = 0;
  private closing: Promise<void> | null = null;

  private constructor(
    private readonly backend: Backend,
    private readonly settings: BullmqSettings,
  ) {
    super();
    this.retries = settings.retries ?? DEFAULT_RETRIES;
  }

  /** @param url `redis://…` or `rediss://…`; Redis 6.2 or later. */
  static onRedis(url: string, settings: BullmqSettings): BullmqJobQueue {
    const lost = (error: Error): void => settings.onLost?.(error);
    return new BullmqJobQueue(redisBackend(url, settings.namespace ?? 'mingcha', lost), settings);
  }

  /** @param url `postgres://…`; the role must be allowed to make a schema. */
  static onPostgres(url: string, settings: BullmqSettings): BullmqJobQueue {
    return new BullmqJobQueue(postgresBackend(url, settings.namespace ?? 'mingcha_queue'), settings);
  }

  override async add(name: JobName, taskId: TaskId, options: { priority: Priority; notBefore?: Date }): Promise<void> {
    if (!isId(taskId)) throw new Error(`"${String(taskId).slice(0, 100)}" is no task id`);
    if (this.closing !== null) throw this.backend.unavailable(new Error('the queue is closed'));
    const timeoutMs = this.settings.addTimeoutMs ?? ADD_TIMEOUT_MS;
    let isTaken: boolean;
    try {
      isTaken = await isDoneWithin(timeoutMs, this.put(name, taskId, options));
    } catch (error) {
      throw this.backend.unavailable(error);
    }
    if (!isTaken) throw this.backend.unavailable(new Error(`no answer within ${timeoutMs} ms`));
  }

  override handle(name: JobName, handler: (taskId: TaskId) => Promise<void>, concurrency: number): void {
    if (this.workers.has(name)) throw new Error(`job ${name} has a handler already`);
    const lockDuration = this.settings.lockMs ?? DEFAULT_LOCK_MS;
    const worker = this.backend.openWorker(name, (job) => this.run(name, handler, job), {
      concurrency,
      lockDuration,
      stalledInterval: lockDuration / 2,
      maxStalledCount: MOST_STALLS,
      runRetryDelay: 500,
      settings: { backoffStrategy: (attempts, _type, error) => delayAfter(this.retries, error, attempts) ?? 0 },
    });
    worker.on('error', (error) => this.settings.onLost?.(error));
    this.workers.set(name, worker);
  }

  /** Counts the jobs of every process that shares this queue, so it polls. */
  override async drained(): Promise<void> {
    while (this.closing === null) {
      const before = this.started;
      // Forth and back, and nothing started here meanwhile: a job cannot have slipped from a queue not yet counted
      // into one already counted.
      const left = await this.left();
      if (left === 0 && this.running === 0 && this.started === before) return;
      await delay(POLL_MS);
    }
  }

  private async left(): Promise<number> {
    try {
      return (await this.count(JOB_NAMES)) + (await this.count([...JOB_NAMES].reverse()));
    } catch (error) {
      if (this.closing !== null) return 0;
      throw this.backend.unavailable(error);
    }
  }

  override close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    // First of all, so that a job which ends meanwhile brings no next one.
    for (const worker of this.workers.values()) void worker.pause(true);
    if (this.workers.size + this.queues.size > 0) {
      if (await this.isAnswering()) await this.endOrderly();
      else await this.endAlone();
    }
    this.backend.disconnect();
  }

  private async isAnswering(): Promise<boolean> {
    try {
      return await isDoneWithin(CLOSE_TIMEOUT_MS, this.count(['look']));
    } catch {
      return false; // whatever it was, nobody there will hear that a job ended
    }
  }

  private async endOrderly(): Promise<void> {
    const workers = Promise.allSettled([...this.workers.values()].map((worker) => worker.close()));
    await this.untilNoneRuns();
    const all = workers.then(() => Promise.allSettled([...this.queues.values()].map((queue) => queue.close())));
    if (!(await isDoneWithin(CLOSE_TIMEOUT_MS, all))) await this.cut();
  }

  /** The server cannot be told that jobs ended: whoever comes next finds their locks run out, and runs them again. */
  private async endAlone(): Promise<void> {
    const workers = [...this.workers.values()];
    await this.untilNoneRuns();
    await isDoneWithin(DISCONNECT_TIMEOUT_MS, Promise.allSettled(workers.map((worker) => worker.close(true))));
    await this.cut();
  }

  private async untilNoneRuns(): Promise<void> {
    while (this.running > 0) await delay(POLL_MS / 5);
  }

  private async cut(): Promise<void> {
    const opened = [...this.workers.values(), ...this.queues.values()];
    await isDoneWithin(DISCONNECT_TIMEOUT_MS, Promise.allSettled(opened.map((one) => one.disconnect())));
  }

  private queue(name: JobName): BullQueue {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    const queue = this.backend.openQueue(name);
    queue.on('error', (error) => this.settings.onLost?.(error));
    this.queues.set(name, queue);
    return queue;
  }

  private async put(name: JobName, taskId: TaskId, options: { priority: Priority; notBefore?: Date }): Promise<void> {
    const queue = this.queue(name);
    const jobId = randomUUID();
    const delayMs = Math.max(0, (options.notBefore?.getTime() ?? 0) - Date.now());
    const job = await queue.add(
      name,
      { taskId },
      {
        jobId,
        priority: options.priority,
        delay: delayMs,
        attempts: this.retries.mostAttempts,
        backoff: { type: 'custom' },
        removeOnComplete: true,
        removeOnFail: true,
        // Not the job id: that one swallows what is added while the job runs, and a job left behind swallows for good.
        deduplication: { id: taskId, keepLastIfActive: true },
      },
    );
    if (job.id !== undefined && job.id !== jobId) await hurry(queue, job.id, options.priority, delayMs);
  }

  private async run(name: JobName, handler: (taskId: TaskId) => Promise<void>, job: Job<JobData>): Promise<void> {
    this.running += 1;
    this.started += 1;
    const taskId = job.data.taskId as TaskId;
    try {
      await handler(taskId);
    } catch (error) {
      const attempt = job.attemptsMade + 1;
      const willRetry = delayAfter(this.retries, error, attempt) !== null;
      this.settings.onError({ name, taskId, error, attempt, willRetry });
      if (willRetry) throw error;
      throw new UnrecoverableError(types.isNativeError(error) ? error.name : 'thrown value');
    } finally {
      this.running -= 1;
    }
  }

  private async count(names: readonly JobName[]): Promise<number> {
    let sum = 0;
    for (const name of names) {
      const counts = await this.queue(name).getJobCounts('active', 'waiting', 'prioritized', 'delayed');
      for (const count of Object.values(counts)) sum += count;
    }
    return sum;
  }
}
