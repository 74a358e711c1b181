import { OutOfTime } from './body-reader';
import { Gatherer, type Gathered } from './gather';
import { type LookLimits } from './look-limits';
import { type Seen } from './look-of-seen';
import { type LookSession } from './look-session';
import { outcomeOfFailure } from './navigation-outcome';
import { PageOpener } from './open-everything';
import { PageClock } from './page-clock';
import { settle, type Settled } from './settle';

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

/**
 * Goes to an address, waits, opens what can be opened, and takes what is there.
 *
 * @param begun When the look began, in milliseconds of `performance.now()`.
 */
export async function see(session: LookSession, url: string, limits: LookLimits, begun: number): Promise<Seen> {
  const settled = await settleIn(session, url, limits);
  session.recorder.isLocked = true;
  const nothing = nothingToTake(session, settled, limits);
  if (nothing !== null) return nothing;
  if (settled.isStuck) await session.interrupt();
  const opener = settled.isStuck ? null : await open(session, limits, begun);
  const gathered = await gather(session, limits);
  return { verdict: lateness(settled, limits), gathered, opener, isQuiet: settled.isQuiet };
}

const unseen = (verdict: Seen['verdict']): Seen => ({ verdict, gathered: null, opener: null, isQuiet: false });

/** What is seen when no page stands there: it was not reached, or is a file, or led to where nothing is. */
function nothingToTake({ recorder, page }: LookSession, settled: Settled, limits: LookLimits): Seen | null {
  const { mainDocument: main, lastNavigation: last } = recorder;
  const { error } = settled;
  if (main === null) return unseen(error === null ? lateness(settled, limits) : outcomeOfFailure(last, error));
  if (error !== null && (main.isDownload || main.truncated !== null)) return unseen(null);
  if (!/^(chrome-error|about):/i.test(page.url())) return null;
  return unseen(last === main ? null : outcomeOfFailure(last, last?.failure ?? ''));
}

/** Null when the page came in time: then what it says decides. */
function lateness(settled: Settled, limits: LookLimits): Seen['verdict'] {
  if (settled.isStuck || !settled.isReady)
    return { outcome: 'timeout', detail: `page did not settle within ${seconds(limits.settleMs)}` };
  if (!settled.isQuiet)
    return { outcome: 'partial', detail: `requests were still under way after ${seconds(limits.settleMs)}` };
  return null;
}

async function settleIn(session: LookSession, url: string, limits: LookLimits): Promise<Settled> {
  const { page, inPage, recorder } = session;
  const clock = new PageClock(limits.settleMs, () => recorder.waiting > 0);
  try {
    return await settle({ page, inPage, recorder, clock, limits }, url);
  } finally {
    clock.stop();
  }
}

async function open(session: LookSession, limits: LookLimits, begun: number): Promise<PageOpener> {
  const { page, inPage, recorder } = session;
  const clock = new PageClock(limits.openingMs, () => recorder.waiting > 0);
  const opener = new PageOpener({ page, inPage, recorder, clock, limits }, begun);
  try {
    await opener.run();
  } catch (error) {
    recorder.note(`opening what can be opened broke off: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof OutOfTime) await session.interrupt();
  } finally {
    clock.stop();
  }
  return opener;
}

async function gather(session: LookSession, limits: LookLimits): Promise<Gathered | null> {
  try {
    return await new Gatherer(session.cdp, session.inPage, limits.gatherMs).gather();
  } catch (error) {
    session.recorder.note(`dom is missing: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
