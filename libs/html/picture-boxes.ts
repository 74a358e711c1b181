import { type Box } from '#libs/domain';
import { pathsOf } from './read-layout';
import { readLayoutPart } from './snapshot';

/**
 * Where the pictures of the page itself were drawn, in CSS pixels of the full page, by the path of their element; those
 * inside frames are left out.
 *
 * @throws {InputInvalidError} when the bytes are no layout part.
 */
export function readPictureBoxes(bytes: Uint8Array): ReadonlyMap<string, Box> {
  const part = readLayoutPart(bytes);
  const [document] = part.documents;
  const boxes = new Map<string, Box>();
  if (document === undefined) return boxes;
  const paths = pathsOf(document, part.strings, '');
  const { nodeIndex, bounds } = document.layout;
  for (const [row, node] of nodeIndex.entries()) {
    const name = part.strings[document.nodes.nodeName[node] ?? -1] ?? '';
    const box = boxOf(bounds[row]);
    if (/^(?:img|input|image)$/i.test(name) && box !== null) boxes.set(paths[node] ?? '', box);
  }
  return boxes;
}

function boxOf(bounds: readonly number[] = []): Box | null {
  const [x = 0, y = 0, w = 0, h = 0] = bounds;
  return w > 0 && h > 0 ? { x, y, w, h } : null;
}
