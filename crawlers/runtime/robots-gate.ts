import { type PlannedPage } from '#libs/domain';
import { Attempts, type CrawlTools } from './attempts';
import { type CrawlDesk, type CrawlPass, type FoundPage, type Look } from './look';
import { type Looker, type Permission } from './looker';
import { HostPace } from './pace';
import { robotsRulesOf, type RobotsRules } from './robots';
import { urlKeyOf } from './url-key';

/** Rules asked for in this process, per task and origin, as long as the looker lives that fetched them. */
const remembered = new WeakMap<Looker, Map<string, Promise<RobotsRules>>>();

/** Origins whose rules are remembered for one looker; beyond it the oldest go and are asked for again. */
const MAX_REMEMBERED = 500;

const unchanged = (look: Look): Promise<Look> => Promise.resolve(look);

/** The robots.txt of an origin as a page to be planned. */
function robotsPage(origin: string, pass: CrawlPass): FoundPage {
  const url = `${origin}/robots.txt`;
  const persona = pass.pages[0]?.persona ?? 'desktop';
  return { url, urlKey: urlKeyOf(url), role: 'robots', depth: 0, priority: 0, linkText: '', persona };
}

/**
 * Asks each origin for its robots.txt before anything else is asked of it. The answer is planned, visited and handed
 * over like any page, so it is evidence. It is evidence once per task: a later pass or process that no longer knows
 * the rules fetches them again, and what allowed each page is kept with that page.
 */
export class RobotsGate {
  readonly #known = new Map<string, RobotsRules>();
  readonly #attempts: Attempts;

  constructor(
    private readonly tools: CrawlTools,
    private readonly pass: CrawlPass,
    private readonly desk: Pick<CrawlDesk, 'plan' | 'take'>,
  ) {
    this.#attempts = new Attempts(pass, desk, tools.retry);
  }

  /** The rules of an address's origin; asks for them when nobody has. Several callers share one request. */
  async rulesFor(url: string): Promise<RobotsRules> {
    const { origin } = new URL(url);
    const memory = remembered.get(this.tools.http) ?? new Map<string, Promise<RobotsRules>>();
    remembered.set(this.tools.http, memory);
    const key = `${this.pass.taskId} ${origin}`;
    const asked = memory.get(key) ?? this.#ask(origin);
    memory.set(key, asked);
    const oldest = memory.keys().next();
    if (memory.size > MAX_REMEMBERED && oldest.done !== true) memory.delete(oldest.value);
    try {
      const rules = await asked;
      this.#known.set(origin, rules);
      return rules;
    } catch (error) {
      memory.delete(key); // a fault of the store, not of the site: to be asked again
      throw error;
    }
  }

  /** What is known of an address. Where a redirect leads out of what was asked about, nothing is known and nothing refused. */
  readonly permit = (url: string): Permission =>
    this.#known.get(new URL(url).origin)?.permit(url) ?? {
      isAllowed: true,
      rule: 'robots.txt of this origin was not asked: it is no part of the target',
      outcome: 'ok',
    };

  async #ask(origin: string): Promise<RobotsRules> {
    const [page] = await this.desk.plan([robotsPage(origin, this.pass)]);
    if (page === undefined) throw new Error(`desk gave no page back for ${origin}/robots.txt`);
    const rules = await robotsRulesOf(await this.#lookAt(page));
    if (rules.crawlDelaySeconds !== null) this.tools.pace.slowDown(HostPace.hostOf(origin), rules.crawlDelaySeconds);
    return rules;
  }

  #lookAt(page: PlannedPage): Promise<Look> {
    const permit = (): Permission => ({ isAllowed: true, rule: 'robots.txt itself', outcome: 'ok' });
    const isWaiting = page.state === 'planned' || page.state === 'render';
    const attempts = isWaiting
      ? this.#attempts
      : new Attempts(this.pass, { take: () => Promise.resolve() }, this.tools.retry);
    return attempts.at(page, { looker: this.tools.http, permit, complete: unchanged });
  }
}
