import {
  newId,
  type Capture,
  type Exchange,
  type HeaderPairs,
  type PageRole,
  type PlannedPage,
  type Visit,
} from '#libs/domain';
import { REQUEST_LIMITS, requestOnce, type RequestLimits, type RequestTools } from './http-request';
import { type CrawlPass, type Look } from './look';
import { type Looker, type Permit } from './looker';
import { classifyAnswer, type Verdict } from './outcome';
import { pageInfoPart } from './page-info';
import { readAnswer, type ReadAnswer } from './read-answer';
import { followRedirects, type Chain } from './redirects';
import { renderNeedOf } from './render-need';
import { userAgentOf, type Identity } from './user-agent';

/** What looks over plain HTTP are made with. Dispatcher and pace may be shared and are not closed here. */
export interface HttpLookerOptions extends Omit<RequestTools, 'limits'> {
  readonly identity: Identity;
  readonly limits?: Partial<RequestLimits>;
  /** Decoded bytes of a body beyond which it is not read. */
  readonly maxDecodedBytes?: number;
}

const ACCEPT: Readonly<Record<PageRole, string>> = {
  page: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  robots: 'text/plain,*/*;q=0.5',
  sitemap: 'application/xml,text/xml,text/plain;q=0.8,*/*;q=0.5',
};

const everythingAllowed: Permit = () => ({ isAllowed: true, rule: 'robots.txt was not asked', outcome: 'ok' });

const NOTHING_READ: ReadAnswer = { document: null, markup: '', problem: null };

function verdictOf(page: PlannedPage, chain: Chain, read: ReadAnswer): Verdict {
  const exchange = chain.exchanges.at(-1);
  if (chain.failure || exchange === undefined) return chain.failure ?? { outcome: 'unreachable', detail: 'no answer' };
  if (read.problem === 'too-large')
    return { outcome: 'too-large', detail: 'decoded body is longer than the limit and was not read' };
  if (read.problem === 'undecodable' && exchange.status < 300)
    return { outcome: 'partial', detail: 'content encoding of the body cannot be undone' };
  return classifyAnswer({
    role: page.role,
    status: exchange.status,
    headers: exchange.responseHeaders,
    requestedUrl: page.url,
    finalUrl: chain.finalUrl,
    byteLength: exchange.body.length,
    truncated: exchange.truncated,
    document: read.document,
    markup: read.markup,
    isRendered: false,
  });
}

function incompletenessOf(exchanges: readonly Exchange[], verdict: Verdict): string[] {
  const cut = exchanges
    .filter(({ truncated }) => truncated !== null)
    .map(({ url, truncated }) => `body of ${url} ends early: ${truncated ?? ''}`);
  const isUnread = verdict.outcome === 'too-large' && cut.length === 0;
  return isUnread ? [verdict.detail] : cut;
}

/**
 * Looks at pages over plain HTTP: one request per hop, nothing executed, nothing fetched beside the page, no cookie
 * kept. The document is `exchange-0`; the hops before it follow in their order.
 */
export class HttpLooker implements Looker {
  readonly #tools: RequestTools;

  constructor(private readonly options: HttpLookerOptions) {
    this.#tools = { ...options, limits: { ...REQUEST_LIMITS, ...options.limits } };
  }

  async look(page: PlannedPage, pass: CrawlPass, permit: Permit = everythingAllowed): Promise<Look> {
    const askedAt = new Date();
    const userAgent = userAgentOf(this.options.identity, page.persona);
    const headers: HeaderPairs = [
      ['user-agent', userAgent],
      ['accept', ACCEPT[page.role]],
      ['accept-language', 'zh-CN,zh;q=0.9'],
      ['accept-encoding', 'gzip, br'],
    ];
    const chain = await followRedirects(page.url, permit, (url) => requestOnce(url, headers, this.#tools));
    const answer = chain.failure === null ? chain.exchanges.at(-1) : undefined;
    const read = answer ? await readAnswer(answer, page.role, this.options.maxDecodedBytes) : NOTHING_READ;
    const verdict = verdictOf(page, chain, read);
    // Waiting for the host's turn is not the page's time.
    const startedAt = chain.exchanges[0]?.startedAt ?? askedAt;
    const visit = this.#visitOf(page, chain, { ...verdict, startedAt });
    return {
      page,
      visit,
      capture: this.#captureOf(visit, chain, { userAgent, incomplete: incompletenessOf(chain.exchanges, verdict) }),
      document: read.document,
      layout: null,
      needsRender: renderNeedOf({ ...verdict, role: page.role, document: read.document }, pass.orders.render),
      found: [],
      willRetry: false,
    };
  }

  #visitOf(page: PlannedPage, chain: Chain, { outcome, detail, startedAt }: Verdict & { startedAt: Date }): Visit {
    return {
      id: newId(),
      taskId: page.taskId,
      pageId: page.pageId,
      requestedUrl: page.url,
      finalUrl: chain.finalUrl,
      redirects: chain.redirects,
      outcome,
      detail,
      httpStatus: chain.exchanges.at(-1)?.status ?? null,
      isRendered: false,
      persona: page.persona,
      startedAt,
      durationMs: Math.max(0, Date.now() - startedAt.getTime()),
    };
  }

  #captureOf(visit: Visit, chain: Chain, about: { userAgent: string; incomplete: readonly string[] }): Capture | null {
    const last = chain.exchanges.at(-1);
    if (last === undefined) return null;
    const capturedAt = new Date();
    const inOrder = [last, ...chain.exchanges.slice(0, -1)];
    const info = pageInfoPart({
      ...about,
      visit,
      finishedAt: capturedAt,
      pacePerSecond: this.#tools.pace.perSecond,
      robotsRule: chain.rule,
      connection: this.#tools.dispatcher.connectionTo(new URL(last.url).origin),
    });
    const exchanges = inOrder.map((exchange, n) => ({ name: `exchange-${n}`, kind: 'exchange', exchange }) as const);
    return { visit, capturedAt, parts: [...exchanges, info], incomplete: about.incomplete };
  }
}
