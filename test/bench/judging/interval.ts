/** A share with how many it stands on and its 95 % interval. */
export interface Share {
  readonly part: number;
  readonly whole: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.96;

/** A share with Wilson's interval, which stays honest for few cases and for shares near nothing and all. — Wilson 1927 */
export function shareOf(part: number, whole: number): Share {
  if (whole === 0) return { part, whole, low: 0, high: 1 };
  const p = part / whole;
  const square = (Z * Z) / whole;
  const middle = (p + square / 2) / (1 + square);
  const half = (Z * Math.sqrt((p * (1 - p)) / whole + square / (4 * whole))) / (1 + square);
  return { part, whole, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

const percent = (value: number): string => (100 * value).toFixed(1);

/** `95.2 % [92.0-97.1] (438/460)`; a dash when it stands on nothing. */
export function told({ part, whole, low, high }: Share): string {
  return whole === 0
    ? '- (0)'
    : `${percent(part / whole)} % [${percent(low)}-${percent(high)}] (${String(part)}/${String(whole)})`;
}
