/**
 * Prints how well the pack judges texts that nothing was learned from: `npm run bench:judging [-- --texts FOLDER]
 * [--pack DIR] [--pages DIR] [--rules-alone]`. Every share stands with its 95 % interval and what it counts. Writes
 * what was judged otherwise than labelled to `test-output/judging-confusions.txt`, for a person to read.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPack } from '#classifiers/engine';
import { projectRoot } from '#libs/config';
import { confusionList } from './confusions';
import { calibrationError, f1, flagPrecision, flagRecall, negatives, recall, reviewShare, touched } from './figures';
import { heldTexts, HELD_FOLDER } from './held-text';
import { told } from './interval';
import { judgeHeld, pairsOf, type JudgedText, type Pair } from './judge-held';
import { printPages } from './judge-pages';

const write = (line = ''): boolean => process.stdout.write(`${line}\n`);
const { values: options } = parseArgs({
  options: {
    texts: { type: 'string', default: HELD_FOLDER },
    pack: { type: 'string', default: join(projectRoot(), 'classifiers', 'rulepacks', 'notice-57') },
    pages: { type: 'string' },
    'rules-alone': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const loaded = loadPack(resolve(options.pack));
const pack = options['rules-alone'] ? { ...loaded, model: null } : loaded;
if (!pack.model && !options['rules-alone']) {
  throw new Error(
    'the pack has no model that fits it; run "npm run build" or "mingcha rules train", or give --rules-alone',
  );
}
const texts = heldTexts(resolve(options.texts));
const ruleIds = pack.rules.filter((rule) => rule.detector === 'phrase').map(({ id }) => id);
const judged = texts.map((text) => judgeHeld(text, pack));
const pairs = pairsOf(judged, ruleIds);
const where = (holds: (one: JudgedText) => boolean): Pair[] => pairs.filter((pair) => holds(pair.judged));
const line = (name: string, of: readonly Pair[]): string =>
  `${name.padEnd(30)} P ${told(flagPrecision(of)).padEnd(34)} R ${told(flagRecall(of)).padEnd(34)} R+review ${told(recall(of)).padEnd(34)} F1 ${f1(of).toFixed(3)}`;

write(
  `${String(texts.length)} held texts, pack ${pack.name} ${pack.version}, ${pack.model ? `model ${pack.model.digest}` : 'rules alone'}`,
);
write(line('all', pairs));
write(
  line(
    'explicit',
    where(({ held }) => !held.implicit),
  ),
);
write(
  line(
    'implicit',
    where(({ held }) => held.implicit),
  ),
);
const disguised = ['obfuscated', 'pinyin-mixed', 'traditional'];
for (const kind of disguised)
  write(
    line(
      kind,
      where(({ held }) => held.kind === kind),
    ),
  );
write(
  line(
    'disguised',
    where(({ held }) => disguised.includes(held.kind)),
  ),
);

const clean = negatives(judged);
const tempting = clean.filter(({ held }) => held.kind !== 'benign');
write();
write(`false flags, all negatives but benign  ${told(touched(tempting, 'flag'))}`);
write(
  `false flags, benign                    ${told(
    touched(
      clean.filter(({ held }) => held.kind === 'benign'),
      'flag',
    ),
  )}`,
);
const kinds = [...new Set(clean.map(({ held }) => held.kind))].sort();
for (const kind of kinds) {
  const of = clean.filter(({ held }) => held.kind === kind);
  write(`  ${kind.padEnd(18)} flagged ${told(touched(of, 'flag')).padEnd(34)} asked ${told(touched(of, 'review'))}`);
}
write(`review share of candidates  ${told(reviewShare(judged))}`);
const calibration = calibrationError(pairs);
write(`expected calibration error  ${calibration.error.toFixed(4)} (${String(calibration.pairs)} suspicions)`);

write('\nby rule');
for (const id of ruleIds)
  write(
    line(
      id,
      pairs.filter(({ ruleId }) => ruleId === id),
    ),
  );
write('\nby kind of text');
for (const kind of [...new Set(texts.map(({ kind: it }) => it))].sort())
  write(
    line(
      kind,
      where(({ held }) => held.kind === kind),
    ),
  );
write('\nby channel');
for (const channel of [...new Set(texts.map(({ channel: it }) => it))].sort())
  write(
    line(
      channel,
      where(({ held }) => held.channel === channel),
    ),
  );

const output = join(projectRoot(), 'test-output');
mkdirSync(output, { recursive: true });
writeFileSync(join(output, 'judging-confusions.txt'), confusionList(pairs));
write(`\nwhat was judged otherwise than labelled: test-output/judging-confusions.txt`);
if (options.pages !== undefined) printPages(resolve(options.pages), pack, options.verbose);
