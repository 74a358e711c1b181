import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Channel, type Hit, type PageKind, type Reading } from '#libs/domain';
import { parseHtml } from '#libs/html';
import { readPage } from '#classifiers/extraction';
import { judgePage, type RulePack } from '#classifiers/engine';

interface Expected {
  readonly ruleId: string;
  readonly quote: string;
  readonly region: string;
}

interface LabelledPage {
  readonly path: string;
  readonly platform: string;
  readonly pageKind: PageKind;
  readonly channel: Channel;
  readonly hits: readonly Expected[];
  readonly nearMisses: readonly Expected[];
}

interface PageIndex {
  readonly asOf: string;
  readonly platforms: readonly { slug: string; name: string; verdict: string; home: string }[];
  readonly pages: readonly LabelledPage[];
}

const write = (line: string): boolean => process.stdout.write(`${line}\n`);
const plain = (text: string): string => text.replaceAll('&#8203;', '\u200b').replace(/\s+/g, '');

function readingOf(directory: string, page: LabelledPage, home: string, kinds: 'guessed' | 'labelled'): Reading {
  const html = readFileSync(join(directory, page.path), 'utf8');
  const reading = readPage({
    document: parseHtml(html),
    layout: null,
    url: `https://www.example.com/${page.path}`,
    linkText: '',
    channel: page.channel,
    isHome: page.path === home,
    contentSha256: createHash('sha256').update(html).digest('hex'),
  });
  if (kinds === 'guessed') return reading;
  return {
    ...reading,
    pageKind: page.pageKind,
    segments: reading.segments.map((it) => ({ ...it, pageKind: page.pageKind })),
  };
}

/** Whether a hit of the rule speaks of the quoted words: the quote stands in its segment and they overlap, or it holds them. */
function covers(hit: Hit, expected: Expected, isLoose = true): boolean {
  if (hit.ruleId !== expected.ruleId || hit.about.kind !== 'quote') return false;
  const segment = plain(hit.about.segmentText);
  const quote = plain(expected.quote);
  return segment.includes(quote) || quote.includes(segment) || (isLoose && quote.includes(plain(hit.about.quote)));
}

interface PageTally {
  hits: number;
  flagged: number;
  found: number;
  nearMisses: number;
  nearFlagged: number;
  unlisted: number;
}

function tallyPage(
  page: LabelledPage,
  hits: readonly Hit[],
  ruleIds: ReadonlySet<string>,
  isVerbose: boolean,
): PageTally {
  const wanted = page.hits.filter(({ ruleId }) => ruleIds.has(ruleId));
  const near = page.nearMisses.filter(({ ruleId }) => ruleIds.has(ruleId));
  const flags = hits.filter(({ verdict }) => verdict === 'flag');
  const shown = hits.filter(({ verdict }) => verdict !== 'drop');
  const missed = wanted.filter((it) => !shown.some((hit) => covers(hit, it)));
  const wrong = near.filter(
    (it) =>
      flags.some((hit) => covers(hit, it, false)) &&
      !wanted.some((hit) => hit.ruleId === it.ruleId && hit.quote.includes(it.quote)),
  );
  const unlisted = flags.filter((hit) => ![...wanted].some((it) => it.ruleId === hit.ruleId));
  if (isVerbose) {
    for (const it of missed) write(`     missed ${it.ruleId} [${it.region}] ${it.quote}`);
    for (const it of wrong) write(`     near miss flagged ${it.ruleId} [${it.region}] ${it.quote}`);
    for (const hit of unlisted)
      write(`     unlisted ${hit.ruleId} ${hit.about.kind === 'quote' ? hit.about.segmentText.slice(0, 90) : ''}`);
  }
  const flagged = wanted.filter((it) => flags.some((hit) => covers(hit, it))).length;
  return {
    hits: wanted.length,
    flagged,
    found: wanted.length - missed.length,
    nearMisses: near.length,
    nearFlagged: wrong.length,
    unlisted: unlisted.length,
  };
}

/** Judges the labelled pages of a directory and prints, page by page, what was found and what was accused wrongly. */
export function printPages(directory: string, pack: RulePack, isVerbose: boolean): void {
  const index = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8')) as PageIndex;
  const ruleIds = new Set(pack.rules.filter((rule) => rule.detector === 'phrase').map((rule) => rule.id));
  for (const kinds of ['labelled', 'guessed'] as const) {
    write(
      `\npages, kinds ${kinds}: expected hits flagged / found at all; near misses flagged; flags of rules not listed`,
    );
    for (const platform of index.platforms) {
      const sum: PageTally = { hits: 0, flagged: 0, found: 0, nearMisses: 0, nearFlagged: 0, unlisted: 0 };
      let flags = 0;
      let reviews = 0;
      for (const page of index.pages.filter((it) => it.platform === platform.slug)) {
        const reading = readingOf(directory, page, platform.home, kinds);
        const hits = judgePage(reading, pack, { asOf: index.asOf, channel: page.channel, platformName: platform.name });
        flags += hits.filter(({ verdict }) => verdict === 'flag').length;
        reviews += hits.filter(({ verdict }) => verdict === 'review').length;
        if (isVerbose)
          write(
            `   ${page.path} ${page.pageKind}${reading.pageKind === page.pageKind ? '' : ` read as ${reading.pageKind}`}`,
          );
        const tally = tallyPage(page, hits, ruleIds, isVerbose);
        for (const key of Object.keys(sum) as (keyof PageTally)[]) sum[key] += tally[key];
      }
      write(
        `${platform.slug.padEnd(14)}${platform.verdict.padEnd(14)} ${sum.flagged}/${sum.found} of ${sum.hits}; near misses flagged ${sum.nearFlagged} of ${sum.nearMisses}; unlisted ${sum.unlisted}; flags ${flags}, reviews ${reviews}`,
      );
    }
  }
}
