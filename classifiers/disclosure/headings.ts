import { type Reading } from '#libs/domain';
import { countsOn, type Checklist, type ChecklistItem } from './checklist';
import { foldLabel } from './label-index';

const SHORTEST_ANSWER = 4;

/** What stands first below a heading that names an item: a sentence, or a picture whose alternative text says more. */
export function belowHeadings(
  reading: Reading,
  checklist: Checklist,
): { readonly item: ChecklistItem; readonly value: string; readonly path: string }[] {
  const items = checklist.items.filter((item) => item.headings.length > 0 && countsOn(item, reading.pageKind));
  return items.flatMap((item) => {
    const words = item.headings.map(foldLabel);
    const answer = reading.segments.find(
      ({ heading, text, tag, source, region }) =>
        heading !== '' &&
        heading.length <= 30 &&
        words.some((word) => foldLabel(heading).includes(word)) &&
        !/^h[1-6]$/.test(tag) &&
        (source === 'visible' || source === 'hidden' || source === 'alt') &&
        (region === 'main' || region === 'aside') &&
        text.length >= SHORTEST_ANSWER,
    );
    return answer === undefined ? [] : [{ item, value: answer.text, path: answer.path }];
  });
}
