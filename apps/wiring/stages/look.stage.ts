import { type TaskId } from '#libs/domain';
import { PageRepository, type TaskOrders, TaskRepository, VisitRepository } from '#libs/persistence';
import { PageDesk } from '../page-desk';
import { startPages } from '../start-pages';
import { type TaskLease } from '../task-lease';
import { handOn, type StageTools, visitWaiting } from './stage';

/** Visits a target over plain HTTP: plans its pages, seals and judges what they show, hands on what needs the browser. */
export class LookStage {
  constructor(
    private readonly tools: StageTools,
    private readonly lease: TaskLease,
  ) {}

  readonly run = (taskId: TaskId): Promise<void> =>
    this.lease.hold(taskId, { name: 'look', from: ['planned', 'looking'] }, (orders, signal) =>
      this.look(orders, signal),
    );

  private async look(orders: TaskOrders, signal: AbortSignal): Promise<void> {
    const { store } = this.tools;
    await new TaskRepository(store.pool).move(orders.task.id, 'looking');
    if (orders.task.state === 'planned') {
      await new PageDesk(this.tools, orders).plan(await startPages(new PageRepository(store.pool), orders.target));
    }
    await visitWaiting(this.tools, orders, { by: 'http', from: 'planned', signal });
    await this.passOver(orders);
    const waiting = await new PageRepository(store.pool).inState(orders.task.id, 'render');
    const next =
      waiting.length > 0
        ? ({ state: 'rendering', job: 'render' } as const)
        : ({ state: 'judging', job: 'judge' } as const);
    await handOn(this.tools, orders, next);
  }

  /** What is still planned now lies beyond the budget: counted, said once, never called seen. */
  private async passOver(orders: TaskOrders): Promise<void> {
    await this.tools.store.inTransaction(async (tx) => {
      const urls = await new PageRepository(tx).passOver(orders.task.id);
      if (urls.length === 0) return;
      const detail = `${urls.length} pages known and not visited; budget ${orders.run.orders.maxPages} pages`;
      const gap = {
        taskId: orders.task.id,
        url: orders.target.url,
        code: 'budget',
        detail,
        at: this.tools.clock(),
      } as const;
      await new VisitRepository(tx).addGap(gap);
    });
  }
}
