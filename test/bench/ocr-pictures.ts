import sharp from 'sharp';

/** A picture with what stands in it. */
export interface DrawnPicture {
  readonly group: 'screen' | 'camera' | 'traditional';
  readonly kind: string;
  readonly bytes: Buffer;
  readonly texts: readonly string[];
}

/** Rule terms that are drawn and looked for. */
export const TERMS =
  '风险备付金 风险准备金 本息保障 保本保息 零风险 校园贷 现金贷 首付贷 随借随还 本金垫付 国资背景 活期产品 秒到账 刚性兑付 学生借款 无抵押 稳赚不赔 银行存管 线下门店 保险承保 年化收益 逾期代偿 凭身份证 不查征信'.split(
    ' ',
  );
/** The same kind of words as pages in traditional characters have them. */
export const TRADITIONAL =
  '風險備付金 風險準備金 本息保障 校園貸 現金貸 首付貸 隨借隨還 學生借款 無抵押 穩賺不賠 銀行存管 保險承保 年化收益 憑身份證'.split(
    ' ',
  );
const BEFORE = ['本平台设立', '新手专享', '限时推出', '我们承诺', '千万用户信赖', '今日上线', '全面升级'];
const AFTER = ['安心之选', '马上加入', '名额有限', '全程护航', '值得托付', '好礼不停'];
const BENIGN = ['网贷有风险出借须谨慎', '客服热线工作日九点至十八点', '关于调整提现时间的公告', '公司地址与联系方式'];
const FONTS = ['Noto Serif CJK SC', 'Noto Sans CJK SC', 'WenQuanYi Zen Hei'];
const COLOURS = [
  ['#ffffff', '#1b1b1b'],
  ['#c62828', '#fff3c4'],
  ['#0d47a1', '#ffffff'],
  ['#ff8f00', '#4a1500'],
  ['#e8eaf6', '#5c6bc0'],
] as const;

