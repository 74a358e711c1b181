import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findSightings,
  loadChecklist,
  placesOf,
  settleDisclosure,
  type Checklist,
  type PlacedSighting,
  type PlacePage,
} from '#classifiers/disclosure';
import { readPage } from '#classifiers/extraction';
import { type Channel, type DisclosureItemState, type DisclosureState, type EvidenceId } from '#libs/domain';
import { decodeHtml, parseHtml } from '#libs/html';

type States = Readonly<Record<string, DisclosureItemState>>;
interface Truth {
  readonly asOf: string;
  readonly platforms: Readonly<Record<string, { readonly items: States }>>;
}
interface Known {
  readonly path: string;
  readonly platform: string;
  readonly channel: Channel;
}
interface Site {
  readonly directory: string;
  readonly platform: string;
  readonly pages: readonly Known[];
  readonly asOf: string;
}

function settleSite(site: Site, checklist: Checklist): DisclosureState[] {
  const placed: PlacedSighting[] = [];
  const seen: PlacePage[] = [];
  for (const known of site.pages.filter((page) => page.channel === 'website')) {
    const bytes = readFileSync(join(site.directory, known.path));
    const document = parseHtml(decodeHtml(bytes, 'text/html; charset=utf-8').html);
    const url = `https://site.example/${known.path.slice(site.platform.length + 1)}`;
    const isHome = known.path.endsWith('index.html');
    const facts = { document, layout: null, url, linkText: '', channel: known.channel, isHome, contentSha256: '' };
    const reading = readPage(facts);
    const evidenceId = url as EvidenceId;
    for (const sighting of findSightings(reading, checklist, site.asOf, document))
      placed.push({ url, evidenceId, sighting });
    seen.push({
      url,
      pageKind: reading.pageKind,
      outcome: 'ok',
      isRendered: true,
      title: document.title,
      linkText: '',
    });
  }
  return settleDisclosure({ sightings: placed, places: placesOf(seen, true), unread: [], checklist, asOf: site.asOf });
}

interface Tally {
  same: number;
  all: number;
  called: number;
  calledRightly: number;
  absent: number;
}

/** Counts one state against the truth. */
function count(tally: Tally, found: DisclosureItemState, truth: DisclosureItemState): void {
  tally.all += 1;
  if (found === truth) tally.same += 1;
  if (truth === 'absent') tally.absent += 1;
  if (found !== 'absent') return;
  tally.called += 1;
  if (truth === 'absent') tally.calledRightly += 1;
}

const aTally = (): Tally => ({ same: 0, all: 0, called: 0, calledRightly: 0, absent: 0 });
const lineOf = (name: string, t: Tally): string =>
  `${name.padEnd(14)} states ${t.same}/${t.all}   absent: said ${t.called}, right ${t.calledRightly}, true ${t.absent}\n`;

class Scores {
  private readonly tallies = new Map<string, Tally>();
  private readonly wrong: string[] = [];

  add(platform: string, state: DisclosureState, expected: DisclosureItemState): void {
    const { item, reason, value } = state;
    for (const key of ['all', platform, `block ${item[0] ?? ''}`, item]) {
      const tally = this.tallies.get(key) ?? aTally();
      this.tallies.set(key, tally);
      count(tally, state.state, expected);
    }
    if (state.state === expected) return;
    this.wrong.push(`${platform} ${item}: is ${expected}, said ${state.state} (${reason ?? ''}) ${value ?? ''}`);
  }

  print(): void {
    for (const [key, tally] of this.tallies) process.stdout.write(lineOf(key, tally));
    for (const line of this.wrong) process.stdout.write(`  ${line}\n`);
  }
}

/**
 * Compares settled states with known ones and prints them over all, per platform, per block and per item.
 *
 * node dist/test/bench/disclosure.bench.js DIRECTORY [PACK]   (with index.json, disclosure-truth.json and the pages)
 */
function main(directory: string, pack: string): void {
  const checklist = loadChecklist(pack);
  const truth = JSON.parse(readFileSync(join(directory, 'disclosure-truth.json'), 'utf8')) as Truth;
  const { pages } = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8')) as { pages: Known[] };
  const scores = new Scores();
  for (const [platform, { items }] of Object.entries(truth.platforms)) {
    const own = pages.filter((page) => page.platform === platform);
    const states = settleSite({ directory, platform, pages: own, asOf: truth.asOf }, checklist);
    for (const state of states) scores.add(platform, state, items[state.item] ?? 'not-checkable');
  }
  scores.print();
}

main(process.argv[2] ?? '.', process.argv[3] ?? 'classifiers/rulepacks/notice-57');
