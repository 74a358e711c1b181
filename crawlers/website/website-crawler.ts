import {
  Attempts,
  decodeBody,
  MAX_SITEMAPS,
  MAX_SITEMAP_URLS,
  readSitemap,
  resolveUrl,
  RobotsGate,
  type CrawlDesk,
  type CrawlPass,
  type CrawlTools,
  type FoundPage,
  type Look,
  type RobotsRules,
} from '#crawlers/runtime';
import { type PlannedPage } from '#libs/domain';
import { takeTurns, type AddTurns } from './crawlee-turns';
import { Frontier } from './frontier';
import { foundPagesOf, linksOf } from './page-links';
import { scopeOf } from './scope';
import { SeriesSampler } from './series';

/** Links away from the start page that are followed. */
export const MAX_DEPTH = 8;

/** Pages planned for one target per page of its budget; a site that makes up addresses plans no more. */
const PLANNED_PER_BUDGETED = 20;
const PLANNED_AT_LEAST = 1_000;

/** Looks under way at once. Paced, the second one overlaps sealing with waiting; more would only choose too early. */
const CONCURRENCY = { paced: 2, unpaced: 8, browser: 2 } as const;

/** Visits a platform's site: robots.txt, sitemap, then pages in scope, the most telling first, within a budget. */
export class WebsiteCrawler {
  constructor(private readonly tools: CrawlTools) {}

  /**
   * Makes one pass. Resolves when nothing that it may visit is left, or, once aborted, when the looks under way have
   * been handed over; what was not visited stays planned.
   *
   * @throws what the desk throws; looks under way end first.
   */
  async crawl(pass: CrawlPass, desk: CrawlDesk): Promise<void> {
    if (pass.signal.aborted) return;
    await new WebsitePass(this.tools, pass, desk).run();
  }
}

class WebsitePass {
  readonly #frontier: Frontier;
  readonly #gate: RobotsGate;
  readonly #attempts: Attempts;
  readonly #sampler = new SeriesSampler();
  readonly #isInScope: (url: string) => boolean;
  readonly #plannedKeys = new Set<string>();
  readonly #maxPlanned: number;
  #sitemapUrls = 0;
  #tooDeep: { count: number; example: string } | null = null;
  #unplanned = 0;

  constructor(
    private readonly tools: CrawlTools,
    private readonly pass: CrawlPass,
    private readonly desk: CrawlDesk,
  ) {
    const { maxPages } = pass.orders;
    this.#frontier = new Frontier(pass.by === 'http' ? 'planned' : 'render', Math.max(0, maxPages - pass.seenSoFar));
    this.#gate = new RobotsGate(tools, pass, desk);
    this.#attempts = new Attempts(pass, desk, tools.retry);
    this.#isInScope = scopeOf(pass.startUrl);
    this.#maxPlanned = Math.max(PLANNED_AT_LEAST, maxPages * PLANNED_PER_BUDGETED);
    for (const { urlKey } of pass.pages) this.#plannedKeys.add(urlKey);
  }

