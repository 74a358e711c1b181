import { wordingOf } from './wording';

const runs = (text: string, from?: number, to?: number): string[] => {
  const { keys, starts, ends } = wordingOf(text, from, to);
  return [...keys].map((_, i) => text.slice(starts[i], ends[i]));
};

describe('the wording of a text', () => {
  it('is its runs of one to three characters, each with its place', () => {
    expect(runs('备付金').filter((run) => run !== '')).toEqual([
      '备',
      '备付',
      '备',
      '备付',
      '备付金',
      '付',
      '付金',
      '付金',
      '金',
      '金',
    ]);
  });

  it('names a run once, at its first place', () => {
    const { keys } = wordingOf('保本保本保本');
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('passes over white space and takes a number as one character', () => {
    expect([...wordingOf('借 1,500 元').keys]).toEqual([...wordingOf('借2,700元').keys]);
    expect([...wordingOf('借5元').keys]).not.toEqual([...wordingOf('借50000元').keys]);
  });

  it('keeps the places of the text it is cut from', () => {
    const { starts, ends } = wordingOf('前言。全额垫付', 3, 7);
    expect(Math.min(...starts)).toBe(3);
    expect(Math.max(...ends)).toBe(7);
  });

  it('of an empty text knows only that it is empty', () => {
    expect(runs('').every((run) => run === '')).toBe(true);
  });
});
