import {
  type GapCode,
  type Outcome,
  type PageRole,
  type PageState,
  type RenderChoice,
  type RenderReason,
} from '#libs/domain';

/** What is known of a look when the next step is chosen. */
export interface LookFacts {
  readonly role: PageRole;
  readonly by: 'http' | 'browser';
  readonly outcome: Outcome;
  readonly willRetry: boolean;
  readonly needsRender: RenderReason | null;
  readonly render: RenderChoice;
  /** The page has hits that flag or ask for review. */
  readonly isAccused: boolean;
  /** Disclosure is looked for on pages of this kind, so that an absence may come to rest on it. */
  readonly isPlace: boolean;
  /** For a look by the browser: plain HTTP saw the page before, in this task. */
  readonly wasSeenByHttp: boolean;
}

/** What follows a look. `file` says whose hits become findings now. */
export interface NextStep {
  /** Null: another attempt follows, nothing moves. */
  readonly state: PageState | null;
  readonly renderReason: RenderReason | null;
  readonly gap: { readonly code: GapCode; readonly detail: string } | null;
  readonly file: 'nothing' | 'own-in-doubt' | 'own-and-not-reproduced' | 'first-look-in-doubt';
}

const step = (state: PageState | null, over: Partial<NextStep> = {}): NextStep => ({
  state,
  renderReason: null,
  gap: null,
  file: 'nothing',
  ...over,
});

/** Chooses what follows one look: the browser, the end of the page with or without a gap, and what may be filed. */
export function afterLook(facts: LookFacts): NextStep {
  if (facts.willRetry) return step(null);
  if (facts.role !== 'page') return step(facts.outcome === 'ok' || facts.outcome === 'gone' ? 'seen' : 'unseen');
  return facts.by === 'http' ? afterHttp(facts) : afterBrowser(facts);
}

function afterHttp(facts: LookFacts): NextStep {
  const { outcome } = facts;
  if (outcome !== 'ok' && outcome !== 'not-modified' && outcome !== 'partial') {
    return step('unseen', { gap: { code: outcome, detail: 'plain HTTP' } });
  }
  const reason = renderReasonOf(facts);
  if (reason !== null) return step('render', { renderReason: reason });
  const notRendered = { code: 'not-rendered', detail: 'rendering was switched off; no second look' } as const;
  if (outcome === 'partial')
    return step('unseen', { gap: { code: 'partial', detail: 'plain HTTP' }, file: 'own-in-doubt' });
  return facts.isAccused ? step('seen', { gap: notRendered, file: 'own-in-doubt' }) : step('seen');
}

function renderReasonOf(facts: LookFacts): RenderReason | null {
  if (facts.render === 'http') return null;
  if (facts.render === 'browser') return 'asked';
  if (facts.needsRender !== null) return facts.needsRender;
  if (facts.outcome === 'partial') return 'script';
  return facts.isAccused || facts.isPlace ? 'second-look' : null;
}

function afterBrowser(facts: LookFacts): NextStep {
  if (facts.outcome === 'ok') return step('seen', { file: 'own-and-not-reproduced' });
  if (facts.outcome === 'partial') {
    return step('unseen', { gap: { code: 'partial', detail: 'browser' }, file: 'own-and-not-reproduced' });
  }
  if (facts.wasSeenByHttp) {
    return step('seen', {
      gap: { code: 'not-rendered', detail: `seen by plain HTTP; browser: ${facts.outcome}` },
      file: 'first-look-in-doubt',
    });
  }
  return step('unseen', { gap: { code: facts.outcome, detail: 'browser' } });
}
