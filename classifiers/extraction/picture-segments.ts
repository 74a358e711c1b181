import { createHash } from 'node:crypto';
import { type Box, type Hit, type PageKind, type Reading, type SegmentRegion, type TextSegment } from '#libs/domain';
import { blocksOf, boundsOfRange, type OcrResult } from './ocr';

/** A picture as it stands on a page, read. */
export interface PictureOnPage {
  /** Absolute XPath of its element; `/picture[n]` for one that no element names, a ground for instance. */
  readonly path: string;
  readonly region: SegmentRegion;
  /** CSS pixels of the full page; null when it was not drawn. */
  readonly box: Box | null;
  readonly result: Pick<OcrResult, 'lines' | 'width' | 'height' | 'imageSha256'>;
}

/** Of the page on which the pictures stand. */
export interface PicturePage {
  readonly contentSha256: string;
  readonly pageKind: PageKind;
  readonly title: string;
  /** Who read: changes whenever the same pictures may be read into other words. */
  readonly readerVersion: string;
}

/**
 * Reads the pictures of one page as segments of source `ocr`, one for each block of lines, in the order given. Paths
 * are those of the picture with `/ocr[n]`.
 */
export function readPictures(pictures: readonly PictureOnPage[], page: PicturePage): Reading {
  const content = createHash('sha256').update(page.contentSha256);
  for (const { path, result } of pictures) content.update(`\n${path} ${result.imageSha256}`);
  return {
    contentSha256: content.digest('hex'),
    readerVersion: page.readerVersion,
    title: page.title,
    pageKind: page.pageKind,
    rows: [],
    segments: pictures.flatMap((picture) =>
      blocksOf(picture.result.lines).map((block, i): TextSegment => ({
        source: 'ocr',
        region: picture.region,
        pageKind: page.pageKind,
        path: `${picture.path}/ocr[${i + 1}]`,
        text: block.text,
        tag: 'img',
        heading: '',
        box: boxOf(picture, i, { start: 0, end: block.text.length }),
      })),
    ),
  };
}

/** The same hits, those in a picture with the rectangle of their words, in CSS pixels of the full page. */
export function boxPictureHits(hits: readonly Hit[], pictures: readonly PictureOnPage[]): Hit[] {
  const byPath = new Map(pictures.map((picture) => [picture.path, picture]));
  return hits.map((hit) => {
    const { about } = hit;
    if (about.kind !== 'quote' || about.source !== 'ocr') return hit;
    const match = /^(.*)\/ocr\[(\d+)\]$/.exec(about.path);
    const picture = byPath.get(match?.[1] ?? '');
    if (picture === undefined) return hit;
    return { ...hit, about: { ...about, box: boxOf(picture, Number(match?.[2]) - 1, about) } };
  });
}

function boxOf({ box, result }: PictureOnPage, index: number, range: { start: number; end: number }): Box | null {
  const block = blocksOf(result.lines)[index];
  if (box === null || block === undefined || result.width === 0 || result.height === 0) return null;
  const found = boundsOfRange(block, range.start, range.end);
  if (found === null) return null;
  const [scaleX, scaleY] = [box.w / result.width, box.h / result.height];
  return {
    x: box.x + found.left * scaleX,
    y: box.y + found.top * scaleY,
    w: (found.right - found.left) * scaleX,
    h: (found.bottom - found.top) * scaleY,
  };
}
