import { type Reading } from '#libs/domain';
import { type Candidate } from './candidates';
import { type ChecklistItem } from './checklist';
import { foldLabel } from './label-index';

/**
 * What stands beside a label whose cell has no text: the alternative text of its picture when that names the item, the
 * empty string when there is nothing at all, null when there is a picture or a file that was not read.
 */
export function pictureSpeaks(item: ChecklistItem, candidate: Candidate, reading: Reading): string | null {
  if (candidate.images.length === 0) return candidate.links.length > 0 ? null : '';
  const spoken = reading.segments.filter((it) => it.source === 'alt' && it.path.startsWith(`${candidate.path}/`));
  return spoken.map((it) => it.text).find((alt) => names(item, alt)) ?? null;
}

/** Says whether words beside a picture name what the item asks for. */
export function names(item: ChecklistItem, words: string): boolean {
  const folded = foldLabel(words);
  return [...item.labels, ...item.headings].map(foldLabel).some((label) => label.length >= 3 && folded.includes(label));
}
