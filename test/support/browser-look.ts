import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import {
  newId,
  type CapturePart,
  type Exchange,
  type PageId,
  type PlannedPage,
  type RunOrders,
  type TaskId,
} from '#libs/domain';
import { HostPace, type CrawlPass, type Look } from '#crawlers/runtime';
import {
  BrowserLooker,
  findBrowser,
  type BrowserLookerOptions,
  type FoundBrowser,
  type RenderedPageInfo,
} from '#crawlers/runtime/browser';

const IDENTITY = { version: '0.0.0', contact: 'tests@example.invalid' };

const ON_THIS_MACHINE = [
  process.env.CHROMIUM_PATH,
  ...['chromium-headless-shell', 'chromium', 'google-chrome'].map((name) => `/usr/bin/${name}`),
  chromium.executablePath(),
].some((path) => path !== undefined && path !== '' && existsSync(path));

/** A suite that needs a browser: skipped where there is none, and its name says so. */
export function describeWithBrowser(name: string, suite: () => void): void {
  if (ON_THIS_MACHINE) describe(name, suite);
  else describe.skip(`${name} (skipped: no browser on this machine)`, suite);
}

/** The browser of this machine. */
export function testBrowser(): Promise<FoundBrowser> {
  return findBrowser({ chromiumPath: process.env.CHROMIUM_PATH });
}

/** A page to be looked at, and the pass it belongs to; loopback is allowed unless told otherwise. */
export function aPass(url: string, orders: Partial<RunOrders> = {}): { page: PlannedPage; pass: CrawlPass } {
  const taskId = newId<TaskId>();
  const page: PlannedPage = {
    taskId,
    pageId: newId<PageId>(),
    url,
    urlKey: url,
    role: 'page',
    depth: 0,
    priority: 0,
    state: 'render',
    renderReason: 'asked',
    linkText: '',
    persona: 'desktop',
  };
  const given: RunOrders = {
    pacePerSecond: null,
    maxPages: 10,
    render: 'browser',
    allowAddresses: ['127.0.0.0/8'],
    asOf: '2018-03-01',
    ...orders,
  };
  const signal = new AbortController().signal;
  return { page, pass: { taskId, startUrl: url, orders: given, by: 'browser', pages: [page], seenSoFar: 0, signal } };
}

/** A looker without pacing that remembers nothing; close it. */
export function aBrowserLooker(browser: FoundBrowser, options: Partial<BrowserLookerOptions> = {}): BrowserLooker {
  return new BrowserLooker({ browser, pace: new HostPace(null), identity: IDENTITY, browsers: 1, ...options });
}

export function exchangesIn(look: Look): readonly Exchange[] {
  return (look.capture?.parts ?? []).flatMap((part) => (part.kind === 'exchange' ? [part.exchange] : []));
}

export function bytesOf(look: Look, name: CapturePart['name']): Uint8Array {
  const part = look.capture?.parts.find((one) => one.name === name);
  if (part?.kind !== 'resource') throw new Error(`the capture has no part ${name}`);
  return part.bytes;
}

export function pageInfoOf(look: Look): RenderedPageInfo {
  return JSON.parse(Buffer.from(bytesOf(look, 'pageinfo')).toString()) as RenderedPageInfo;
}
