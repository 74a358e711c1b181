import sharp from 'sharp';
import { type Frame } from '../frame';

/** The frame in another size; the same one when it has it. */
export async function resized(frame: Frame, width: number, height: number): Promise<Frame> {
  if (frame.width === width && frame.height === height) return frame;
  const raw = { width: frame.width, height: frame.height, channels: 3 as const };
  const data = await sharp(frame.data, { raw })
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return { data, width, height };
}
