import { settlePresence } from '#libs/casework';
import { type TaskId } from '#libs/domain';
import { RunRepository, type TaskOrders, TaskRepository } from '#libs/persistence';
import { PageDesk } from '../page-desk';
import { judgePictures } from '../judge-pictures';
import { judgeDisclosure } from '../platform-judgement';
import { type TaskLease } from '../task-lease';
import { judgeUnjudged } from '../unjudged';
import { signQuietly } from '../sign-log';
import { type StageTools } from './stage';

/** Judges a platform as a whole at the end of a task: what must be shown and is not, and what is no longer seen. */
export class JudgeStage {
  constructor(
    private readonly tools: StageTools,
    private readonly lease: TaskLease,
  ) {}

  readonly run = (taskId: TaskId): Promise<void> =>
    this.lease.hold(taskId, { name: 'judge', from: ['judging'] }, (orders, signal) => this.judge(orders, signal));

  private async judge(orders: TaskOrders, signal: AbortSignal): Promise<void> {
    const { store, clock, log, judging } = this.tools;
    await judgeUnjudged(this.tools, orders, new PageDesk(this.tools, orders));
    await judgePictures(this.tools, orders, signal);
    await store.inTransaction(async (tx) => {
      if (orders.target.channel === 'website') await judgeDisclosure(tx, { judging, orders, at: clock() });
      await settlePresence(tx, orders.task.id, clock());
      await new TaskRepository(tx).handOn(orders.task.id, 'done');
    });
    log.info('task.finished', { task: orders.task.id, run: orders.run.id });
    const isFinished = await new RunRepository(store.pool).finishWhenDone(orders.run.id, clock());
    if (!isFinished) return;
    log.info('run.finished', { run: orders.run.id });
    await signQuietly(this.tools.transparency, log);
  }
}
