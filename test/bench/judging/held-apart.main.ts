/**
 * Fails when a rule, a lexicon, a sample or a lesson of the pack shares a run of ten characters with a text that the
 * judging is measured on; part of `npm run check`. Says where, and the run: the remedy is to reword what was learned.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lessonFiles, loadPack } from '#classifiers/engine';
import { readLessons } from '#classifiers/training';
import { projectRoot } from '#libs/config';
import { heldTexts } from './held-text';
import { type Learned, repeatedIn } from './shared-runs';

const at = (...parts: string[]): string => join(projectRoot(), ...parts);
const linesOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));

/** Every text that a pack says something by: words of rules and lexicons, samples, lessons. */
function learnedIn(directory: string): Learned[] {
  const pack = loadPack(directory);
  const named = (place: string, texts: readonly string[]): Learned[] => texts.map((text) => ({ place, text }));
  const words = pack.rules.flatMap((rule) =>
    rule.detector === 'phrase' ? named(`${rule.id}.yml`, stringsIn([rule.terms, rule.evasion, rule.context])) : [],
  );
  const lexicons = Object.entries(pack.lexicons).flatMap(([name, list]) => named(`lexicons.yml $${name}`, list));
  const samples = [...pack.samples].flatMap(([id, sample]) => named(`samples/${id}.yml`, stringsIn(sample)));
  const lessons = lessonFiles(directory).flatMap((file) =>
    readLessons(file).map(({ id, text }) => ({ place: `${basename(file.path)} ${id}`, text })),
  );
  return [...words, ...lexicons, ...samples, ...lessons];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

const held = heldTexts().map(({ text }) => text);
const fixed = linesOf(at('test', 'bench', 'judging', 'fixed-phrases.txt'));
const repeated = repeatedIn(learnedIn(at('classifiers', 'rulepacks', 'notice-57')), held, fixed);
for (const { place, run, text } of repeated) process.stdout.write(`${place}\t“${run}”\t${text}\n`);
process.stdout.write(`${String(held.length)} 条留存文本，${String(repeated.length)} 处与规则、样例或训练文本重复\n`);
process.exitCode = repeated.length > 0 || held.length === 0 ? 1 : 0;
