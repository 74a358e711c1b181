import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SENTENCES, sentenceOf } from './sentences';

const source = readFileSync(path.resolve(__dirname, '../../../libs/domain/errors.ts'), 'utf8');
const codes = [...source.matchAll(/readonly code = '([A-Z_]+)'/g)].map((match) => match[1] ?? '');

describe('the sentences people read', () => {
  it('are looked up for more than ten codes, so that the search below is not empty', () => {
    expect(codes.length).toBeGreaterThan(10);
  });

  it.each(codes)('there is one in Chinese for %s', (code) => {
    expect(SENTENCES[code]).toMatch(/[\u4e00-\u9fff]{4}/);
  });

  it('fall back to a general one for an unknown code', () => {
    expect(sentenceOf('NO_SUCH_CODE')).toBe('操作未能完成');
  });
});
