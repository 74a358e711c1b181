import { type Checklist, findSightings } from '#classifiers/disclosure';
import { judgePage, type RulePack } from '#classifiers/engine';
import { boxHits, readPage } from '#classifiers/extraction';
import { type RuleFacts } from '#libs/casework';
import { type DisclosureSighting, type Hit, type Outcome, type PageKind, type Reading } from '#libs/domain';
import { type TaskOrders } from '#libs/persistence';
import { type Observation } from './observation';
import { heldByLayout, openedSaid } from './second-look';

/** The pack in force with what the line needs to know of it. */
export interface Judging {
  readonly pack: RulePack;
  readonly checklist: Checklist;
  readonly rules: ReadonlyMap<string, RuleFacts>;
}

/** Under which orders a look is judged, and when. */
export interface JudgingContext {
  readonly judging: Judging;
  readonly orders: TaskOrders;
  readonly at: Date;
}

/** What judging needs of a task's orders. */
export interface JudgingOrders {
  readonly target: Pick<TaskOrders['target'], 'channel'>;
  readonly run: { readonly orders: Pick<TaskOrders['run']['orders'], 'asOf'> };
  readonly platform: Pick<TaskOrders['platform'], 'name'>;
}

/** What one look says: a null reading when it holds nothing that speaks for the platform. */
export interface PageJudgement {
  readonly reading: Reading | null;
  readonly hits: readonly Hit[];
  readonly sightings: readonly DisclosureSighting[];
}

/** Kinds of page on which disclosure is looked for. */
export const PLACE_KINDS: readonly PageKind[] = ['home', 'disclosure', 'about'];

/** A block page, an error page or a parking page is not the platform's text. */
const SPEAKING: readonly Outcome[] = ['ok', 'partial', 'not-modified'];

/** Reads and judges one look. Pure: the same look under the same pack and day gives the same judgement. */
export function judgeObservation(judging: Judging, orders: JudgingOrders, seen: Observation): PageJudgement {
  const isSpeaking = seen.role === 'page' && SPEAKING.includes(seen.outcome);
  if (!isSpeaking || seen.document === null) return { reading: null, hits: [], sightings: [] };
  const { channel } = orders.target;
  const { asOf } = orders.run.orders;
  const reading = readPage({
    document: seen.document,
    layout: seen.layout,
    states: seen.states,
    url: seen.finalUrl,
    linkText: seen.linkText,
    channel,
    isHome: seen.depth === 0,
    contentSha256: seen.contentSha256,
  });
  const judged = judgePage(reading, judging.pack, { asOf, channel, platformName: orders.platform.name });
  const boxed = seen.layout ? heldByLayout(boxHits(judged, seen.layout)) : judged;
  return {
    reading,
    hits: openedSaid(boxed, seen.states),
    sightings: channel === 'website' ? findSightings(reading, judging.checklist, asOf, seen.document) : [],
  };
}
