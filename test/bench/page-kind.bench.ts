import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Channel, type PageKind } from '#libs/domain';
import { decodeHtml, guessPageKind, parseHtml } from '#libs/html';

interface Known {
  readonly path: string;
  readonly pageKind: PageKind;
  readonly channel: Channel;
  readonly serveAs: string;
}

/** Kinds that the labels do not keep apart: a notice is counted as news there, a 标的 as a product. */
const SAME_LABEL: Partial<Record<PageKind, PageKind>> = { notice: 'news', loan: 'product' };

/**
 * Compares guessed kinds of page with labelled ones and prints both. Once with the link text that leads to each page,
 * and once blind to addresses, so that short English file names do not carry the result.
 *
 * node dist/test/bench/page-kind.bench.js DIRECTORY   (with index.json and the pages)
 */
function main(directory: string): void {
  const { pages } = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8')) as { pages: Known[] };
  for (const isBlind of [false, true]) {
    const wrong: string[] = [];
    for (const known of pages) {
      const bytes = readFileSync(join(directory, known.path));
      const document = parseHtml(decodeHtml(bytes, 'text/html; charset=utf-8').html);
      const url = isBlind ? 'https://site.example/1' : `https://site.example/${known.path.replace(/^[^/]+\//, '')}`;
      const guessed = guessPageKind({
        document,
        url,
        linkText: '',
        channel: known.channel,
        isHome: known.pageKind === 'home',
      });
      const label = SAME_LABEL[guessed] ?? guessed;
      if (label !== known.pageKind) wrong.push(`${known.path}: ${known.pageKind}, guessed ${guessed}`);
    }
    const right = pages.length - wrong.length;
    process.stdout.write(`${isBlind ? 'without addresses' : 'with addresses'}: ${right} of ${pages.length} right\n`);
    for (const line of wrong) process.stdout.write(`  ${line}\n`);
  }
}

main(process.argv[2] ?? '.');
