import { setTimeout as sleep } from 'node:timers/promises';
import { type Page } from 'playwright';
import { OutOfTime, within } from './body-reader';
import { FONTS_READY, READY_STATE } from './page-scripts';
import { type InPage } from './in-page';
import { type LookLimits } from './look-limits';
import { type PageClock } from './page-clock';
import { type Recorder } from './recorder';

/** How going to an address ended. */
export interface Settled {
  /** The document was read to its end. */
  readonly isReady: boolean;
  readonly isQuiet: boolean;
  /** Scripts do not come back: nothing more can be asked of the page as it is. */
  readonly isStuck: boolean;
  /** The browser's own words for why it did not get there; null when it did, or when time ran out. */
  readonly error: string | null;
}

const POLL_MS = 40;
const FONTS_MS = 3_000;
const OVER = 'time is over';

/** What a page and those who watch it need to know of each other while it settles. */
export interface Watched {
  readonly page: Page;
  readonly inPage: InPage;
  readonly recorder: Recorder;
  readonly clock: PageClock;
  readonly limits: LookLimits;
}

/** Waits until no request has come or ended for so long, or the clock is over; says which. */
export async function becomeQuiet({ recorder, clock, limits }: Watched, quietMs: number): Promise<boolean> {
  while (!clock.isOver) {
    const stillMs = performance.now() - recorder.changedAt;
    if (recorder.busy(limits.patienceMs) === 0 && stillMs >= quietMs) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** Null when the document came, the browser's words when it did not, `OVER` when time ran out before. */
async function navigate({ page, clock }: Watched, url: string): Promise<string | null> {
  const gone = page.goto(url, { waitUntil: 'domcontentloaded', timeout: 0 }).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return Promise.race([gone, clock.expired.then(() => OVER)]);
}

/** A page may send the visitor on while it loads; the last document is the one that counts. */
const isSentOn = (error: string): boolean => /interrupted by another navigation|ERR_ABORTED; maybe frame/i.test(error);

async function waitUntilComplete(watched: Watched): Promise<{ isQuiet: boolean; isReady: boolean }> {
  const { inPage, clock, limits } = watched;
  let isReady = true; // the browser has said so of the first document; those that follow are asked
  const patience = performance.now() + limits.patienceMs;
  while (!clock.isOver) {
    if (!(await becomeQuiet(watched, limits.quietMs))) break;
    const state = await inPage.evaluate<string>(READY_STATE, { timeoutMs: clock.leftMs });
    isReady = state !== 'loading';
    // A frame that hangs keeps a page "interactive" for ever; it is read and quiet all the same.
    if (state === 'complete' || (isReady && performance.now() > patience)) return { isQuiet: true, isReady };
    await sleep(POLL_MS);
  }
  return { isQuiet: false, isReady };
}

/** Goes to an address and waits until the page has loaded, its network is quiet and its fonts are there. */
export async function settle(watched: Watched, url: string): Promise<Settled> {
  const error = await navigate(watched, url);
  if (error === OVER) return { isReady: false, isQuiet: false, isStuck: true, error: null };
  if (error !== null && !isSentOn(error)) return { isReady: false, isQuiet: false, isStuck: false, error };
  try {
    const complete = await waitUntilComplete(watched);
    // Fonts that never come are drawn with others; the picture then shows what a visitor would see.
    await within(watched.inPage.evaluate(FONTS_READY), FONTS_MS, 'loading fonts').catch(() => undefined);
    return { ...complete, isStuck: false, error: null };
  } catch (failure) {
    if (failure instanceof OutOfTime) return { isReady: false, isQuiet: false, isStuck: true, error: null };
    throw failure;
  }
}
