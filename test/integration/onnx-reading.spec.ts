import sharp from 'sharp';
import { ForkedOcrEngine } from '#classifiers/extraction/ocr';
import { aBanner, drawing, READER_FROM_SOURCE, words } from '../support/drawn-picture';

describe('what only the onnx reader reads', () => {
  jest.setTimeout(120_000);
  const engine = new ForkedOcrEngine('onnx', { program: READER_FROM_SOURCE });
  const read = async (picture: Buffer) => engine.recognize(picture);
  afterAll(() => engine.stop());

  it('reads a picture that stands on its head, or lies on either side, in the order of its words', async () => {
    const banner = await aBanner();
    const upright = (await read(banner)).lines.map(({ text }) => text);
    expect(upright).toEqual(['平台设立风险备付金', '预期年化收益12.5%']);
    for (const turn of [90, 180, 270] as const) {
      const { lines } = await read(await sharp(banner).rotate(turn).png().toBuffer());
      expect(lines.map(({ text }) => text)).toEqual(upright);
      expect(new Set(lines.map(({ rotation }) => rotation))).toEqual(new Set([turn]));
    }
  });

  it('reads columns from the right', async () => {
    const column = (text: string, x: number) =>
      [...text].map((it, i) => words(it, x, 60 + i * 48, 'font-size="40"')).join('');
    const picture = drawing(240, 420, `${column('风险备付金', 150)}${column('本息有保障', 50)}`);
    expect((await read(await sharp(picture).png().toBuffer())).lines.map(({ text }) => text)).toEqual([
      '风险备付金',
      '本息有保障',
    ]);
  });

  it('reads every line of a page ten times as long as a screen, each once', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => `第${1000 + i}条借款人应当按期还款`);
    const body = lines.map((line, i) => words(line, 40, 60 + i * 62, 'font-size="26"')).join('');
    const found = await read(
      await sharp(drawing(750, 7500, body))
        .png()
        .toBuffer(),
    );
    expect(found.lines.map(({ text }) => text)).toEqual(lines);
  });

  it('reads the first, the middle and the last slogan of an animation, and says which', async () => {
    const frames = await Promise.all(
      ['风险备付金', '本息全额保障', '学生专享借款'].map((it) => aBanner(it, '投资有风险')),
    );
    const gif = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [300, 300, 300] })
      .toBuffer();
    const { lines } = await read(gif);
    expect(lines.map(({ text, frame }) => [text, frame])).toEqual(
      expect.arrayContaining([
        ['风险备付金', 0],
        ['本息全额保障', 1],
        ['学生专享借款', 2],
      ]),
    );
  });
});
