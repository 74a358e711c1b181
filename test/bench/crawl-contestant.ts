import { CheerioCrawler, Configuration } from '@crawlee/cheerio';
import { load } from 'cheerio';
import { Pool } from 'undici';

/**
 * One crawl by other people's means, of the site at ORIGIN; prints one line of JSON: pages, phrases found, seconds
 * inside the crawl.
 *
 * node dist/test/bench/crawl-contestant.js bare|crawlee ORIGIN
 */

const CONCURRENCY = 16;
const PHRASE = /风险备付金/g;

interface Outcome {
  pages: number;
  found: number;
}

/** undici and cheerio and nothing else: fetches, parses, takes text and links, stores nothing. */
async function bare(origin: string): Promise<Outcome> {
  const pool = new Pool(origin, { connections: CONCURRENCY });
  const known = new Set(['/']);
  const waiting = ['/'];
  const outcome: Outcome = { pages: 0, found: 0 };
  let underWay = 0;
  const visit = async (path: string): Promise<void> => {
    const { body } = await pool.request({ path, method: 'GET' });
    const $ = load(await body.text());
    $('a[href]').each((_, element) => {
      const url = new URL($(element).attr('href') ?? '', origin);
      if (url.origin !== origin || known.has(url.pathname)) return;
      known.add(url.pathname);
      waiting.push(url.pathname);
    });
    $('script,style').remove();
    outcome.pages += 1;
    outcome.found += $('body').text().match(PHRASE)?.length ?? 0;
  };
  await new Promise<void>((resolve, reject) => {
    const more = (): void => {
      if (waiting.length === 0 && underWay === 0) return resolve();
      while (underWay < CONCURRENCY) {
        const path = waiting.shift();
        if (path === undefined) return;
        underWay += 1;
        visit(path).then(() => ((underWay -= 1), more()), reject);
      }
    };
    more();
  });
  await pool.close();
  return outcome;
}

/** Crawlee's CheerioCrawler as its own example has it. */
async function crawlee(origin: string): Promise<Outcome> {
  const outcome: Outcome = { pages: 0, found: 0 };
  const configuration = new Configuration({ persistStorage: false });
  const crawler = new CheerioCrawler(
    {
      maxConcurrency: CONCURRENCY,
      requestHandler: async ({ $, enqueueLinks }) => {
        await enqueueLinks();
        $('script,style').remove();
        outcome.pages += 1;
        outcome.found += $('body').text().match(PHRASE)?.length ?? 0;
      },
    },
    configuration,
  );
  crawler.log.setLevel(crawler.log.LEVELS.OFF);
  await crawler.run([`${origin}/`]);
  return outcome;
}

async function main([how = '', origin = '']: string[]): Promise<void> {
  const begun = performance.now();
  const outcome = await (how === 'bare' ? bare : crawlee)(origin);
  process.stdout.write(`${JSON.stringify({ ...outcome, seconds: (performance.now() - begun) / 1000 })}\n`);
}

void main(process.argv.slice(2));
