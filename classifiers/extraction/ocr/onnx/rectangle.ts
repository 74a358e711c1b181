/** A point of a plane. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle that may be turned. */
export interface TurnedRectangle {
  readonly centre: Point;
  /** Along the direction `angle`, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Radians, between -45 and 45 degrees, of the side called width against the horizontal. */
  readonly angle: number;
}

const cross = (o: Point, a: Point, b: Point): number => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);

/** The convex hull, counter-clockwise. — Andrew's monotone chain */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (list: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length >= 2 && cross(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

/** The rectangle of least area around points: one of its sides lies along a side of their hull. */
export function smallestRectangle(points: readonly Point[]): TurnedRectangle {
  const hull = hullOf(points);
  let best: TurnedRectangle | null = null;
  hull.forEach((a, i) => {
    const b = hull[(i + 1) % hull.length]!;
    const angle = toQuarter(Math.atan2(b.y - a.y, b.x - a.x));
    const found = around(hull, angle);
    if (best === null || found.width * found.height < best.width * best.height - 1e-6) best = found;
  });
  return best ?? around(hull, 0);
}

/** The same direction or one at right angles to it, between -45 and 45 degrees. */
function toQuarter(angle: number): number {
  const quarter = Math.PI / 2;
  return angle - Math.round(angle / quarter) * quarter;
}

function around(points: readonly Point[], angle: number): TurnedRectangle {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    const along = x * cos + y * sin;
    const down = y * cos - x * sin;
    left = Math.min(left, along);
    right = Math.max(right, along);
    top = Math.min(top, down);
    bottom = Math.max(bottom, down);
  }
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return {
    centre: { x: u * cos - v * sin, y: u * sin + v * cos },
    width: right - left,
    height: bottom - top,
    angle,
  };
}

/** The rectangle with every side moved outward. */
export function grown(rectangle: TurnedRectangle, by: number): TurnedRectangle {
  return { ...rectangle, width: rectangle.width + 2 * by, height: rectangle.height + 2 * by };
}
