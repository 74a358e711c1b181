import { type Frame } from '../frame';
import { type Corner, type Quad } from '../ocr-engine';
import { type TurnedRectangle } from './rectangle';

/** Height in which the recogniser reads. */
export const STRIP_HEIGHT = 48;
const NARROWEST = 16;
const WIDEST = 3200;
/** Source pixels averaged per side for one of the strip, at most. */
const MOST_SAMPLES = 3;

/** How the strip is turned out of the picture; 90 reads a column from its top, 270 from its bottom. */
export type Turn = 0 | 90 | 180 | 270;

/** A line cut out and laid flat. */
export interface Strip extends Frame {
  readonly quad: Quad;
  readonly turn: Turn;
}

/** The corners of a rectangle, clockwise from the upper left of the direction in which it is read. */
export function quadOf({ centre, width, height, angle }: TurnedRectangle, turn: Turn): Quad {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corner = (x: number, y: number): Corner => [centre.x + x * cos - y * sin, centre.y + x * sin + y * cos];
  const [w, h] = [width / 2, height / 2];
  const flat = [corner(-w, -h), corner(w, -h), corner(w, h), corner(-w, h)] as const;
  const at = (i: number): Corner => flat[(i + turn / 90) % 4]!;
  return [at(0), at(1), at(2), at(3)];
}

/** Cuts a rectangle out of the frame, lays it flat in the direction of reading and scales it to the strip's height. */
export function stripOf(frame: Frame, rectangle: TurnedRectangle, turn: Turn): Strip {
  const quad = quadOf(rectangle, turn);
  const [a, b, , d] = quad;
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const thickness = Math.max(1, Math.hypot(d[0] - a[0], d[1] - a[1]));
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.round((STRIP_HEIGHT * length) / thickness)));
  const across = { x: (b[0] - a[0]) / width, y: (b[1] - a[1]) / width };
  const down = { x: (d[0] - a[0]) / STRIP_HEIGHT, y: (d[1] - a[1]) / STRIP_HEIGHT };
  const samples = Math.min(MOST_SAMPLES, Math.max(1, Math.ceil(thickness / STRIP_HEIGHT - 0.6)));
  const data = Buffer.allocUnsafe(width * STRIP_HEIGHT * 3);
  const pixel = new Float64Array(3);
  for (let y = 0; y < STRIP_HEIGHT; y += 1) {
    for (let x = 0; x < width; x += 1) {
      pixel.fill(0);
      for (let j = 0; j < samples; j += 1) {
        for (let i = 0; i < samples; i += 1) {
          const [u, v] = [x + (i + 0.5) / samples, y + (j + 0.5) / samples];
          add(pixel, frame, a[0] + u * across.x + v * down.x - 0.5, a[1] + u * across.y + v * down.y - 0.5);
        }
      }
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1) data[at + channel] = pixel[channel]! / (samples * samples);
    }
  }
  return { data, width, height: STRIP_HEIGHT, quad, turn };
}

/** Adds the colour between four pixels; beyond the edge the edge goes on. */
function add(pixel: Float64Array, { data, width, height }: Frame, x: number, y: number): void {
  const cx = Math.min(width - 1, Math.max(0, x));
  const cy = Math.min(height - 1, Math.max(0, y));
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const right = x0 + 1 < width ? 3 : 0;
  const below = y0 + 1 < height ? width * 3 : 0;
  const at = (y0 * width + x0) * 3;
  const [fx, fy] = [cx - x0, cy - y0];
  for (let channel = 0; channel < 3; channel += 1) {
    const i = at + channel;
    const top = data[i]! + (data[i + right]! - data[i]!) * fx;
    const bottom = data[i + below]! + (data[i + below + right]! - data[i + below]!) * fx;
    pixel[channel] = pixel[channel]! + top + (bottom - top) * fy;
  }
}
