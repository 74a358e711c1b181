import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgePage, loadPack, MODEL_FILE } from '#classifiers/engine';
import { readText } from '#classifiers/extraction';
import { trainPack } from './index';

const RULES = ['risk-reserve-advertising', 'principal-guarantee'];
const source = join(__dirname, '..', 'rulepacks', 'notice-57');
const quiet = (): void => undefined;

const lesson = (id: number, text: string, labels: string[], near: string[]): string =>
  JSON.stringify({ id: `t${String(id)}`, text, labels, near, kind: 'plain', channel: 'website', pageKind: 'home' });

/** A pack of two rules with forty lessons. */
function aPack(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pack-'));
  mkdirSync(join(directory, 'samples'));
  mkdirSync(join(directory, 'training', 'apart'), { recursive: true });
  for (const file of ['pack.yml', 'lexicons.yml']) cpSync(join(source, file), join(directory, file));
  for (const id of RULES)
    for (const file of [`${id}.yml`, join('samples', `${id}.yml`)]) cpSync(join(source, file), join(directory, file));
  const lines = Array.from({ length: 20 }, (_, i) => [
    lesson(
      2 * i,
      `平台设立${String(i + 1)}00万元风险备付金，第${String(i)}期逾期先行垫付`,
      ['risk-reserve-advertising'],
      [],
    ),
    lesson(2 * i + 1, `本平台第${String(i)}次重申：不设风险备付金，不承诺保本`, [], RULES),
  ]).flat();
  writeFileSync(join(directory, 'training', 'apart', 'lessons.jsonl'), `${lines.join('\n')}\n`);
  return directory;
}

describe('training a pack', () => {
  let directory: string;
  beforeEach(() => {
    directory = aPack();
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });
  const model = (): string => readFileSync(join(directory, MODEL_FILE), 'utf8');
  const flagged = (text: string): string[] =>
    judgePage(readText(text, { pageKind: 'home' }), loadPack(directory), { asOf: '2018-09-01', channel: 'website' })
      .filter(({ verdict }) => verdict === 'flag')
      .map(({ ruleId }) => ruleId);

  it('writes the same model to the last byte from the same pack', () => {
    trainPack(directory, quiet);
    const first = model();
    rmSync(join(directory, MODEL_FILE));
    trainPack(directory, quiet);
    expect(model()).toBe(first);
  });

  it('does nothing when the model was learned from the very same', () => {
    expect(trainPack(directory, quiet).isNew).toBe(true);
    expect(trainPack(directory, quiet).isNew).toBe(false);
  });

  it('makes a model that flags the offer and leaves the denial alone', () => {
    trainPack(directory, quiet);
    expect(loadPack(directory).model).not.toBeNull();
    expect(flagged('平台设立8800万元风险备付金，逾期先行垫付')).toContain('risk-reserve-advertising');
    expect(flagged('本平台在此重申：不设风险备付金')).toEqual([]);
  });

  it('leaves a model of other lessons unused, and rules then judge alone under another version', () => {
    trainPack(directory, quiet);
    const taught = loadPack(directory);
    writeFileSync(
      join(directory, 'training', 'apart', 'more.jsonl'),
      `${lesson(99, '风险备付金充足', [RULES[0] ?? ''], [])}\n`,
    );
    const alone = loadPack(directory);
    expect(alone.model).toBeNull();
    expect(alone.version).not.toBe(taught.version);
  });

  it('names the file and the line of a lesson that is none', () => {
    writeFileSync(join(directory, 'training', 'apart', 'bad.jsonl'), `${lesson(1, '好', [], [])}\n{"id":"x"}\n`);
    expect(() => trainPack(directory, quiet)).toThrow(/bad\.jsonl.*line 2/s);
  });

  it('says so when a pack has no lessons', () => {
    rmSync(join(directory, 'training'), { recursive: true });
    expect(() => trainPack(directory, quiet)).toThrow(/without lessons/);
  });

  it('refuses a model file that is none, with the remedy', () => {
    writeFileSync(join(directory, MODEL_FILE), '{"torn":');
    expect(() => loadPack(directory)).toThrow(/rules train/);
  });
});
