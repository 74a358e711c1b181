import { isEmptyFor } from './emptiness';

describe('isEmptyFor', () => {
  it.each([
    '',
    ' ',
    '-',
    '——',
    '／',
    '暂无',
    '暂无数据',
    '目前暂未披露',
    'N/A',
    'null',
    '办理中',
    '正在申请中',
    '申请中。',
    '{{company.capital}}',
    '${x}',
    '以合同为准',
    '详见借款合同',
    '待更新',
    '敬请期待',
    '更新中…',
    '(暂无)'.slice(1, 3),
  ])('takes "%s" for no answer, whatever may be left empty', (value) => {
    for (const empty of ['required', 'zero', 'pending'] as const) expect(isEmptyFor({ empty }, value)).toBe(true);
  });

  it.each(['5,000万元', '0', '0元', '0笔', '0.00%', '长期', '存续', '云岭银行股份有限公司', '浙B2-20150001', '见证'])(
    'takes "%s" for an answer',
    (value) => {
      expect(isEmptyFor({ empty: 'required' }, value)).toBe(false);
    },
  );

  it('takes 无 for an answer only where there may be none', () => {
    for (const value of ['无', '无。', '未设立', '不涉及', '无（未设分支机构）']) {
      expect(isEmptyFor({ empty: 'required' }, value)).toBe(true);
      expect(isEmptyFor({ empty: 'zero' }, value)).toBe(false);
    }
  });

  it('takes words on a pending filing for an answer only where the notice allows them', () => {
    expect(isEmptyFor({ empty: 'pending' }, '等待验收中')).toBe(false);
    expect(isEmptyFor({ empty: 'pending' }, '尚未完成备案登记')).toBe(false);
    expect(isEmptyFor({ empty: 'required' }, '等待验收中')).toBe(true);
  });
});
