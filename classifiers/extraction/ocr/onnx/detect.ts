import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { type Frame } from '../frame';
import { componentsOf, type ProbabilityMap } from './components';
import { grown, smallestRectangle, type TurnedRectangle } from './rectangle';
import { resized } from './resize';

/** Settings of the detector. — PaddleOCR, DBPostProcess */
export const DETECTION = {
  threshold: 0.3,
  boxScore: 0.5,
  unclip: 1.6,
  leastSide: 3,
  limit: 960,
  wideLimit: 1280,
  gateLimit: 320,
};

const MULTIPLE = 32;
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

/** Finds where lines of text stand, in pixels of the frame. `limit` is the longest side that the detector is shown. */
export async function detect(session: InferenceSession, frame: Frame, limit: number): Promise<TurnedRectangle[]> {
  const map = await probabilities(session, frame, limit);
  const [scaleX, scaleY] = [frame.width / map.width, frame.height / map.height];
  return componentsOf(map, DETECTION.threshold).flatMap(({ outline }) => {
    const found = smallestRectangle(outline);
    if (Math.min(found.width, found.height) < DETECTION.leastSide) return [];
    if (scoreOf(map, found) < DETECTION.boxScore) return [];
    const { width, height } = found;
    // The detector marks the core of a line; its share of the line follows from area and outline.
    const distance = (width * height * DETECTION.unclip) / (2 * (width + height));
    return [scaled(grown(found, distance), scaleX, scaleY)];
  });
}

async function probabilities(session: InferenceSession, frame: Frame, limit: number): Promise<ProbabilityMap> {
  const scale = Math.min(1, limit / Math.max(frame.width, frame.height));
  const width = toMultiple(frame.width * scale);
  const height = toMultiple(frame.height * scale);
  const input = new Tensor('float32', normalised(await resized(frame, width, height)), [1, 3, height, width]);
  const output = await session.run({ [session.inputNames[0]!]: input });
  const map = output[session.outputNames[0]!]!;
  return { data: map.data as Float32Array, width, height };
}

const toMultiple = (side: number): number => Math.max(MULTIPLE, Math.round(side / MULTIPLE) * MULTIPLE);

/** Planes in the order blue, green, red, as the model was trained. */
function normalised({ data, width, height }: Frame): Float32Array {
  const size = width * height;
  const planes = new Float32Array(size * 3);
  for (let plane = 0; plane < 3; plane += 1) {
    const [mean, deviation] = [MEAN[plane]!, DEVIATION[plane]!];
    const channel = 2 - plane;
    for (let i = 0; i < size; i += 1) planes[plane * size + i] = (data[i * 3 + channel]! / 255 - mean) / deviation;
  }
  return planes;
}

/** Mean probability of the cells inside the rectangle. */
function scoreOf(map: ProbabilityMap, { centre, width, height, angle }: TurnedRectangle): number {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const reachX = (Math.abs(width * cos) + Math.abs(height * sin)) / 2;
  const reachY = (Math.abs(width * sin) + Math.abs(height * cos)) / 2;
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, Math.floor(centre.y - reachY)); y < Math.min(map.height, centre.y + reachY); y += 1) {
    for (let x = Math.max(0, Math.floor(centre.x - reachX)); x < Math.min(map.width, centre.x + reachX); x += 1) {
      const [dx, dy] = [x + 0.5 - centre.x, y + 0.5 - centre.y];
      if (Math.abs(dx * cos + dy * sin) > width / 2 || Math.abs(dy * cos - dx * sin) > height / 2) continue;
      sum += map.data[y * map.width + x]!;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** From cells of the map to pixels; both scales are nearly the same, so that a rectangle stays one. */
function scaled({ centre, width, height, angle }: TurnedRectangle, sx: number, sy: number): TurnedRectangle {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    centre: { x: centre.x * sx, y: centre.y * sy },
    width: width * Math.hypot(cos * sx, sin * sy),
    height: height * Math.hypot(sin * sx, cos * sy),
    angle: Math.atan2(sin * sy, cos * sx),
  };
}
