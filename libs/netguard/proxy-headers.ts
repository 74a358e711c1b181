/** Headers that speak to the next hop only. — RFC 9110, section 7.6.1 */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function pairsOf(rawHeaders: readonly string[]): (readonly [key: string, name: string, value: string])[] {
  const pairs: (readonly [string, string, string])[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    pairs.push([name.toLowerCase(), name, rawHeaders[i + 1] ?? '']);
  }
  return pairs;
}

/**
 * The flat list of names and values without those that concern one hop only, order and case kept.
 *
 * @param keep Names (lower case) that stay although they are of one hop: `transfer-encoding` of a request with a body.
 */
export function endToEnd(
  rawHeaders: readonly string[],
  drop: ReadonlySet<string>,
  keep: ReadonlySet<string> = new Set(),
): string[] {
  const pairs = pairsOf(rawHeaders);
  const named = pairs
    .filter(([key]) => key === 'connection')
    .flatMap(([, , value]) => value.split(',').map((name) => name.trim().toLowerCase()));
  const left = new Set([...drop, ...HOP_BY_HOP, ...named]);
  return pairs.flatMap(([key, name, value]) => (left.has(key) && !keep.has(key) ? [] : [name, value]));
}
