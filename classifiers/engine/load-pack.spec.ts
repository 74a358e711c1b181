import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPack } from '.';

const RULE = `id: bad-words
title: 坏词
status: active
family: words
severity: S1
legal:
  - { instrument: 某办法, clause: 第一条, verified: true, effectiveFrom: '2016-01-01' }
validFrom: '2016-01-01'
channels: [website]
detector: phrase
terms:
  strong: [坏词语]
`;
const SAMPLES = `hits:
  - { text: 坏词语甲, quote: 坏词语, pageKind: home }
  - { text: 坏词语乙, quote: 坏词语, pageKind: home }
  - { text: 坏词语丙, quote: 坏词语, pageKind: home }
misses:
  - { text: 不提供坏词语, why: negated, pageKind: home }
  - { text: 拒绝坏词语, why: prohibited, pageKind: home }
  - { text: 禁止坏词语, why: prohibited, pageKind: home }
`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pack-'));
  mkdirSync(join(directory, 'samples'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function aPack(files: Readonly<Record<string, string>> = {}): string {
  const all = {
    'pack.yml': 'name: test-pack\ntitle: 测试\n',
    'bad-words.yml': RULE,
    'samples/bad-words.yml': SAMPLES,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(directory, name), text);
  return directory;
}

const loading = (files: Readonly<Record<string, string>>) => () => loadPack(aPack(files));

describe('loading a rule pack', () => {
  it('gives each rule a version of sixteen hex digits, the same on every load', () => {
    const first = loadPack(aPack());
    expect(first.rules.map((rule) => rule.id)).toEqual(['bad-words']);
    expect(first.rules[0]?.ruleVersion).toMatch(/^[0-9a-f]{16}$/);
    expect(loadPack(directory).version).toBe(first.version);
  });

  it('changes the version of a rule when a lexicon that it names changes, and of no other', () => {
    const named = RULE.replace('[坏词语]', '[坏词语, $more]');
    const other = RULE.replace('bad-words', 'other-words');
    const files = { 'bad-words.yml': named, 'other-words.yml': other, 'samples/other-words.yml': SAMPLES };
    const before = loadPack(aPack({ ...files, 'lexicons.yml': 'more: [甲甲]\n' }));
    const after = loadPack(aPack({ ...files, 'lexicons.yml': 'more: [乙乙]\n' }));
    expect(after.rules[0]?.ruleVersion).not.toBe(before.rules[0]?.ruleVersion);
    expect(after.rules[1]?.ruleVersion).toBe(before.rules[1]?.ruleVersion);
    expect(after.version).not.toBe(before.version);
  });

  it('does not change a version when only the spacing of the file changes', () => {
    const version = loadPack(aPack()).version;
    expect(loadPack(aPack({ 'bad-words.yml': `${RULE}\n# a remark\n` })).version).toBe(version);
  });

  it('names a misspelt key, its place and the key that was probably meant', () => {
    expect(loading({ 'bad-words.yml': RULE.replace('severity', 'serverity') })).toThrow(
      /rule file bad-words\.yml.*unknown key "serverity", did you mean "severity"\?/,
    );
    expect(loading({ 'bad-words.yml': RULE.replace('strong', 'stong') })).toThrow(
      /terms: unknown key "stong", did you mean "strong"\?/,
    );
  });

  it('refuses a rule without a legal basis', () => {
    const without = RULE.replace(/legal:\n.*\n/, 'legal: []\n');
    expect(loading({ 'bad-words.yml': without })).toThrow(/bad-words\.yml: legal: needs at least one legal basis/);
  });

  it('refuses a rule without samples, with too few, and an unproven lead', () => {
    aPack();
    rmSync(join(directory, 'samples', 'bad-words.yml'));
    expect(() => loadPack(directory)).toThrow(/samples\/bad-words\.yml: does not exist/);
    expect(loading({ 'samples/bad-words.yml': SAMPLES.replace(/.*丙.*\n/, '') })).toThrow(
      /hits: needs at least 3, has 2/,
    );
    expect(loading({ 'samples/bad-words.yml': SAMPLES.replace(/.*禁止.*\n/, '') })).toThrow(
      /misses: needs at least 3 misses/,
    );
    expect(loading({ 'samples/bad-words.yml': SAMPLES, 'bad-words.yml': RULE.replace('S1', 'S4') })).toThrow(
      /review \(an S4 rule never flags\)/,
    );
  });

  it('refuses broken YAML and a key written twice, and names the line', () => {
    expect(loading({ 'bad-words.yml': `${RULE}\nterms: [` })).toThrow(/bad-words\.yml: .*line/);
    expect(loading({ 'bad-words.yml': `${RULE}severity: S2\n` })).toThrow(/unique|duplicate/i);
  });

  it('refuses aliases that unfold without end', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    const bomb = ['l0: &l0 [lol]', ...levels].join('\n');
    expect(loading({ 'bad-words.yml': bomb })).toThrow(/bad-words\.yml: .*alias/i);
  });

  it('refuses a lexicon that nobody wrote', () => {
    expect(loading({ 'bad-words.yml': RULE.replace('[坏词语]', '[坏词语, $nowhere]') })).toThrow(
      /\$nowhere is neither a lexicon/,
    );
  });

  it('refuses a rule that could never hit', () => {
    expect(loading({ 'bad-words.yml': RULE.replace('strong: [坏词语]', 'strong: []') })).toThrow(/could never hit/);
  });

  it('refuses a file that is not named after its rule', () => {
    expect(loading({ 'good-words.yml': RULE })).toThrow(/good-words\.yml: id: is "bad-words"/);
  });

  it('refuses a directory that is not there or empty', () => {
    expect(() => loadPack(join(directory, 'nowhere'))).toThrow(/expected a directory with pack\.yml/);
    writeFileSync(join(directory, 'pack.yml'), 'name: test-pack\ntitle: 测试\n');
    expect(() => loadPack(directory)).toThrow(/at least one rule file/);
  });

  it('refuses thresholds in the wrong order and days that are none', () => {
    expect(loading({ 'bad-words.yml': `${RULE}decision: { flagAt: 0.3, reviewAt: 0.5 }\n` })).toThrow(
      /reviewAt must lie below flagAt/,
    );
    expect(loading({ 'bad-words.yml': RULE.replace("validFrom: '2016-01-01'", "validFrom: '2016-02-31'") })).toThrow(
      /validFrom: is no calendar day/,
    );
  });
});
