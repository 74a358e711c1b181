import { type CoveragePlace, type DisclosureSighting, type DisclosureState, type EvidenceId } from '#libs/domain';
import { type Checklist, type ChecklistItem } from './checklist';

/** A sighting with the page it was made on. */
export interface PlacedSighting {
  readonly url: string;
  readonly evidenceId: EvidenceId;
  readonly sighting: DisclosureSighting;
}

/** What one run knows of a platform's disclosure. */
export interface DisclosureFacts {
  readonly sightings: readonly PlacedSighting[];
  readonly places: readonly CoveragePlace[];
  /** Pictures, files and frames on the places that nobody has read, beside those among the sightings. */
  readonly unread: readonly string[];
  readonly checklist: Checklist;
  readonly asOf: string;
}

/**
 * Gives every item of the checklist one state, in the order of the checklist. `absent` is an accusation: it is said
 * only when every place where the item must be looked for was seen or does not exist on a site seen whole, and nothing
 * unread there takes a form in which sites show the item. Otherwise, without a sighting, `not-checkable` with a reason.
 */
export function settleDisclosure(facts: DisclosureFacts): DisclosureState[] {
  const byItem = new Map<string, PlacedSighting[]>();
  for (const placed of facts.sightings) {
    const own = byItem.get(placed.sighting.item) ?? [];
    byItem.set(placed.sighting.item, own);
    own.push(placed);
  }
  return facts.checklist.items.map((item) => settle(item, byItem, facts));
}

function settle(
  item: ChecklistItem,
  byItem: ReadonlyMap<string, PlacedSighting[]>,
  facts: DisclosureFacts,
): DisclosureState {
  const own = byItem.get(item.id) ?? [];
  const best = bestOf(
    own.filter(({ sighting }) => sighting.state !== 'unread'),
    item,
  );
  if (best !== null) return stateOf(best);
  const reason = whyNotCheckable(item, byItem, facts);
  const base = { item: item.id, value: null, asOf: null, evidenceId: null };
  if (reason !== null) return { ...base, state: 'not-checkable', url: null, reason };
  const seen = facts.places.filter(
    (it) => it.state === 'seen' && (item.places as readonly string[]).includes(it.place),
  );
  const url = (seen.find((it) => it.place === 'disclosure') ?? seen[0])?.url ?? null;
  return { ...base, state: 'absent', url, reason: 'looked-for-and-not-there' };
}

/** A dated figure outranks one without a date, the newest first; then an answer outranks a stale or an empty one. */
function bestOf(own: readonly PlacedSighting[], item: ChecklistItem): PlacedSighting | null {
  const dated = item.due === null ? [] : own.filter(({ sighting }) => sighting.asOf !== null);
  const rank = { present: 0, stale: 1, 'present-empty': 2, unread: 3 } as const;
  const sorted = (dated.length > 0 ? dated : own).toSorted((a, b) => {
    const newer = (b.sighting.asOf ?? '').localeCompare(a.sighting.asOf ?? '');
    return (item.due === null ? 0 : newer) || rank[a.sighting.state] - rank[b.sighting.state];
  });
  return sorted[0] ?? null;
}

function stateOf({ url, evidenceId, sighting }: PlacedSighting): DisclosureState {
  const { item, state, value, asOf } = sighting;
  const reasons = {
    present: null,
    stale: 'older-than-required',
    'present-empty': 'placeholder',
    unread: 'not-read',
  } as const;
  return {
    item,
    state: state === 'unread' ? 'not-checkable' : state,
    value,
    asOf,
    url,
    evidenceId,
    reason: reasons[state],
  };
}

function whyNotCheckable(
  item: ChecklistItem,
  byItem: ReadonlyMap<string, PlacedSighting[]>,
  facts: DisclosureFacts,
): string | null {
  if (item.applies === 'branches') return 'branches-unknown';
  const unseen = unseenPlace(item, facts.places);
  if (unseen !== null) return unseen;
  if (byItem.has(item.id)) return 'picture';
  const carrier = item.carriers.find((it) => byItem.has(it));
  if (carrier !== undefined) return carrier;
  return facts.unread.length > 0 ? 'not-read' : null;
}

/** The first place of an item that was not seen, with why; a site whose home page was not seen was not seen at all. */
function unseenPlace(item: ChecklistItem, places: readonly CoveragePlace[]): string | null {
  for (const place of item.places) {
    const lines = places.filter((it) => it.place === place);
    const unseen = lines.length === 0 ? null : lines.find((it) => it.state === 'not-seen');
    if (unseen !== undefined) return `place-not-seen:${place}:${unseen?.reason ?? 'unknown'}`;
  }
  const isHomeSeen = places.some((it) => it.place === 'home' && it.state === 'seen');
  return isHomeSeen ? null : 'place-not-seen:home:unknown';
}