  async run(): Promise<void> {
    const { pass } = this;
    if (pass.pages.length === 0) return;
    const rules = await this.#gate.rulesFor(pass.startUrl);
    const pages = [...pass.pages, ...(await this.#planSitemaps(rules))];
    const first = this.#frontier.add(pages).map(({ pageId }) => pageId);
    const { browser, paced, unpaced } = CONCURRENCY;
    const overHttp = pass.orders.pacePerSecond === null ? unpaced : paced;
    await takeTurns(first, pass.by === 'browser' ? browser : overHttp, (addTurns) => this.#visitNext(addTurns));
    if (!pass.signal.aborted) await this.#sayWhatWasLeftOut();
  }

  /** Asked for once: where robots.txt names none, at the usual place. */
  #planSitemaps({ sitemaps }: RobotsRules): Promise<readonly PlannedPage[]> {
    const named = sitemaps.length > 0 ? sitemaps : ['/sitemap.xml'];
    return this.desk.plan(this.#sitemapPages(named.slice(0, MAX_SITEMAPS), this.pass.startUrl));
  }

  #sitemapPages(addresses: readonly string[], base: string): FoundPage[] {
    const persona = this.pass.pages[0]?.persona ?? 'desktop';
    return addresses
      .flatMap((address) => resolveUrl(address, base) ?? [])
      .filter(({ url, urlKey }) => this.#isInScope(url) && !this.#plannedKeys.has(urlKey))
      .map((resolved) => {
        this.#plannedKeys.add(resolved.urlKey);
        return { ...resolved, role: 'sitemap', depth: 0, priority: 5, linkText: '', persona };
      });
  }

  async #visitNext(addTurns: AddTurns): Promise<void> {
    const page = this.pass.signal.aborted ? null : this.#frontier.next();
    if (page === null) return;
    await this.#gate.rulesFor(page.url);
    if (page.role === 'robots') return; // visited by the gate just now
    let planned: readonly PlannedPage[] = [];
    await this.#attempts.at(page, {
      looker: page.role === 'page' ? this.tools.looker : this.tools.http,
      permit: this.#gate.permit,
      complete: async (look) => {
        const found = await this.#foundBy(look);
        // Planned before the look is handed over: were it the other way round, a death in between would lose them.
        planned = found.length > 0 ? await this.desk.plan(found) : [];
        return this.#withScope({ ...look, found });
      },
    });
    await addTurns(this.#frontier.add(planned).map(({ pageId }) => pageId));
  }

  async #foundBy(look: Look): Promise<FoundPage[]> {
    const found = look.page.role === 'sitemap' ? await this.#foundInSitemap(look) : linksOf(look, this.#isInScope);
    return found.filter((page) => this.#admits(page));
  }

  /** Of addresses that this pass has not planned yet: whether depth, series and number let them be. */
  #admits(page: FoundPage): boolean {
    if (page.role !== 'page') return true;
    if (this.#plannedKeys.has(page.urlKey)) return false;
    if (page.depth > MAX_DEPTH) {
      this.#tooDeep = { count: (this.#tooDeep?.count ?? 0) + 1, example: this.#tooDeep?.example ?? page.url };
      return false;
    }
    if (this.#plannedKeys.size >= this.#maxPlanned) {
      this.#unplanned += 1;
      return false;
    }
    if (!this.#sampler.admits(page.urlKey)) return false;
    this.#plannedKeys.add(page.urlKey);
    return true;
  }

  async #foundInSitemap(look: Look): Promise<FoundPage[]> {
    const part =
      look.visit.outcome === 'ok' ? look.capture?.parts.find(({ name }) => name === 'exchange-0') : undefined;
    if (part?.kind !== 'exchange') return [];
    const { bytes } = await decodeBody(part.exchange);
    if (bytes === null) return [];
    const { pages, sitemaps } = await readSitemap(bytes);
    const context = { base: look.visit.finalUrl, isInScope: this.#isInScope, depth: 1, persona: look.page.persona };
    const links = pages
      .slice(0, Math.max(0, MAX_SITEMAP_URLS - this.#sitemapUrls))
      .map((href) => ({ href, text: '', kind: 'anchor' as const }));
    this.#sitemapUrls += links.length;
    // Only a sitemap of the first rank may name others: a circle of indexes ends here.
    const further = look.page.depth === 0 ? this.#sitemapPages(sitemaps, look.visit.finalUrl) : [];
    return [...further.map((page) => ({ ...page, depth: 1 })), ...foundPagesOf(links, context)];
  }

  #withScope(look: Look): Look {
    const { visit, page } = look;
    if (page.role !== 'page' || look.document === null || this.#isInScope(visit.finalUrl)) return look;
    const detail = [visit.detail, 'redirected out of scope; its links were not followed']
      .filter((part) => part !== '')
      .join('; ');
    const said = { ...visit, detail };
    return { ...look, visit: said, capture: look.capture && { ...look.capture, visit: said } };
  }

  async #sayWhatWasLeftOut(): Promise<void> {
    const { startUrl: url, orders } = this.pass;
    const at = new Date();
    const beyond = this.#frontier.beyondBudget + this.#unplanned;
    if (beyond > 0)
      await this.desk.miss({
        url,
        code: 'budget',
        detail: `${beyond} pages known and not visited; budget ${orders.maxPages} pages`,
        at,
      });
    const { leftOut, example } = this.#sampler;
    if (leftOut > 0)
      await this.desk.miss({
        url: example ?? url,
        code: 'template-sampled',
        detail: `${leftOut} pages of lists and calendars left out`,
        at,
      });
    if (this.#tooDeep)
      await this.desk.miss({
        url: this.#tooDeep.example,
        code: 'depth',
        detail: `${this.#tooDeep.count} links deeper than ${MAX_DEPTH} not followed`,
        at,
      });
  }
}
