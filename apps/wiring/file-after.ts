import { fileHits, type HitToFile } from '#libs/casework';
import { type PageId } from '#libs/domain';
import { JudgementRepository, type KeptHit, type Queryable } from '#libs/persistence';
import { type NextStep } from './after-look';
import { type JudgingContext } from './judging';
import { doubted, type Doubt, notReproduced } from './second-look';

/** Files what a step lets be filed: the look's own hits, and those of the first look that stand in doubt. */
export async function fileAfter(
  tx: Queryable,
  context: JudgingContext,
  pageId: PageId,
  what: { readonly file: NextStep['file']; readonly own: readonly HitToFile[] },
): Promise<void> {
  const { orders, judging, at } = context;
  const filing = { platformId: orders.target.platformId, taskId: orders.task.id, at, rules: judging.rules };
  const firstLook = () => new JudgementRepository(tx).accusationsOf(orders.task.id, pageId, false);
  switch (what.file) {
    case 'nothing':
      return;
    case 'own-in-doubt':
    case 'first-look-in-doubt':
      return fileHits(tx, filing, await inDoubt(tx, context, await firstLook(), 'not-looked-at-twice'));
    case 'own-and-not-reproduced': {
      const missing = notReproduced(
        await firstLook(),
        what.own.map((item) => item.hit),
      );
      return fileHits(tx, filing, [...what.own, ...(await inDoubt(tx, context, missing, 'not-reproduced'))]);
    }
  }
}

/** Keeps doubted copies beside the hits they come from, so that what is filed says why it is no flag. */
async function inDoubt(
  tx: Queryable,
  context: JudgingContext,
  hits: readonly KeptHit[],
  doubt: Doubt,
): Promise<HitToFile[]> {
  const judgements = new JudgementRepository(tx);
  const items: HitToFile[] = [];
  // One statement per judgement, not per hit: a page full of figures has dozens.
  for (const judgementId of new Set(hits.map((kept) => kept.judgementId))) {
    const own = hits.filter((kept) => kept.judgementId === judgementId);
    const copies = await judgements.addHits(
      context.orders.task.id,
      judgementId,
      own.map(({ hit }) => doubted(hit, doubt)),
    );
    copies.forEach(({ id, hit }, nth) => {
      const kept = own[nth];
      if (kept) items.push({ hitId: id, hit, pageId: kept.pageId, evidenceId: kept.evidenceId });
    });
  }
  return items;
}
