import { judgePlatformDisclosure, placesOf, type PlacePage, settleDisclosure } from '#classifiers/disclosure';
import { fileHits, type HitToFile } from '#libs/casework';
import { type CoverageGap, type CoveragePlace, type EvidenceId, type Hit } from '#libs/domain';
import {
  JudgementRepository,
  PageRepository,
  type Queryable,
  type SeenPage,
  TaskRepository,
  VisitRepository,
} from '#libs/persistence';
import { type JudgingContext } from './judging';
import { doubted } from './second-look';

/** Gaps that leave part of the site unseen; a dead link or a file kept unread does not. */
const HARMLESS_GAPS: readonly CoverageGap['code'][] = ['gone', 'download', 'template-sampled', 'not-rendered'];

/**
 * Judges what a platform's site must show and does not: settles every checklist item over all pages of the task, and
 * files one finding per block of items that are absent. An absence looked for without the browser is at most `review`.
 */
export async function judgeDisclosure(tx: Queryable, context: JudgingContext): Promise<void> {
  const { judging, orders } = context;
  const taskId = orders.task.id;
  const { asOf } = orders.run.orders;
  const visits = new VisitRepository(tx);
  const judgements = new JudgementRepository(tx);
  const pages = await visits.seenPagesOf(taskId);
  const places = placesOf(pages.flatMap(placePage), await isComplete(tx, context));
  const sightings = await judgements.sightingsOf(taskId);
  const states = settleDisclosure({ sightings, places, unread: [], checklist: judging.checklist, asOf });
  await judgements.keepDisclosure(taskId, states);
  await new TaskRepository(tx).keepFacts(taskId, { places });
  const { checklist, pack } = judging;
  const search = searchOf(pages, places);
  const hits = judgePlatformDisclosure({ states, checklist, rules: pack.rules, search, asOf, channel: 'website' });
  const isSeenTwice = places.every((place) => place.reason !== 'seen-without-browser');
  await fileAbsences(tx, context, {
    pages,
    hits: isSeenTwice ? hits : hits.map((hit) => doubted(hit, 'not-looked-at-twice')),
  });
}

/** Whether every known page of the site was seen: only then a place without a page is a place that is not there. */
async function isComplete(tx: Queryable, context: JudgingContext): Promise<boolean> {
  const gaps = await new VisitRepository(tx).gapsOf(context.orders.task.id);
  const waiting = await new PageRepository(tx).inState(context.orders.task.id, 'passed-over');
  return waiting.length === 0 && gaps.every((gap) => HARMLESS_GAPS.includes(gap.code));
}

function placePage(page: SeenPage): PlacePage[] {
  if (page.outcome === null) return [];
  const { url, outcome, isRendered, title, linkText } = page;
  const pageKind = page.pageKind ?? (page.depth === 0 ? 'home' : 'product');
  return [{ url, pageKind, outcome, isRendered, title, linkText }];
}

/** Every place that was seen, with the evidence of its last look. */
function searchOf(
  pages: readonly SeenPage[],
  places: readonly CoveragePlace[],
): { url: string; evidenceId: EvidenceId }[] {
  const looked = new Set(places.filter((place) => place.state === 'seen').map((place) => place.url));
  return pages.flatMap(({ url, evidenceId }) => (looked.has(url) && evidenceId !== null ? [{ url, evidenceId }] : []));
}

/** An absence stands on the page it would be looked for first: the home page, else the first place seen. */
async function fileAbsences(
  tx: Queryable,
  context: JudgingContext,
  what: { readonly pages: readonly SeenPage[]; readonly hits: readonly Hit[] },
): Promise<void> {
  const { orders, judging, at } = context;
  const kept = await new JudgementRepository(tx).addHits(orders.task.id, null, what.hits);
  const items = kept.flatMap(({ id, hit }): HitToFile[] => {
    const searched = hit.about.kind === 'absence' ? hit.about.search : [];
    const page = what.pages.find((candidate) => searched.some((look) => look.evidenceId === candidate.evidenceId));
    return page?.evidenceId ? [{ hitId: id, hit, pageId: page.pageId, evidenceId: page.evidenceId }] : [];
  });
  const filing = { platformId: orders.target.platformId, taskId: orders.task.id, at, rules: judging.rules };
  await fileHits(tx, filing, items);
}
