import { decodeHtml } from './decode';

const CHINESE = '网络借贷信息中介机构信息披露，出借有风险，请谨慎选择。';
/** 信息披露 运营数据 in GBK, and words enough to tell. */
const GBK = Buffer.from('d0c5cfa2c5fbc2b6d4cbd3aacafdbeddcdf8c2e7bde8b4fbd0c5cfa2d6d0bde9bbfab9b9', 'hex');
const GBK_TEXT = '信息披露运营数据网络借贷信息中介机构';

const page = (meta: string, body: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`<html><head>${meta}</head><body>`), body]);
const META_UTF8 = '<meta charset="utf-8">';
const META_GBK = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">';

describe('decodeHtml', () => {
  it('reads what is declared when the bytes agree', () => {
    const read = decodeHtml(page(META_GBK, GBK), null);
    expect(read).toMatchObject({ charset: 'gb18030', declared: 'gb2312', wasOverridden: false });
    expect(read.html).toContain(GBK_TEXT);
  });

  it('reads GBK that is declared as UTF-8', () => {
    const read = decodeHtml(page(META_UTF8, GBK), 'text/html; charset=UTF-8');
    expect(read).toMatchObject({ charset: 'gb18030', declared: 'utf-8', wasOverridden: true });
    expect(read.html).toContain(GBK_TEXT);
  });

  it('reads UTF-8 that is declared as GBK, by header and by meta', () => {
    const bytes = page(META_GBK, Buffer.from(CHINESE));
    for (const header of [null, 'text/html; charset=gbk']) {
      expect(decodeHtml(bytes, header)).toMatchObject({ charset: 'utf-8', wasOverridden: true });
      expect(decodeHtml(bytes, header).html).toContain(CHINESE);
    }
  });

  it('reads UTF-8 that is declared as Big5 or as Latin', () => {
    for (const label of ['big5', 'iso-8859-1']) {
      expect(decodeHtml(Buffer.from(CHINESE), `text/html; charset=${label}`)).toMatchObject({
        html: CHINESE,
        charset: 'utf-8',
      });
    }
  });

  it('reads Big5 that is declared and is Big5', () => {
    const read = decodeHtml(Buffer.from('adb7c049b3c6aaf7', 'hex'), 'text/html; charset=big5');
    expect(read).toMatchObject({ html: '風險備金', charset: 'big5', wasOverridden: false });
  });

  it('keeps the declared encoding where a few bytes fit both', () => {
    // 联通 in GBK is valid UTF-8 by chance.
    const read = decodeHtml(Buffer.from('c1aacda8', 'hex'), 'text/html; charset=gbk');
    expect(read).toMatchObject({ html: '联通', charset: 'gb18030', wasOverridden: false });
  });

  it('stays with UTF-8 when one character was cut in the middle', () => {
    const cut = Buffer.concat([Buffer.from(CHINESE), Buffer.from([0xe9, 0xa3]), Buffer.from(CHINESE)]);
    expect(decodeHtml(cut, 'text/html; charset=gbk').charset).toBe('utf-8');
    expect(decodeHtml(cut, null).charset).toBe('utf-8');
  });

  it('takes a byte order mark before everything else', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(CHINESE, 'utf16le')]);
    expect(decodeHtml(utf16, 'text/html; charset=gbk')).toMatchObject({
      html: CHINESE,
      charset: 'utf-16le',
      wasOverridden: true,
    });
    expect(decodeHtml(Buffer.from(`\ufeff${CHINESE}`), 'text/html; charset=gbk').html).toBe(CHINESE);
  });

  it('passes over an unknown label in the header and asks the meta', () => {
    const read = decodeHtml(page(META_GBK, GBK), 'text/html; charset=klingon');
    expect(read).toMatchObject({ charset: 'gb18030', declared: 'gb2312' });
  });

  it('does not take a charset out of a comment', () => {
    expect(decodeHtml(page('<!-- <meta charset="big5"> -->', GBK), null)).toMatchObject({
      charset: 'gb18030',
      declared: null,
    });
  });

  it('finds a meta that stands behind much else', () => {
    const bytes = page(`${'<meta name="x" content="y">'.repeat(100)}${META_GBK}`, GBK);
    expect(decodeHtml(bytes, null).declared).toBe('gb2312');
  });

  it('reads nothing as nothing and rubbish as something', () => {
    expect(decodeHtml(new Uint8Array(), null)).toEqual({
      html: '',
      charset: 'utf-8',
      declared: null,
      wasOverridden: false,
    });
    expect(decodeHtml(Buffer.from([0xff, 0x80, 0xff, 0x80, 0x00]), 'text/html; charset=utf-8').html).not.toBe('');
  });
});
