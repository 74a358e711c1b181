import { fold, originalSpan, spanInOriginal, viewOf, type Folded } from '.';

/** A small generator, so that a failing string can be made again from its seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const POOL = [
  ...'风險备付金校園贷abcＡＢＣ１２３ ，。·*\u200b\u200d\u202e\ufeff㎡½ﬁ①㈱𝐗𝐘😀🎓⼀⻋\t\n<b></b>é\u0301',
  '\ud800',
  '\udc00',
  '\u0000',
];

function randomText(next: () => number): string {
  const length = Math.floor(next() * 60);
  return Array.from({ length }, () => POOL[Math.floor(next() * POOL.length)] ?? '').join('');
}

function isMapWhole(original: string, { text, map }: Folded): boolean {
  const isOrdered = map.every((place, at) => at === 0 || place >= (map[at - 1] ?? 0));
  const isInside = map.slice(0, -1).every((place) => place >= 0 && place < original.length);
  return map.length === text.length + 1 && map.at(-1) === original.length && isOrdered && isInside;
}

describe('folding', () => {
  it('maps every folded unit back into the original, in order', () => {
    const next = randomFrom(57);
    const broken = Array.from({ length: 3000 }, () => randomText(next)).filter((original) =>
      [fold(original), viewOf(original).squeezed].some((folded) => !isMapWhole(original, folded)),
    );
    expect(broken).toEqual([]);
  });

  it('gives a span whose own folding holds the folded text again', () => {
    const next = randomFrom(141);
    const broken = Array.from({ length: 2000 }, () => randomText(next)).filter((original) => {
      const folded = fold(original);
      const start = Math.floor(next() * folded.text.length);
      const end = start + Math.floor(next() * (folded.text.length - start + 1));
      const span = originalSpan(folded, start, end);
      const isInside = span.start >= 0 && span.end <= original.length && span.start <= span.end;
      return !isInside || !fold(original.slice(span.start, span.end)).text.includes(folded.text.slice(start, end));
    });
    expect(broken).toEqual([]);
  });

  it('is the same when done twice', () => {
    const next = randomFrom(8);
    for (let round = 0; round < 500; round += 1) {
      const once = fold(randomText(next)).text;
      expect(fold(once).text).toBe(once);
    }
  });

  it.each([
    ['traditional', '風險備付金', '风险备付金'],
    ['full width', 'ＡＢＣ１２３％', 'abc123%'],
    ['mathematical letters', '𝐗𝐘𝐃', 'xyd'],
    ['zero-width and bidirectional marks', '校\u200b园\u202e贷\ufeff', '校园贷'],
    ['radicals', '⻋⻢⼀⾦', '车马一金'],
    ['ligatures and units', 'ﬁ㎡', 'fim2'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ])('evens out %s', (_, original, folded) => {
    expect(fold(original).text).toBe(folded);
  });

  it('keeps Chinese punctuation as written', () => {
    expect(fold('真的吗？！（是）：《法》，好。').text).toBe('真的吗？！（是）：《法》，好。');
  });

  it('folds nothing into nothing', () => {
    expect(fold('').text).toBe('');
    expect(originalSpan(fold(''), 0, 0)).toEqual({ start: 0, end: 0 });
  });
});

describe('finding a disguised word at its exact place', () => {
  it.each([
    ['校*园*贷', '校园贷'],
    ['校 园 贷', '校园贷'],
    ['校·园·贷', '校园贷'],
    ['校|园|贷', '校园贷'],
    ['保.本', '保本'],
    ['无 需 抵 押', '无需抵押'],
    ['校🎓园🎓贷', '校园贷'],
    ['风\u200b险\u200b备\u200b付\u200b金', '风险备付金'],
    ['風·險·備·付·金', '风险备付金'],
    ['<b>备</b>付<i>金</i>', '备付金'],
    ['砍-头-息', '砍头息'],
    ['备付💰金', '备付金'],
    ['必_下_款', '必下款'],
    ['⻋贷', '车贷'],
  ])('%s', (disguised, word) => {
    const text = `前文，${disguised}，后文`;
    const view = viewOf(text);
    const at = view.text.indexOf(word);
    expect(at).toBeGreaterThanOrEqual(0);
    const { start, end } = spanInOriginal(view, at, at + word.length);
    const quote = text.slice(start, end);
    expect(disguised).toContain(quote);
    expect(quote.startsWith([...disguised].find((it) => /\p{Script=Han}/u.test(it)) ?? '')).toBe(true);
    expect(quote.endsWith(disguised.replace(/<[^>]*>$/, '').at(-1) ?? '')).toBe(true);
  });

  it('keeps separators that part whole words', () => {
    expect(viewOf('线上 活期产品').text).toBe('线上 活期产品');
    expect(viewOf('无视负债_急速过件').text).toBe('无视负债_急速过件');
  });

  it.each([
    ['质堡服务专款', '质保服务专款'],
    ['备府金', '备付金'],
    ['枚园贷款', '校园贷款'],
    ['营止部地扯', '营业部地址'],
  ])('reads %s as %s', (written, meant) => {
    expect(viewOf(written).even).toBe(viewOf(meant).even);
  });

  it('reads letters among digits as digits, and leaves words alone', () => {
    expect(viewOf('5OO-50O0元').repaired).toBe('500-5000元');
    expect(viewOf('iphone8').repaired).toBe('iphone8');
  });
});
