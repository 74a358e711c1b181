import { type TaskState } from '#libs/domain';
import { type IdleTask, TaskRepository } from '#libs/persistence';
import { type JobName } from '#libs/queue';
import { JudgeStage } from './stages/judge.stage';
import { LookStage } from './stages/look.stage';
import { RenderStage } from './stages/render.stage';
import { type StageTools } from './stages/stage';
import { TaskLease } from './task-lease';

/** How many tasks of each kind one process works on at once; browsers are heavy, looking mostly waits for the pace. */
const CONCURRENCY: Readonly<Record<'look' | 'render' | 'judge', number>> = { look: 8, render: 2, judge: 2 };
const SWEEP_EVERY_MS = 20_000;

/** Which bell a task in this state waits for. */
const JOB_OF: Readonly<Record<Exclude<TaskState, 'done' | 'failed'>, JobName>> = {
  planned: 'look',
  looking: 'look',
  rendering: 'render',
  judging: 'judge',
};

/** Answers the bells of one process, and rings for tasks that stand idle: the row is the truth. */
export class Worker {
  private readonly lease: TaskLease;
  private sweep: NodeJS.Timeout | null = null;

  constructor(
    private readonly tools: StageTools,
    private readonly isSoleProcess: boolean,
  ) {
    this.lease = new TaskLease(tools.store, tools.queue, tools.log);
  }

  /** Finds work that a dead process left, then takes jobs; idle tasks are looked for again every twenty seconds. */
  async start(): Promise<void> {
    const { queue, store } = this.tools;
    if (this.isSoleProcess) await new TaskRepository(store.pool).letGoOfAllBut(this.lease.owner);
    queue.handle('look', new LookStage(this.tools, this.lease).run, CONCURRENCY.look);
    queue.handle('render', new RenderStage(this.tools, this.lease).run, CONCURRENCY.render);
    queue.handle('judge', new JudgeStage(this.tools, this.lease).run, CONCURRENCY.judge);
    await this.ringForIdle();
    this.sweep = setInterval(() => void this.ringForIdleQuietly(), SWEEP_EVERY_MS);
    this.sweep.unref();
  }

  /** Aborts work between pages; what is left stays planned. */
  stop(): Promise<void> {
    if (this.sweep) clearInterval(this.sweep);
    this.lease.stop();
    return Promise.resolve();
  }

  private async ringForIdle(): Promise<void> {
    const idle = await new TaskRepository(this.tools.store.pool).idle();
    for (const task of idle) await this.ring(task);
    if (idle.length > 0) this.tools.log.info('run.resumed', { tasks: idle.length });
  }

  private async ringForIdleQuietly(): Promise<void> {
    try {
      for (const task of await new TaskRepository(this.tools.store.pool).idle()) await this.ring(task);
    } catch (error) {
      this.tools.log.error('store.lost', error); // the next sweep tries again
    }
  }

  private async ring(task: IdleTask): Promise<void> {
    if (task.state === 'done' || task.state === 'failed') return;
    await this.tools.queue.add(JOB_OF[task.state], task.id, { priority: task.priority });
  }
}
