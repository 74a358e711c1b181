import path from 'node:path';
import sharp from 'sharp';
import { projectRoot } from '#libs/config';

/** The reader's process from its source, so that a test needs no build. */
export const READER_FROM_SOURCE = {
  file: path.join(projectRoot(), 'classifiers', 'extraction', 'ocr', 'reader.main.ts'),
  execArgv: ['--conditions=source', '--require', path.join(projectRoot(), 'test', 'support', 'run-typescript.cjs')],
};

/** SVG of a picture of text; `body` is what stands on the ground. */
export function drawing(width: number, height: number, body: string, ground = '#ffffff'): Buffer {
  const rect = `<rect width="${width}" height="${height}" fill="${ground}"/>`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${ground === 'none' ? '' : rect}${body}</svg>`,
  );
}

/** One line of text for {@link drawing}. */
export function words(text: string, x: number, y: number, style = 'font-size="40" fill="#222"'): string {
  return `<text x="${x}" y="${y}" font-family="Noto Sans CJK SC" ${style}>${text}</text>`;
}

/** A banner as PNG: one slogan over one line of smaller print. */
export function aBanner(slogan = '平台设立风险备付金', print = '预期年化收益12.5%'): Promise<Buffer> {
  const body = `${words(slogan, 40, 90, 'font-size="48" fill="#fff"')}${words(print, 40, 160, 'font-size="30" fill="#ffe"')}`;
  return sharp(drawing(640, 200, body, '#b3261e'))
    .png()
    .toBuffer();
}
