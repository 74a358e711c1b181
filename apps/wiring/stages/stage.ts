import { type OcrEngine } from '#classifiers/extraction/ocr';
import { type CrawlDesk, type CrawlPass } from '#crawlers/runtime';
import { type Channel, type PageState, PRIORITY_OF, type TaskState } from '#libs/domain';
import { type TransparencyLog } from '#libs/evidence/warc';
import { PageRepository, type TaskOrders, TaskRepository } from '#libs/persistence';
import { type JobName, type JobQueue } from '#libs/queue';
import { type DeskTools, PageDesk } from '../page-desk';
import { judgeUnjudged } from '../unjudged';

/** Goes and looks; chosen by channel and by the way of looking. */
export interface Crawling {
  crawl(channel: Channel, pass: CrawlPass, desk: CrawlDesk): Promise<void>;
  /** Why there is no browser here; null when there is one. */
  whyNoBrowser(): Promise<string | null>;
}

/** What every stage works with. */
export interface StageTools extends DeskTools {
  readonly queue: JobQueue;
  readonly transparency: TransparencyLog;
  readonly crawling: Crawling;
  readonly pictures: OcrEngine;
}

/** One pass of a task: first judges what an earlier process sealed and did not judge, then visits the pages that wait. */
export async function visitWaiting(
  tools: StageTools,
  orders: TaskOrders,
  way: { readonly by: 'http' | 'browser'; readonly from: PageState; readonly signal: AbortSignal },
): Promise<void> {
  const pages = new PageRepository(tools.store.pool);
  const desk = new PageDesk(tools, orders);
  await judgeUnjudged(tools, orders, desk);
  await tools.crawling.crawl(
    orders.target.channel,
    {
      taskId: orders.task.id,
      startUrl: orders.target.url,
      orders: orders.run.orders,
      by: way.by,
      pages: await pages.inState(orders.task.id, way.from),
      seenSoFar: await pages.visitedCount(orders.task.id),
      signal: way.signal,
    },
    desk,
  );
  way.signal.throwIfAborted();
}

/** Moves a task to its next stage and rings for it. A death in between leaves an idle task, which the next start finds. */
export async function handOn(
  tools: StageTools,
  orders: TaskOrders,
  to: { readonly state: TaskState; readonly job: JobName },
): Promise<void> {
  await new TaskRepository(tools.store.pool).handOn(orders.task.id, to.state);
  await tools.queue.add(to.job, orders.task.id, { priority: PRIORITY_OF[orders.run.trigger] });
}