/** Numbers between 0 and 1, the same for the same seed. — mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

function slogans(random: Random, count: number, terms = TERMS): string[] {
  return Array.from({ length: count }, (_, i) => {
    const number = pick(random, [
      '',
      '',
      `${(random() * 18 + 3).toFixed(1)}%`,
      `${Math.floor(random() * 9 + 1)}00万元`,
    ]);
    return terms !== TERMS || i % 5 < 4
      ? `${pick(random, BEFORE)}${pick(random, terms)}${number}${random() < 0.5 ? pick(random, AFTER) : ''}`
      : pick(random, BENIGN);
  });
}

interface Style {
  readonly size: number;
  readonly gap: number;
  readonly text: string;
  readonly transform: string;
  readonly ground: string;
}

/** Lines of text one below the other on a ground; 60 pixels of margin for what turns. */
function draw(
  texts: readonly string[],
  random: Random,
  style: Partial<Style> & { colours?: readonly [string, string] } = {},
): Buffer {
  const size = style.size ?? 30 + Math.floor(random() * 26);
  const step = size * (style.gap ?? 1.7);
  const width = Math.round(Math.max(...texts.map((it) => it.length)) * size * 1.08 + 120);
  const height = Math.round(texts.length * step + 120);
  const [ground, ink] = style.colours ?? pick(random, COLOURS);
  const font = pick(random, FONTS);
  const lines = texts.map(
    (text, i) =>
      `<text x="60" y="${60 + size + i * step}" font-family="${font}" font-size="${size}" fill="${ink}" ${style.text ?? ''}>${text}</text>`,
  );
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="${ground}"/><stop offset="1" stop-color="#8884"/></linearGradient></defs><rect width="${width}" height="${height}" fill="${ground}"/>${style.ground ?? ''}<g transform="${style.transform ?? ''}">${lines.join('')}</g></svg>`,
  );
}

const shapes = (random: Random): string =>
  Array.from(
    { length: 40 },
    () =>
      `<circle cx="${random() * 900}" cy="${random() * 400}" r="${random() * 40}" fill="hsl(${random() * 360} 60% 70%)" opacity=".5"/>`,
  ).join('');

/** Grain as of a sensor, over the whole picture. */
async function grained(picture: sharp.Sharp, sigma: number, quality: number): Promise<Buffer> {
  const flat = await picture.png().toBuffer({ resolveWithObject: true });
  const { width, height } = flat.info;
  const noise = await sharp({
    create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma } },
  })
    .png()
    .toBuffer();
  return sharp(flat.data)
    .composite([{ input: noise, blend: 'soft-light' }])
    .jpeg({ quality })
    .toBuffer();
}

type Maker = (texts: readonly string[], random: Random) => Promise<Buffer>;
const png = (svg: Buffer): Promise<Buffer> => sharp(svg).png().toBuffer();

const SCREEN: Readonly<Record<string, Maker>> = {
  plain: (texts, random) => png(draw(texts, random)),
  shapes: (texts, random) => png(draw(texts, random, { ground: shapes(random), colours: ['#fafafa', '#111111'] })),
  outline: (texts, random) =>
    png(draw(texts, random, { text: 'stroke="#000" stroke-width="1.5"', size: 52, colours: ['#7cb342', '#ffffff'] })),
  turned: (texts, random) =>
    png(draw(texts, random, { transform: `translate(0 20) rotate(${(random() * 8 - 4).toFixed(1)} 400 100)` })),
  spaced: (texts, random) => png(draw(texts, random, { text: 'letter-spacing="1"', size: 34 })),
  jpeg: (texts, random) => sharp(draw(texts, random)).jpeg({ quality: 38 }).toBuffer(),
  thumb: async (texts, random) => {
    const drawn = await sharp(draw(texts, random, { size: 36 }))
      .png()
      .toBuffer({ resolveWithObject: true });
    return sharp(drawn.data)
      .resize(Math.round(drawn.info.width * 0.42))
      .png()
      .toBuffer();
  },
  app: (texts, random) => png(draw(texts, random, { size: 14, gap: 2.2, colours: ['#ffffff', '#333333'] })),
  upsideDown: async (texts, random) => sharp(draw(texts, random)).rotate(180).png().toBuffer(),
};

const STAMP =
  '<g transform="rotate(-14 380 120)" opacity=".55"><circle cx="380" cy="120" r="70" fill="none" stroke="#c00" stroke-width="7"/><path d="M380 80l12 30h32l-26 20 10 32-28-20-28 20 10-32-26-20h32z" fill="#c00"/></g>';

const CAMERA: Readonly<Record<string, Maker>> = {
  leaflet: (texts, random) =>
    grained(
      sharp(
        draw(texts, random, {
          ground: '<rect width="100%" height="100%" fill="url(#g)"/>',
          transform: `translate(10 30) rotate(${(random() * 10 - 5).toFixed(1)} 400 100) skewX(${(random() * 12 - 6).toFixed(1)})`,
        }),
      ).blur(1),
      22,
      60,
    ),
  stamped: (texts, random) =>
    grained(sharp(draw(texts, random, { ground: STAMP, colours: ['#fffdf5', '#222222'] })).blur(0.8), 18, 65),
  dim: (texts, random) => grained(sharp(draw(texts, random)).modulate({ brightness: 0.55 }).blur(1.2), 30, 50),
  shopFront: (texts, random) =>
    grained(
      sharp(
        draw(texts, random, {
          size: 60,
          ground: shapes(random),
          transform: `skewY(${(random() * 8 - 4).toFixed(1)}) translate(0 40)`,
        }),
      ).blur(1.6),
      20,
      55,
    ),
};

/** Draws `rounds` pictures of every kind, three lines each, and one long page per round; the same for the same seed. */
export async function* drawnPictures(rounds: number, seed: number): AsyncGenerator<DrawnPicture> {
  for (let round = 0; round < rounds; round += 1) {
    const random = seeded(seed + round);
    for (const [kind, make] of Object.entries(SCREEN))
      yield await drawn('screen', kind, slogans(random, 3), (it) => make(it, random));
    for (const [kind, make] of Object.entries(CAMERA))
      yield await drawn('camera', kind, slogans(random, 4), (it) => make(it, random));
    yield await drawn('traditional', 'plain', slogans(random, 4, TRADITIONAL), (it) => png(draw(it, random)));
    if (round % 5 === 0)
      yield await drawn('screen', 'long', slogans(random, 40), (it) => png(draw(it, random, { size: 30 })));
  }
}

async function drawn(
  group: DrawnPicture['group'],
  kind: string,
  texts: readonly string[],
  make: (texts: readonly string[]) => Promise<Buffer>,
): Promise<DrawnPicture> {
  return { group, kind, texts, bytes: await make(texts) };
}

/** Pictures without a word: gradients, shapes, grain. */
export async function textlessPictures(count: number, seed: number): Promise<Buffer[]> {
  const random = seeded(seed);
  return Promise.all(
    Array.from({ length: count }, (_, i) => {
      const svg = Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="400"><rect width="900" height="400" fill="hsl(${random() * 360} 50% 60%)"/>${shapes(random)}</svg>`,
      );
      return i % 2 === 0 ? sharp(svg).blur(6).png().toBuffer() : grained(sharp(svg).blur(2), 25, 70);
    }),
  );
}
