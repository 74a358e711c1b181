import { leafHash, nodeHash, subtreeHead } from '../merkle';

/** Largest power of two below `size`. — RFC 6962, section 2.1 */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/**
 * The hashes that lead from one leaf to the head of the tree over all these leaf hashes, lowest first.
 * — RFC 6962, section 2.1.1
 *
 * @throws {RangeError} when there is no leaf at `index`.
 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`no leaf at ${index} in a tree of ${leaves.length}`);
  }
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...inclusionProof(left, index), subtreeHead(right)]
    : [...inclusionProof(right, index - split), subtreeHead(left)];
}

/**
 * The hashes that show the tree over the first `size` of these leaf hashes to be the beginning of the tree over all;
 * empty when they are the same, or when the first is empty. — RFC 6962, section 2.1.2
 *
 * @throws {RangeError} when the tree was never of that size.
 */
export function consistencyProof(leaves: readonly Uint8Array[], size: number): Buffer[] {
  if (!Number.isInteger(size) || size < 0 || size > leaves.length) {
    throw new RangeError(`a tree of ${leaves.length} leaves never had ${size}`);
  }
  return size === 0 ? [] : subProof(leaves, size, true);
}

function subProof(leaves: readonly Uint8Array[], size: number, isWhole: boolean): Buffer[] {
  if (size === leaves.length) return isWhole ? [] : [subtreeHead(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return size <= split
    ? [...subProof(left, size, isWhole), subtreeHead(right)]
    : [...subProof(right, size - split, false), subtreeHead(left)];
}

/** A place in a tree with what leads from it to the head. */
export interface Inclusion {
  readonly index: number;
  readonly treeSize: number;
  readonly proof: readonly Uint8Array[];
}

/** Says whether a leaf stands at a place of the tree with this head, lower-case hex. — RFC 9162, section 2.1.3.2 */
export function isIncluded(leaf: Uint8Array, { index, treeSize, proof }: Inclusion, root: string): boolean {
  const isPlace = Number.isSafeInteger(index) && index >= 0 && index < treeSize;
  return isPlace && foldInclusion(leafHash(leaf), { index, treeSize, proof }) === root;
}

/** The head that a leaf hash and its proof lead to; null when the proof is too short or too long. */
function foldInclusion(leaf: Buffer, { index, treeSize, proof }: Inclusion): string | null {
  let [at, last] = [index, treeSize - 1];
  let hash = leaf;
  for (const next of proof) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(next, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      hash = nodeHash(hash, next);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash.toString('hex') : null;
}

/** One state of a log. */
export interface Head {
  readonly treeSize: number;
  readonly root: string;
}

/** Says whether the older log is the beginning of the newer one. — RFC 9162, section 2.1.4.2 */
export function isConsistent(older: Head, newer: Head, proof: readonly Uint8Array[]): boolean {
  if (older.treeSize > newer.treeSize) return false;
  if (older.treeSize === newer.treeSize) return proof.length === 0 && older.root === newer.root;
  if (older.treeSize === 0) return proof.length === 0;
  const isPowerOfTwo = Number.isInteger(Math.log2(older.treeSize));
  const [first, ...rest] = isPowerOfTwo ? [Buffer.from(older.root, 'hex'), ...proof] : proof;
  if (first === undefined) return false;
  const ends = foldConsistency(older.treeSize - 1, newer.treeSize - 1, [first, ...rest]);
  return ends !== null && ends.older === older.root && ends.newer === newer.root;
}

function foldConsistency(
  from: number,
  to: number,
  [first, ...rest]: readonly [Uint8Array, ...Uint8Array[]],
): { older: string; newer: string } | null {
  let [at, last] = [from, to];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let older: Buffer = Buffer.from(first);
  let newer: Buffer = Buffer.from(first);
  for (const next of rest) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      older = nodeHash(next, older);
      newer = nodeHash(next, newer);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      newer = nodeHash(newer, next);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? { older: older.toString('hex'), newer: newer.toString('hex') } : null;
}
