import { type Hit, type QuoteAbout } from '#libs/domain';
import { boxPictureHits, readPictures, type PictureOnPage } from './picture-segments';

const even = (text: string): number[] => Array.from(text, (_, i) => (i + 0.5) / text.length);

/** A line of 20 px a character, 20 px high, at the left edge of its picture. */
function aLine(text: string, top: number, left = 0) {
  const right = left + text.length * 20;
  const quad = [
    [left, top],
    [right, top],
    [right, top + 20],
    [left, top + 20],
  ] as const;
  return { text, confidence: 0.99, quad, charX: even(text), rotation: 0 as const };
}

function aPicture(lines: ReturnType<typeof aLine>[], more: Partial<PictureOnPage> = {}): PictureOnPage {
  return {
    path: '/html[1]/body[1]/img[1]',
    region: 'main',
    box: { x: 100, y: 50, w: 200, h: 100 },
    result: { lines, width: 400, height: 200, imageSha256: 'aa' },
    ...more,
  };
}

const page = { contentSha256: 'cc', pageKind: 'home', title: '首页', readerVersion: 'reader-x' } as const;

const aHit = (path: string, segmentText: string, quote: string): Hit => {
  const start = segmentText.indexOf(quote);
  const end = start + quote.length;
  const about: QuoteAbout = {
    ...{ kind: 'quote', path, segmentText, source: 'ocr', region: 'main', pageKind: 'home' },
    ...{ start, end, quote, box: null },
  };
  return { ruleId: 'r', ruleVersion: '0', verdict: 'flag', score: 1, clause: '', cues: [], about };
};

const boxOf = (hits: readonly Hit[]) => (hits[0]?.about as QuoteAbout).box;

describe('the text of pictures', () => {
  it('joins lines of one size below each other, so that a word broken over them is whole', () => {
    const { segments } = readPictures([aPicture([aLine('平台设立风险', 10), aLine('备付金三千万', 34)])], page);
    expect(segments.map(({ text, source, path }) => [text, source, path])).toEqual([
      ['平台设立风险备付金三千万', 'ocr', '/html[1]/body[1]/img[1]/ocr[1]'],
    ]);
  });

  it('keeps apart what stands apart: another column, a far line, the end of a sentence', () => {
    const lines = [aLine('第一段。', 10), aLine('第二段', 34), aLine('很远的一段', 150), aLine('另一栏', 174, 250)];
    const { segments } = readPictures([aPicture(lines)], page);
    expect(segments.map(({ text }) => text)).toEqual(['第一段。', '第二段', '很远的一段', '另一栏']);
  });

  it('is another content when a picture is, and the same when it is not', () => {
    const one = readPictures([aPicture([aLine('甲', 0)])], page).contentSha256;
    expect(readPictures([aPicture([aLine('甲', 0)])], page).contentSha256).toBe(one);
    const result = { lines: [], width: 1, height: 1, imageSha256: 'bb' };
    expect(readPictures([aPicture([], { result })], page).contentSha256).not.toBe(one);
  });
});

describe('the box of words in a picture', () => {
  it('holds the quoted words alone, in pixels of the page in which the picture was drawn', () => {
    const picture = aPicture([aLine('平台设立风险备付金', 40)]);
    const hits = boxPictureHits(
      [aHit('/html[1]/body[1]/img[1]/ocr[1]', '平台设立风险备付金', '风险备付金')],
      [picture],
    );
    // 4 characters of 20 px before it, drawn at half size from (100, 50).
    expect(boxOf(hits)).toEqual({ x: 140, y: 70, w: 50, h: 10 });
  });

  it('spans both lines of a word that is broken over them', () => {
    const picture = aPicture([aLine('平台设立风险', 10), aLine('备付金三千万', 34)]);
    const path = '/html[1]/body[1]/img[1]/ocr[1]';
    const box = boxOf(boxPictureHits([aHit(path, '平台设立风险备付金三千万', '风险备付金')], [picture]));
    expect(box).toEqual({ x: 100, y: 55, w: 60, h: 22 });
  });

  it('is null for a picture that was not drawn', () => {
    const picture = aPicture([aLine('风险备付金', 0)], { box: null });
    expect(
      boxOf(boxPictureHits([aHit('/html[1]/body[1]/img[1]/ocr[1]', '风险备付金', '风险备付金')], [picture])),
    ).toBeNull();
  });
});
