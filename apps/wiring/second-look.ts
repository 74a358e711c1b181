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
