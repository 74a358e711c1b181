import { Attempts, type CrawlTools } from './attempts';
import { type CrawlDesk, type CrawlPass } from './look';
import { RobotsGate } from './robots-gate';

/** Visits targets that are one page: an app's listing, an advertisement's landing page. Follows redirects and no links. */
export class SinglePageCrawler {
  constructor(private readonly tools: CrawlTools) {}

  /** Visits the pages that wait, in the order given; robots.txt of their origins first. Stops between pages when aborted. */
  async crawl(pass: CrawlPass, desk: CrawlDesk): Promise<void> {
    const gate = new RobotsGate(this.tools, pass, desk);
    const attempts = new Attempts(pass, desk, this.tools.retry);
    for (const page of pass.pages) {
      if (pass.signal.aborted) return;
      await gate.rulesFor(page.url);
      if (page.role !== 'page') continue;
      await attempts.at(page, {
        looker: this.tools.looker,
        permit: gate.permit,
        complete: (look) => Promise.resolve(look),
      });
    }
  }
}
