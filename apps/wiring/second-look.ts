import { type OpenedState } from '#classifiers/extraction';
import { type Cue, type Hit } from '#libs/domain';
import { type KeptHit } from '#libs/persistence';

/** Why an accusation may not stay a flag; each is a cue that people read. */
export type Doubt = 'not-reproduced' | 'not-looked-at-twice' | 'hidden-by-layout';

/** The hit with its verdict held down to `review`, saying why; a hit that is no flag keeps its verdict and says so too. */
export function doubted(hit: Hit, doubt: Doubt): Hit {
  if (hit.verdict === 'drop' || hit.cues.some((cue) => cue.name === doubt)) return hit;
  const cue: Cue = { name: doubt, weight: 0, quote: null };
  return { ...hit, verdict: 'review', cues: [...hit.cues, cue] };
}

/** Rendered hits as they may be filed: what the layout does not draw accuses nobody by itself. */
export function heldByLayout(hits: readonly Hit[]): Hit[] {
  return hits.map((hit) =>
    hit.about.kind === 'quote' && hit.about.source === 'hidden' ? doubted(hit, 'hidden-by-layout') : hit,
  );
}

/** The same hits; those whose words showed only after something was opened (a tab, a fold) say so: they have no box. */
export function openedSaid(hits: readonly Hit[], states: readonly OpenedState[]): Hit[] {
  const opened = new Set(states.flatMap(({ texts }) => texts.map(({ text }) => text.trim())));
  const cue: Cue = { name: 'seen-after-opening', weight: 0, quote: null };
  return hits.map((hit) =>
    hit.about.kind === 'quote' && hit.about.box === null && opened.has(hit.about.segmentText)
      ? { ...hit, cues: [...hit.cues, cue] }
      : hit,
  );
}

/**
 * Accusations of the first look that the second look did not show: neither the same clause nor the same words under
 * the same rule. They stay, as `not-reproduced`: a page that shows a visitor one thing and a browser another is a lead.
 */
export function notReproduced(first: readonly KeptHit[], second: readonly Hit[]): KeptHit[] {
  const accusing = second.filter((hit) => hit.verdict !== 'drop');
  const isShown = (kept: KeptHit) =>
    accusing.some(
      (hit) => hit.ruleId === kept.hit.ruleId && (hit.clause === kept.hit.clause || quoteOf(hit) === quoteOf(kept.hit)),
    );
  return first.filter((kept) => !isShown(kept));
}

const quoteOf = (hit: Hit): string | null => (hit.about.kind === 'quote' ? hit.about.quote : null);
