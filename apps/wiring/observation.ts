import { type OpenedState } from '#classifiers/extraction';
import { type Look } from '#crawlers/runtime';
import { type Evidence, type Outcome, type PageId, type PageRole, type RenderReason } from '#libs/domain';
import { type HtmlDocument, type Layout } from '#libs/html';

/** One look as judging needs it, whether it comes fresh from the crawler or back from sealed evidence. */
export interface Observation {
  readonly pageId: PageId;
  readonly role: PageRole;
  readonly linkText: string;
  readonly depth: number;
  readonly finalUrl: string;
  readonly url: string;
  readonly outcome: Outcome;
  readonly isRendered: boolean;
  readonly willRetry: boolean;
  readonly needsRender: RenderReason | null;
  readonly document: HtmlDocument | null;
  readonly layout: Layout | null;
  readonly states: readonly OpenedState[];
  /** Of the part that the document was parsed from; empty when there is none. */
  readonly contentSha256: string;
  /** Null when no byte came, so that there was nothing to seal. */
  readonly evidence: Evidence | null;
}

/** The digest of the part that is read: the DOM when there is one, else the document as it was received. */
export function contentSha256Of(evidence: Evidence | null): string {
  const parts = evidence?.record.parts ?? [];
  const read = parts.find((part) => part.name === 'dom') ?? parts.find((part) => part.name === 'exchange-0');
  return read?.sha256 ?? '';
}

/** A fresh look, sealed. */
export function observationOf(look: Look, evidence: Evidence | null, states: readonly OpenedState[]): Observation {
  return {
    pageId: look.page.pageId,
    role: look.page.role,
    linkText: look.page.linkText,
    depth: look.page.depth,
    url: look.page.url,
    finalUrl: look.visit.finalUrl,
    outcome: look.visit.outcome,
    isRendered: look.visit.isRendered,
    willRetry: look.willRetry,
    needsRender: look.needsRender,
    document: look.document,
    layout: look.layout,
    states,
    contentSha256: contentSha256Of(evidence),
    evidence,
  };
}
