import { type PlannedPage } from '#libs/domain';
import { PageRepository, type Queryable, VisitRepository } from '#libs/persistence';
import { fileAfter } from './file-after';
import { type JudgingContext } from './judging';

/**
 * Ends a page that waits for a browser when there is none: what plain HTTP saw stands, its accusations in doubt, and
 * the gap says that nobody looked twice.
 *
 * @param why What keeps the browser from starting; becomes the gap's detail.
 */
export async function endWithoutBrowser(
  tx: Queryable,
  context: JudgingContext,
  page: PlannedPage,
  why: string,
): Promise<void> {
  const taskId = context.orders.task.id;
  const visits = new VisitRepository(tx);
  const wasSeen = await visits.wasSeenByHttp(taskId, page.pageId);
  if (wasSeen) await fileAfter(tx, context, page.pageId, { file: 'first-look-in-doubt', own: [] });
  await new PageRepository(tx).setState(taskId, page.pageId, wasSeen ? 'seen' : 'unseen');
  await visits.addGap({ taskId, url: page.url, code: 'not-rendered', detail: why, at: context.at });
}
