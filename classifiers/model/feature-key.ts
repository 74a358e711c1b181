/** FNV-1a over UTF-16 units; also the first step of an n-gram's key. — Fowler, Noll, Vo */
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** One unit more of a key. */
export function extendKey(key: number, unit: number): number {
  const low = Math.imul(key ^ (unit & 0xff), PRIME);
  return Math.imul(low ^ (unit >>> 8), PRIME) >>> 0;
}

/** Where a key of words begins; names begin elsewhere, so that no name is taken for words. */
export const WORDS_BEGIN = OFFSET;
const NAMES_BEGIN = 0x2f1b7c39;

const known = new Map<string, number>();

/** The number by which a model knows a named circumstance, such as `page-kind=help`. */
export function keyOfName(name: string): number {
  const found = known.get(name);
  if (found !== undefined) return found;
  let key = NAMES_BEGIN;
  for (let at = 0; at < name.length; at += 1) key = extendKey(key, name.charCodeAt(at));
  known.set(name, key);
  return key;
}
