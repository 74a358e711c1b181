import { type OcrLine } from './ocr-engine';
import { joinTiles, tilesOf } from './tiles';

const aFrame = (width: number, height: number) => ({ data: Buffer.alloc(width * height * 3), width, height });

const lineAt = (text: string, y: number, height = 30): OcrLine => ({
  text,
  confidence: 0.9,
  charX: [],
  rotation: 0,
  quad: [
    [10, y],
    [300, y],
    [300, y + height],
    [10, y + height],
  ],
});

describe('tiles of a long picture', () => {
  it('are one for a banner and for a photograph', () => {
    expect(tilesOf(aFrame(1200, 400))).toHaveLength(1);
    expect(tilesOf(aFrame(1500, 1100))).toHaveLength(1);
  });

  it('cover a long page without a hole, each sharing 200 pixels with the next', () => {
    const tiles = tilesOf(aFrame(400, 5000));
    expect(tiles[0]?.y).toBe(0);
    tiles.slice(1).forEach((tile, i) => expect(tiles[i]!.y + tiles[i]!.frame.height - tile.y).toBe(200));
    const last = tiles.at(-1)!;
    expect(last.y + last.frame.height).toBe(5000);
  });

  it('give a line of the overlap once, whole, in pixels of the page', () => {
    const frame = aFrame(400, 2400);
    const [first, second] = tilesOf(frame);
    const read = [
      { tile: first!, lines: [lineAt('在两块里', 1150), lineAt('被切开', 1255, 25)] },
      { tile: second!, lines: [lineAt('在两块里', 1150 - second!.y), lineAt('被切开的一行', 1255 - second!.y)] },
    ];
    const lines = joinTiles(frame, read);
    expect(lines.map(({ text }) => text).sort()).toEqual(['在两块里', '被切开的一行'].sort());
    expect(lines.find(({ text }) => text === '被切开的一行')?.quad[0][1]).toBe(1255);
  });
});
