import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { ForkedOcrEngine, type OcrEngine, ResultCache } from '#classifiers/extraction/ocr';
import { aBanner, drawing, READER_FROM_SOURCE, words } from '../support/drawn-picture';

type Settings = NonNullable<ConstructorParameters<typeof ForkedOcrEngine>[1]>;

/** A header that promises 20,000 by 20,000 pixels. */
function aBomb(): Promise<Buffer> {
  const create = { width: 20_000, height: 20_000, channels: 3 as const, background: '#fff' };
  return sharp({ create, limitInputPixels: false }).png({ compressionLevel: 9 }).toBuffer();
}

/** What every adapter of the OCR port promises. */
export function describeOcrEngine(adapter: 'onnx' | 'tesseract'): void {
  const program = READER_FROM_SOURCE;
  const open = (settings: Settings = {}): OcrEngine => new ForkedOcrEngine(adapter, { program, ...settings });

  describe(`OCR engine ${adapter}`, () => {
    jest.setTimeout(120_000);
    let engine: OcrEngine;
    let banner: Buffer;

    beforeAll(async () => {
      engine = open();
      banner = await aBanner('设立风险备付金', '平台贷款说明');
    });
    afterAll(() => engine.stop());

    it('names its models with their hashes before it reads', async () => {
      const { models } = await engine.start();
      expect(models.length).toBeGreaterThan(0);
      for (const { sha256 } of models) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    });

    it('reads the lines of a banner from the top, with the place of each and of its characters', async () => {
      const { status, lines, width, height } = await engine.recognize(banner);
      expect([status, width, height]).toEqual(['text', 640, 200]);
      expect(lines.map(({ text }) => text)).toEqual(['设立风险备付金', '平台贷款说明']);
      const [first] = lines;
      expect(first?.quad[0][0]).toBeGreaterThan(20);
      expect(first?.quad[2][1]).toBeLessThan(120);
      expect(first?.charX).toHaveLength(7);
      expect(first?.charX).toEqual([...(first?.charX ?? [])].sort((a, b) => a - b));
    });

    it('finds no text in a flat picture, and says which gate said so', async () => {
      const flat = await sharp(drawing(400, 200, '', '#3a7'))
        .png()
        .toBuffer();
      expect(await engine.recognize(flat)).toMatchObject({ status: 'no_text', reason: 'flat', lines: [] });
      const dot = await sharp(drawing(20, 20, '', '#3a7'))
        .png()
        .toBuffer();
      expect(await engine.recognize(dot)).toMatchObject({ status: 'no_text', reason: 'too-small' });
    });

    it('rejects whatever is no picture or too large a one, and reads the next', async () => {
      const bad: readonly (readonly [Buffer, string])[] = [
        [Buffer.alloc(0), 'empty'],
        [Buffer.from('<html>404</html>'), 'no-picture'],
        [banner.subarray(0, 100), 'undecodable'],
        [banner.subarray(0, banner.length - 400), 'undecodable'],
        [Buffer.alloc(15_000_001, 7), 'too-many-bytes'],
        [await aBomb(), 'too-many-pixels'],
        [drawing(60_000, 60_000, ''), 'too-many-pixels'],
        [
          Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'),
          'svg-with-entities',
        ],
      ];
      for (const [bytes, reason] of bad) {
        expect(await engine.recognize(bytes)).toMatchObject({ status: 'rejected', reason, lines: [], text: '' });
      }
      expect((await engine.recognize(banner)).status).toBe('text');
    });

    it('reads light words on nothing, a page of WebP and one of AVIF', async () => {
      const seeThrough = drawing(400, 100, words('风险备付金', 40, 70, 'font-size="44" fill="#fff"'), 'none');
      expect((await engine.recognize(await sharp(seeThrough).png().toBuffer())).text).toBe('风险备付金');
      const lossless = await sharp(banner).webp({ lossless: true }).toBuffer();
      expect((await engine.recognize(lossless)).text).toContain('风险备付金');
      expect((await engine.recognize(await sharp(banner).avif({ quality: 90 }).toBuffer())).text).toContain(
        '风险备付金',
      );
    });

    it('ends a picture at its deadline, and reads the next', async () => {
      expect(await engine.recognize(banner, { deadlineMs: 1 })).toMatchObject({
        status: 'timeout',
        reason: 'deadline',
      });
      expect((await engine.recognize(banner)).status).toBe('text');
    });

    it('ends a reader above its memory cap, and goes on with another', async () => {
      const body = Array.from({ length: 60 }, (_, i) => words(`第${i}条风险备付金说明文字`, 30, 80 + i * 60)).join('');
      const page = await sharp(drawing(700, 3700, body))
        .png()
        .toBuffer();
      const small = open({ limits: { killBytes: 1 } });
      try {
        expect(await small.recognize(page)).toMatchObject({ status: 'failed', reason: 'memory-cap' });
        const flat = await sharp(drawing(400, 200, '', '#3a7'))
          .png()
          .toBuffer();
        expect((await small.recognize(flat)).status).toBe('no_text');
      } finally {
        await small.stop();
      }
    });

    it('answers from the cache what the same engine has read before, also after its reader was replaced', async () => {
      const directory = await mkdtemp(path.join(tmpdir(), 'mingcha-ocr-'));
      const cached = open({ cache: new ResultCache(directory), limits: { recycleAfter: 1 } });
      try {
        const first = await cached.recognize(banner);
        // A reader would not be done in a millisecond; what was kept needs none.
        expect(await cached.recognize(banner, { deadlineMs: 1 })).toEqual(first);
      } finally {
        await cached.stop();
        await rm(directory, { recursive: true });
      }
    });

    it('reads nothing once it was stopped', async () => {
      const stopped = open();
      await stopped.stop();
      await expect(stopped.recognize(banner)).rejects.toMatchObject({ code: 'OCR_UNAVAILABLE' });
    });
  });
}
