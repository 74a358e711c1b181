import { RuleSchemaError } from '#libs/domain';
import { loadPack } from '#classifiers/engine';
import { loadChecklist, parseChecklist } from './checklist';

const PACK = 'classifiers/rulepacks/notice-57';

const ITEM = `
  - id: A1
    name: 备案信息
    rule: missing-filing-block
    labels: [备案信息]
    legal: { instrument: 银监办发〔2017〕113号, clause: 第七条, verified: true }`;
const file = (items: string): string => `version: 1\ntitle: 披露事项\nholidays: {}\nitems:${items}\n`;
const refusal = (text: string): string => {
  try {
    parseChecklist('checklist.yml', text);
  } catch (error) {
    if (error instanceof RuleSchemaError) return error.message;
    throw error;
  }
  return 'was accepted';
};

describe('the checklist of notice-57', () => {
  const checklist = loadChecklist(PACK);

  it('holds every item of filing, organisation, audit and operation, in order', () => {
    const ids = checklist.items.map((it) => it.id);
    const span = (letter: string, count: number, width: number): string[] =>
      Array.from({ length: count }, (_, i) => `${letter}${String(i + 1).padStart(width, '0')}`);
    expect(ids).toEqual(
      expect.arrayContaining([
        ...span('A', 5, 1),
        ...span('B', 25, 2),
        ...span('C', 3, 1),
        ...span('D', 21, 2),
        ...span('F', 7, 1),
        ...span('G', 4, 1),
      ]),
    );
    expect(ids).toEqual(ids.toSorted());
  });

  it('names for each item the rule that lists it, and the reverse', () => {
    const listed = loadPack(PACK).rules.flatMap((rule) =>
      rule.detector === 'absence' ? rule.items.map((id) => `${rule.id} ${id}`) : [],
    );
    const named = checklist.items.filter((it) => it.rule !== null).map((it) => `${it.rule ?? ''} ${it.id}`);
    expect(named.toSorted()).toEqual(listed.toSorted());
  });
});

describe('a checklist file', () => {
  it('is read with what it leaves out filled in', () => {
    const [item] = parseChecklist('checklist.yml', file(ITEM)).items;
    expect(item).toMatchObject({
      value: 'text',
      empty: 'required',
      applies: 'all',
      due: null,
      places: ['home', 'disclosure', 'about'],
    });
  });

  it('is refused for a misspelt key, naming the place', () => {
    expect(refusal(file(ITEM.replace('labels', 'lables')))).toContain('items.0');
    expect(refusal(file(ITEM.replace('labels', 'lables')))).toContain('lables');
  });

  it('is refused for an id twice, a bad pattern, an unrecognisable item and no YAML', () => {
    expect(refusal(file(ITEM + ITEM))).toContain('A1: stands twice');
    expect(refusal(file(`${ITEM}\n    shownBy: ['(a']`))).toContain('"(a" is no regular expression');
    expect(refusal(file(ITEM.replace('labels: [备案信息]', 'labels: []')))).toContain(
      'nothing tells how it is recognised',
    );
    expect(refusal('items: [')).toContain('rule file checklist.yml');
    expect(refusal(file(ITEM.replace('verified: true', 'verified: maybe')))).toContain('items.0.legal.verified');
  });

  it('is refused when it does not exist', () => {
    expect(() => loadChecklist('classifiers/rulepacks/nowhere')).toThrow(RuleSchemaError);
  });
});
