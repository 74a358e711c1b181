import { type HitToFile } from '#libs/casework';
import { JudgementRepository, PageRepository, type Queryable, VisitRepository } from '#libs/persistence';
import { READER_VERSION } from '#classifiers/extraction';
import { afterLook } from './after-look';
import { fileAfter } from './file-after';
import { judgeObservation, type JudgingContext, type PageJudgement, PLACE_KINDS } from './judging';
import { type Observation } from './observation';

/**
 * Judges one sealed look and writes everything that follows from it: reading, judgement and hits, the page's next
 * state, the gap, and the findings that may be filed by now. A capture that was judged before changes nothing.
 */
export async function keepObservation(tx: Queryable, context: JudgingContext, seen: Observation): Promise<void> {
  const judged = judgeObservation(context.judging, context.orders, seen);
  const kept = await keepJudgement(tx, context, seen, judged);
  if (kept === null) return;
  const next = afterLook(await factsOf(tx, context, seen, judged));
  await fileAfter(tx, context, seen.pageId, { file: next.file, own: kept });
  const taskId = context.orders.task.id;
  if (next.state !== null) await new PageRepository(tx).setState(taskId, seen.pageId, next.state, next.renderReason);
  if (next.gap !== null) await new VisitRepository(tx).addGap({ taskId, url: seen.url, ...next.gap, at: context.at });
}

/** The hits as kept; empty when nothing was sealed; null when this capture was judged before. */
async function keepJudgement(
  tx: Queryable,
  context: JudgingContext,
  seen: Observation,
  judged: PageJudgement,
): Promise<readonly HitToFile[] | null> {
  if (seen.evidence === null) return [];
  const judgements = new JudgementRepository(tx);
  const evidenceId = seen.evidence.id;
  const hits = await judgements.add({
    taskId: context.orders.task.id,
    evidenceId,
    readingId: judged.reading ? await judgements.keepReading(judged.reading) : null,
    packVersion: context.judging.pack.version,
    readerVersion: READER_VERSION,
    asOf: context.orders.run.orders.asOf,
    judgedAt: context.at,
    hits: judged.hits,
    sightings: judged.sightings,
  });
  return hits?.map(({ id, hit }) => ({ hitId: id, hit, pageId: seen.pageId, evidenceId })) ?? null;
}

async function factsOf(tx: Queryable, context: JudgingContext, seen: Observation, judged: PageJudgement) {
  const taskId = context.orders.task.id;
  const isWebsite = context.orders.target.channel === 'website';
  return {
    role: seen.role,
    by: seen.isRendered ? ('browser' as const) : ('http' as const),
    outcome: seen.outcome,
    willRetry: seen.willRetry,
    needsRender: seen.needsRender,
    render: context.orders.run.orders.render,
    isAccused: judged.hits.some((hit) => hit.verdict !== 'drop'),
    isPlace: isWebsite && judged.reading !== null && PLACE_KINDS.includes(judged.reading.pageKind),
    wasSeenByHttp: seen.isRendered && (await new VisitRepository(tx).wasSeenByHttp(taskId, seen.pageId)),
  };
}
