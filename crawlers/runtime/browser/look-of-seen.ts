import { type Capture, type CapturePart, type PlannedPage, type Visit } from '#libs/domain';
import { readLayout, type HtmlDocument, type Layout } from '#libs/html';
import { type Look } from '../look';
import { classifyAnswer, type Verdict } from '../outcome';
import { type Asked } from './exchange-log';
import { type Gathered } from './gather';
import { type LookSession } from './look-session';
import { outcomeOfFailure, redirectsOf } from './navigation-outcome';
import { type PageOpener } from './open-everything';
import { type RenderedPageInfo } from './page-info';
import { documentOfRendered } from './rendered-document';

/** What came of going to a page. */
export interface Seen {
  /** How it ended, when that is known without reading the page; null: what the page says decides. */
  readonly verdict: Verdict | null;
  readonly gathered: Gathered | null;
  readonly opener: PageOpener | null;
  readonly isQuiet: boolean;
}

interface Told {
  readonly page: PlannedPage;
  readonly visit: Pick<Visit, 'id' | 'startedAt' | 'durationMs'>;
  readonly browser: string;
  readonly session: LookSession | null;
  readonly seen: Seen;
  readonly pacePerSecond: number | null;
  /** What robots.txt says of the address asked for. */
  readonly robots: string;
}

const WAIT_RULE = 'document complete, 500 ms without a request, fonts ready; then scrolled, unfolded and tabs changed';
/** Of the markup, where guarding scripts show themselves. */
const MARKUP_LENGTH = 50_000;

function finalUrlOf({ page, session, seen }: Told): string {
  const shown = seen.gathered?.url ?? '';
  if (/^https?:/i.test(shown)) return shown;
  return session?.recorder.lastNavigation?.url ?? page.url;
}

function verdictOf(told: Told, document: HtmlDocument | null): Verdict {
  const main = told.session?.recorder.mainDocument ?? null;
  if (told.seen.verdict !== null) return told.seen.verdict;
  return main === null ? outcomeOfFailure(null, 'no document came') : verdictOfAnswer(told, main, document);
}

function verdictOfAnswer(told: Told, main: Asked, document: HtmlDocument | null): Verdict {
  const { page, seen } = told;
  return classifyAnswer({
    role: page.role,
    status: main.status ?? 0,
    headers: main.responseHeaders,
    requestedUrl: page.url,
    finalUrl: finalUrlOf(told),
    byteLength: main.body?.length ?? 0,
    truncated: main.truncated,
    document: main.isDownload ? null : document,
    markup: seen.gathered?.html.slice(0, MARKUP_LENGTH) ?? '',
    isRendered: seen.gathered !== null,
  });
}

function infoOf(told: Told, session: LookSession, visit: Visit, incomplete: readonly string[]): RenderedPageInfo {
  const { seen, browser } = told;
  const { recorder, visitor } = session;
  return {
    format: 'pageinfo/1',
    requestedUrl: visit.requestedUrl,
    finalUrl: visit.finalUrl,
    redirects: visit.redirects,
    httpStatus: visit.httpStatus,
    outcome: visit.outcome,
    detail: visit.detail,
    isRendered: true,
    userAgent: visitor.userAgent,
    persona: visit.persona,
    accessMode: 'public',
    startedAt: visit.startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    clock: { source: 'system', isVerified: false },
    pacePerSecond: told.pacePerSecond,
    robots: told.robots,
    incomplete,
    browser,
    viewport: { ...visitor.viewport, deviceScaleFactor: 1 },
    locale: visitor.locale,
    timeZone: visitor.timeZone,
    waitRule: WAIT_RULE,
    isQuiet: seen.isQuiet,
    steps: seen.opener?.steps ?? [],
    states: seen.opener?.states ?? [],
    frames: seen.gathered?.frames ?? [],
    requests: { asked: recorder.asked.length, recorded: recorder.exchanges().length },
    addresses: recorder.exchanges().map(({ exchange }) => exchange.url),
    console: session.console,
  };
}

function captureOf(told: Told, visit: Visit): Capture | null {
  const { session, seen } = told;
  const exchanges = session?.recorder.exchanges() ?? [];
  if (session === null || exchanges.length === 0) return null;
  const incomplete = [...session.recorder.incomplete(), ...(seen.gathered?.incomplete ?? [])];
  const bytes = new TextEncoder().encode(JSON.stringify(infoOf(told, session, visit, incomplete)));
  const parts: CapturePart[] = [
    ...exchanges.map(({ exchange }, nth) => ({
      name: `exchange-${nth}` as const,
      kind: 'exchange' as const,
      exchange,
    })),
    ...(seen.gathered?.parts ?? []),
    { name: 'pageinfo', kind: 'resource', mediaType: 'application/json', bytes },
  ];
  return { visit, capturedAt: new Date(), parts, incomplete };
}

function layoutOf(gathered: Gathered | null): Layout | null {
  const part = gathered?.parts.find(({ name }) => name === 'layout');
  return part?.kind === 'resource' ? readLayout(part.bytes) : null;
}

function documentOf({ gathered, opener }: Seen): HtmlDocument | null {
  if (gathered === null) return null;
  return documentOfRendered(gathered.html, { frames: gathered.frames, states: opener?.states ?? [] });
}

/** Makes the look of what was seen; a look at which nothing came has no capture. */
export function lookOf(told: Told): Look {
  const { page, session, seen } = told;
  const document = documentOf(seen);
  const verdict = verdictOf(told, document);
  const visit: Visit = {
    ...told.visit,
    taskId: page.taskId,
    pageId: page.pageId,
    requestedUrl: page.url,
    finalUrl: finalUrlOf(told),
    redirects: redirectsOf(session?.recorder.asked.filter((one) => one.isMainDocument) ?? []),
    outcome: verdict.outcome,
    detail: verdict.detail,
    httpStatus: session?.recorder.mainDocument?.status ?? null,
    isRendered: true,
    persona: page.persona,
  };
  return {
    page,
    visit,
    capture: captureOf(told, visit),
    document,
    layout: layoutOf(seen.gathered),
    needsRender: null,
    found: [],
    willRetry: false,
  };
}
