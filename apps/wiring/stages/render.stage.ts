import { type TaskId } from '#libs/domain';
import { PageRepository, type TaskOrders } from '#libs/persistence';
import { type TaskLease } from '../task-lease';
import { endWithoutBrowser } from '../without-browser';
import { handOn, type StageTools, visitWaiting } from './stage';

/** Visits in the browser what waits for it: pages that need script, and the second look of every accusation. */
export class RenderStage {
  constructor(
    private readonly tools: StageTools,
    private readonly lease: TaskLease,
  ) {}

  readonly run = (taskId: TaskId): Promise<void> =>
    this.lease.hold(taskId, { name: 'render', from: ['rendering'] }, (orders, signal) => this.render(orders, signal));

  private async render(orders: TaskOrders, signal: AbortSignal): Promise<void> {
    const whyNot = await this.tools.crawling.whyNoBrowser();
    if (whyNot === null) await visitWaiting(this.tools, orders, { by: 'browser', from: 'render', signal });
    await this.endWaiting(orders, whyNot ?? 'the page budget was used up');
    const found = await new PageRepository(this.tools.store.pool).inState(orders.task.id, 'planned');
    const next =
      found.length > 0 ? ({ state: 'looking', job: 'look' } as const) : ({ state: 'judging', job: 'judge' } as const);
    await handOn(this.tools, orders, next);
  }

  private async endWaiting(orders: TaskOrders, why: string): Promise<void> {
    const { store, judging, clock } = this.tools;
    for (const page of await new PageRepository(store.pool).inState(orders.task.id, 'render')) {
      await store.inTransaction((tx) => endWithoutBrowser(tx, { judging, orders, at: clock() }, page, why));
    }
  }
}
