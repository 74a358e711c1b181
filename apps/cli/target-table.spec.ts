import { InputInvalidError } from '#libs/domain';
import { readTargetTable } from './target-table';

const header = '机构名称,统一社会信用代码,所在地区,渠道,网址';
const read = (...lines: string[]) => readTargetTable(Buffer.from([header, ...lines].join('\r\n')));

describe('a target list', () => {
  it('gives its rows in their order', () => {
    expect(read('楠栖网,91330108MA000YQ13B,330108,website,http://a.example/').rows).toEqual([
      {
        platform: '楠栖网',
        uscc: '91330108MA000YQ13B',
        region: '330108',
        channel: 'website',
        url: 'http://a.example/',
      },
    ]);
  });

  it('takes an empty code, a byte order mark and quoted cells', () => {
    const bytes = Buffer.from(`\uFEFF${header}\n"甲,乙",,44,ad,https://a.example/x\n`);
    expect(readTargetTable(bytes).rows).toMatchObject([{ platform: '甲,乙', uscc: null, channel: 'ad' }]);
  });

  it('takes columns in any order and leaves others out', () => {
    const text = '网址,备注,渠道,所在地区,统一社会信用代码,机构名称\nhttp://a.example/,x,website,11,,甲';
    expect(readTargetTable(Buffer.from(text)).rows).toMatchObject([{ platform: '甲', region: '11' }]);
  });

  it('reads what an office program saved in GB18030', () => {
    const gbk = Buffer.from([0xbb, 0xfa, 0xb9, 0xb9, 0xc3, 0xfb, 0xb3, 0xc6]); // 机构名称
    expect(() => readTargetTable(gbk)).toThrow('统一社会信用代码');
    expect(() => readTargetTable(gbk)).not.toThrow('no column 机构名称,');
  });

  it('names every bad cell by line and column and gives no reason to guess', () => {
    const { bad, rows } = read('甲,12345,99999,网站,ftp://a.example/', '乙,,11,website,http://b.example/');
    expect(bad.map((cell) => [cell.line, cell.column])).toEqual([
      [2, '统一社会信用代码'],
      [2, '所在地区'],
      [2, '渠道'],
      [2, '网址'],
    ]);
    expect(rows).toHaveLength(1);
  });

  it('is refused when columns are missing, naming them', () => {
    expect(() => readTargetTable(Buffer.from('名称,网址\n甲,http://a.example/'))).toThrow(InputInvalidError);
    expect(() => readTargetTable(Buffer.from(''))).toThrow(/机构名称/);
  });
});
