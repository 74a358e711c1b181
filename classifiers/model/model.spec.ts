import { fit, keyOfName, KeyTable, readModel, WordModel, writeModel, wordingOf } from './index';

const texts = ['平台全额垫付', '本平台不垫付', '全额垫付本金', '从不垫付', '逾期垫付', '不承诺垫付'];
const NONE = new Uint32Array(0);
const holds = [1, 0, 1, 0, 1, 0];

function learned(): WordModel {
  const keys = Uint32Array.from([...new Set(texts.flatMap((text) => [...wordingOf(text).keys]))]).sort();
  const blank = new WordModel([], keys, new Float32Array(0));
  const examples = texts.map((text) => blank.rowsOf(wordingOf(text).keys, NONE));
  const truth = (example: number): number => holds[example] ?? 0;
  const weights = fit(
    { examples, truth, outputs: 1, rowCount: keys.length },
    { epochs: 20, rate: 0.3, weightOfTrue: 1 },
  );
  return new WordModel(['垫付'], keys, Float32Array.from(weights));
}

const scoreOf = (model: WordModel, text: string): number => model.scoreOf(model.rowsOf(wordingOf(text).keys, NONE), 0);

describe('a word model', () => {
  it('tells an offer from its denial after a few lessons', () => {
    const model = learned();
    expect(scoreOf(model, '全额垫付')).toBeGreaterThan(0);
    expect(scoreOf(model, '平台不垫付')).toBeLessThan(0);
  });

  it('learns the same to the last bit from the same lessons', () => {
    expect([...learned().weights]).toEqual([...learned().weights]);
  });

  it('gives every output at once what it gives one by one', () => {
    const model = learned();
    const rows = model.rowsOf(wordingOf('逾期全额垫付').keys, NONE);
    expect([...model.scoresOf(rows)][0]).toBeCloseTo(model.scoreOf(rows, 0), 10);
  });

  it('finds rows by open addressing, also among keys of one slot', () => {
    const keys = Uint32Array.from({ length: 40 }, (_, i) => i * 128);
    const table = new KeyTable(keys);
    expect([...keys].map((key) => table.rowOf(key))).toEqual([...keys.keys()]);
    expect(table.rowOf(1)).toBe(-1);
  });

  it('takes no name for words', () => {
    expect(wordingOf('page-kind=help').keys).not.toContain(keyOfName('page-kind=help'));
  });
});

describe('a model file', () => {
  const parts = {
    learnedFrom: 'abc',
    offer: learned(),
    topics: learned(),
    weights: new Map([
      ['offer', 0.5],
      ['always', -1.25],
    ]),
    thresholds: { flagAt: 0.9, reviewAt: 0.2 },
  };

  it('gives back a model that scores as the written one, to a thousandth', () => {
    const read = readModel(writeModel(parts));
    expect(scoreOf(read.offer, '全额垫付')).toBeCloseTo(scoreOf(parts.offer, '全额垫付'), 2);
    expect([...read.weights].sort()).toEqual([...parts.weights].sort());
    expect(read.thresholds).toEqual(parts.thresholds);
  });

  it('is the same to the last byte when written again', () => {
    expect(writeModel(readModel(writeModel(parts)))).toBe(writeModel(parts));
  });

  it('has another digest as soon as one weight differs', () => {
    const other = { ...parts, weights: new Map([['offer', 0.6]]) };
    expect(readModel(writeModel(other)).digest).not.toBe(readModel(writeModel(parts)).digest);
  });

  it.each(['', '{}', '{"learnedFrom":1}', 'no json'])('refuses %j', (text) => {
    expect(() => readModel(text)).toThrow();
  });
});
