/** Longest block of JSON-LD that is parsed, in characters, and nodes that are looked at in all. */
const MAX_BLOCK = 1_000_000;
const MAX_NODES = 2_000;

export type JsonObject = Readonly<Record<string, unknown>>;

/** One object of the structured data of a page, with where it stands. */
export interface LinkedNode {
  readonly path: string;
  readonly node: JsonObject;
}

function parse(block: string): unknown {
  if (block.length > MAX_BLOCK) return null;
  try {
    return JSON.parse(block);
  } catch {
    return null; // rubbish in a page is no news
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const typesOf = (node: JsonObject): readonly unknown[] =>
  (Array.isArray(node['@type']) ? (node['@type'] as unknown[]) : [node['@type']]).map((type) =>
    typeof type === 'string' ? type.replace(/^https?:\/\/schema\.org\//, '') : type,
  );

/** Every object at the top of the blocks, inside lists and `@graph`, in document order. */
export function linkedNodes(blocks: readonly string[]): LinkedNode[] {
  const waiting: { path: string; value: unknown }[] = blocks.map((block, n) => ({
    path: `jsonLd[${n}]`,
    value: parse(block),
  }));
  const found: LinkedNode[] = [];
  for (let seen = 0; waiting.length > 0 && seen < MAX_NODES; seen += 1) {
    const { path, value } = waiting.shift() ?? { path: '', value: null };
    if (Array.isArray(value))
      waiting.unshift(...value.slice(0, MAX_NODES).map((item: unknown, n) => ({ path: `${path}[${n}]`, value: item })));
    if (!isObject(value)) continue;
    found.push({ path, node: value });
    if ('@graph' in value) waiting.unshift({ path: `${path}.@graph`, value: value['@graph'] });
  }
  return found;
}

/** A text that stands somewhere in a node: itself, or the `name`, `value`, `url` or `contentUrl` of what stands there. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (typeof value === 'number') return String(value);
  if (!isObject(value)) return null;
  for (const key of ['name', 'value', 'url', 'contentUrl']) {
    const inner = value[key];
    if (typeof inner === 'string' && inner.trim() !== '') return inner.trim();
  }
  return null;
}
