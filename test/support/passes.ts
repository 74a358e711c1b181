import { newId, type PlannedPage, type RunOrders } from '#libs/domain';
import { urlKeyOf, type CrawlPass } from '#crawlers/runtime';

/** Orders that reach loopback without pacing. */
export function someOrders(given: Partial<RunOrders> = {}): RunOrders {
  return {
    pacePerSecond: null,
    maxPages: 100,
    render: 'auto',
    allowAddresses: ['127.0.0.0/8'],
    asOf: '2018-03-01',
    ...given,
  };
}

/** A page as a task plans it. */
export function aPage(given: Partial<PlannedPage> = {}): PlannedPage {
  const url = given.url ?? 'http://a.test/';
  return {
    taskId: newId(),
    pageId: newId(),
    url,
    urlKey: urlKeyOf(url),
    role: 'page',
    depth: 0,
    priority: 0,
    state: 'planned',
    renderReason: null,
    linkText: '',
    persona: 'desktop',
    ...given,
  };
}

/** A pass over HTTP that begins at one address. */
export function aPass(given: Partial<CrawlPass> = {}): CrawlPass {
  const startUrl = given.startUrl ?? 'http://a.test/';
  return {
    taskId: newId(),
    startUrl,
    orders: someOrders(),
    by: 'http',
    pages: [aPage({ url: startUrl })],
    seenSoFar: 0,
    signal: new AbortController().signal,
    ...given,
  };
}
