/**
 * Prints how well the rules judge labelled sentences: `node dist/test/bench/judge-sentences.bench.js SENTENCES.jsonl
 * [--half tune|held] [--families A,B] [--verbose] [--pages DIRECTORY] [--misses RULE]`. A line is `{id, text, labels, near, debatable?, kind,
 * channel, pageKind}`. Halves are cut by SHA-256 of the id; tune on one, report the other.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Channel, type Hit, type PageKind } from '#libs/domain';
import { judgePage, loadPack } from '#classifiers/engine';
import { readText } from '#classifiers/extraction';
import { printPages } from './judge-pages';

export interface Sentence {
  readonly id: string;
  readonly text: string;
  readonly labels: readonly string[];
  readonly near?: readonly string[];
  readonly debatable?: readonly string[];
  readonly kind: string;
  readonly channel: Channel;
  readonly pageKind: PageKind;
}

interface Tally {
  flagged: number;
  flaggedRight: number;
  positives: number;
  foundByFlag: number;
  foundAtAll: number;
  reviewedWrong: number;
}

const write = (line: string): boolean => process.stdout.write(`${line}\n`);
const percent = (part: number, whole: number): string =>
  whole === 0 ? '   -' : `${((100 * part) / whole).toFixed(1)}%`;

function halfOf(id: string): 'tune' | 'held' {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 0 ? 'tune' : 'held';
}

function readSentences(file: string, half: string | undefined): Sentence[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const all = lines.map((line) => JSON.parse(line) as Sentence);
  return half === undefined ? all : all.filter(({ id }) => halfOf(id) === half);
}

function strongest(hits: readonly Hit[], ruleId: string): string {
  const verdicts = hits.filter((hit) => hit.ruleId === ruleId).map((hit) => hit.verdict);
  return verdicts.includes('flag') ? 'flag' : verdicts.includes('review') ? 'review' : 'none';
}

function count(tally: Tally, isLabelled: boolean, verdict: string): void {
  if (isLabelled) {
    tally.positives += 1;
    if (verdict === 'flag') tally.foundByFlag += 1;
    if (verdict !== 'none') tally.foundAtAll += 1;
  } else if (verdict === 'review') tally.reviewedWrong += 1;
  if (verdict !== 'flag') return;
  tally.flagged += 1;
  if (isLabelled) tally.flaggedRight += 1;
}

function line(name: string, t: Tally): string {
  const cells = [
    t.positives,
    percent(t.flaggedRight, t.flagged),
    percent(t.foundByFlag, t.positives),
    percent(t.foundAtAll, t.positives),
  ];
  return `${name.padEnd(28)}${cells.map((cell) => String(cell).padStart(10)).join('')}${String(t.flagged - t.flaggedRight).padStart(8)}${String(t.reviewedWrong).padStart(8)}`;
}

function explain(sentence: Sentence, hits: readonly Hit[], ruleId: string): void {
  const hit = hits.find((it) => it.ruleId === ruleId);
  const cues =
    hit?.cues.map((cue) => `${cue.name}${cue.weight > 0 ? '+' : ''}${cue.weight}(${cue.quote ?? ''})`).join(' ') ??
    'no trigger';
  write(
    `   ${sentence.id} ${sentence.pageKind} ${sentence.kind} | ${sentence.text} || ${hit?.verdict ?? '-'} ${hit?.score ?? ''} ${cues}`,
  );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    half: { type: 'string' },
    families: { type: 'string' },
    pages: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    misses: { type: 'string' },
    pack: { type: 'string' },
  },
});
const file = positionals[0];
if (file === undefined) throw new Error('give the JSONL of labelled sentences as first argument');
const pack = loadPack(resolve(values.pack ?? 'classifiers/rulepacks/notice-57'));
const families = values.families?.split(',');
const ruleIds = pack.rules
  .filter((rule) => rule.detector === 'phrase' && (families?.includes(rule.family) ?? true))
  .map((rule) => rule.id);
const empty = (): Tally => ({
  flagged: 0,
  flaggedRight: 0,
  positives: 0,
  foundByFlag: 0,
  foundAtAll: 0,
  reviewedWrong: 0,
});
const tallies = new Map(ruleIds.map((id) => [id, empty()]));
const total = empty();
const sentences = readSentences(file, values.half);
let characters = 0;
const startedAt = performance.now();
const judged = sentences.map((sentence) => {
  characters += sentence.text.length;
  const reading = readText(sentence.text, { pageKind: sentence.pageKind });
  return { sentence, hits: judgePage(reading, pack, { asOf: '2018-09-01', channel: sentence.channel }) };
});
const elapsedMs = performance.now() - startedAt;
for (const { sentence, hits } of judged) {
  for (const ruleId of ruleIds) {
    if (sentence.debatable?.includes(ruleId)) continue;
    const verdict = strongest(hits, ruleId);
    const isLabelled = sentence.labels.includes(ruleId);
    const tally = tallies.get(ruleId);
    if (tally) count(tally, isLabelled, verdict);
    count(total, isLabelled, verdict);
    const isWrong = isLabelled ? verdict === 'none' : verdict === 'flag';
    if (isWrong && (values.misses === ruleId || values.misses === 'all')) explain(sentence, hits, ruleId);
  }
}
write(`${sentences.length} sentences (${values.half ?? 'all'}), pack ${pack.name} ${pack.version}`);
write(
  `${'rule'.padEnd(28)}${['positive', 'flag P', 'flag R', 'flag+rev R'].map((cell) => cell.padStart(10)).join('')}${'falseF'.padStart(8)}${'falseR'.padStart(8)}`,
);
for (const [ruleId, tally] of tallies) write(line(ruleId, tally));
write(line('all', total));
const negatives = judged.filter(
  ({ sentence }) => sentence.labels.length === 0 && (sentence.debatable ?? []).length === 0,
);
const touched = (verdict: string): number =>
  negatives.filter(({ hits }) => hits.some((hit) => hit.verdict === verdict)).length;
write(`negatives ${negatives.length}: with a flag ${touched('flag')}, with a review ${touched('review')}`);
write(`${elapsedMs.toFixed(0)} ms, ${((characters * 3) / 1e3 / elapsedMs).toFixed(2)} MB/s`);
if (values.pages !== undefined) printPages(values.pages, pack, values.verbose);
