import { type Priority, type TaskId } from '#libs/domain';

/** A job that may run at once or at its time. */
export interface WaitingJob {
  readonly taskId: TaskId;
  readonly priority: Priority;
  /** Milliseconds since 1970; 0 is at once. */
  readonly notBefore: number;
  /** Runs it already had. */
  readonly attempts: number;
}

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];

/** The waiting jobs of one name: at most one per task, the most urgent first, equals in the order they came. */
export class WaitingJobs {
  private readonly ready = new Map<Priority, Map<TaskId, WaitingJob>>(PRIORITIES.map((one) => [one, new Map()]));
  private readonly delayed = new Map<TaskId, WaitingJob>();
  private readonly all = new Map<TaskId, WaitingJob>();

  get size(): number {
    return this.all.size;
  }

  /** Joins a job that already waits: the more urgent priority and the earlier time win. */
  put(job: WaitingJob, now: number): void {
    const before = this.all.get(job.taskId);
    const joined = before === undefined ? job : join(before, job);
    if (before !== undefined && before.priority === joined.priority && before.notBefore === joined.notBefore) return;
    this.remove(job.taskId);
    this.all.set(job.taskId, joined);
    if (joined.notBefore > now) this.delayed.set(job.taskId, joined);
    else this.ready.get(joined.priority)?.set(job.taskId, joined);
  }

  /** Takes out the next job whose task is not busy; null when there is none that may run now. */
  take(isBusy: (taskId: TaskId) => boolean): WaitingJob | null {
    for (const priority of PRIORITIES) {
      for (const job of this.ready.get(priority)?.values() ?? []) {
        if (isBusy(job.taskId)) continue;
        this.remove(job.taskId);
        return job;
      }
    }
    return null;
  }

  /** Makes ready whose time has come, and says when the next one's comes; null when none is delayed. */
  wake(now: number): number | null {
    let next: number | null = null;
    for (const job of this.delayed.values()) {
      if (job.notBefore <= now) {
        this.delayed.delete(job.taskId);
        this.ready.get(job.priority)?.set(job.taskId, job);
      } else if (next === null || job.notBefore < next) next = job.notBefore;
    }
    return next;
  }

  clear(): void {
    this.delayed.clear();
    this.all.clear();
    for (const jobs of this.ready.values()) jobs.clear();
  }

  private remove(taskId: TaskId): void {
    const job = this.all.get(taskId);
    if (job === undefined) return;
    this.all.delete(taskId);
    this.delayed.delete(taskId);
    this.ready.get(job.priority)?.delete(taskId);
  }
}

function join(before: WaitingJob, job: WaitingJob): WaitingJob {
  return {
    taskId: before.taskId,
    priority: before.priority <= job.priority ? before.priority : job.priority,
    notBefore: Math.min(before.notBefore, job.notBefore),
    attempts: before.attempts,
  };
}
