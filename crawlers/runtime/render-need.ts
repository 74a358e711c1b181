import { type Outcome, type PageRole, type RenderChoice, type RenderReason } from '#libs/domain';
import { type HtmlDocument } from '#libs/html';

/** Visible characters below which a page with scripts is taken for one that they fill. */
const FEW_CHARACTERS = 200;

/** Outcomes that a browser may improve. Walls are no reason: they are not to be got round. */
const MAY_GAIN: readonly Outcome[] = ['ok', 'partial'];

/** Why a page fetched over HTTP should be looked at in the browser; null when HTTP sufficed, was ordered or met a wall. */
export function renderNeedOf(
  page: { readonly role: PageRole; readonly outcome: Outcome; readonly document: HtmlDocument | null },
  choice: RenderChoice,
): RenderReason | null {
  const { document } = page;
  if (choice === 'http' || page.role !== 'page' || document === null || !MAY_GAIN.includes(page.outcome)) return null;
  return choice === 'browser' ? 'asked' : needOf(document);
}

function needOf({ signs }: HtmlDocument): RenderReason | null {
  const isThin = signs.scriptCount > 0 && signs.visibleLength < FEW_CHARACTERS;
  if (isThin || signs.hasEmptyShell || signs.hasTemplateMarks) return 'script';
  return signs.hasTabs || signs.hasFrames ? 'tabs' : null;
}
