import { createHash } from 'node:crypto';

/** Head of a tree without leaves: the hash of nothing. — RFC 6962, section 2.1 */
const EMPTY_ROOT = createHash('sha256').digest();

/** SHA-256(0x00 || leaf). — RFC 6962, section 2.1 */
export function leafHash(leaf: Uint8Array): Buffer {
  return createHash('sha256').update(Uint8Array.of(0)).update(leaf).digest();
}

/** SHA-256(0x01 || left || right). — RFC 6962, section 2.1 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();
}

/**
 * The head of a growing RFC 6962 tree. Keeps one hash per complete subtree, so memory and work per leaf are
 * logarithmic in the number of leaves.
 */
export class TreeHead {
  /** Roots of the complete subtrees, largest first; their sizes are the powers of two that make up `size`. */
  readonly #subtrees: Buffer[];
  #size: number;

  constructor(from?: TreeHead) {
    this.#subtrees = from ? [...from.#subtrees] : [];
    this.#size = from?.size ?? 0;
  }

  get size(): number {
    return this.#size;
  }

  /** Takes the hash of the next leaf, as {@link leafHash} gives it. */
  add(hash: Uint8Array): void {
    let subtree: Buffer = Buffer.from(hash);
    // Every trailing one bit of the size is a complete subtree that the new leaf completes into a larger one.
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      subtree = nodeHash(this.#subtrees.pop() ?? EMPTY_ROOT, subtree);
    }
    this.#subtrees.push(subtree);
    this.#size += 1;
  }

  /** The tree head over all leaves taken so far, lower-case hex; without leaves the hash of nothing. */
  get root(): string {
    const folded = this.#subtrees.reduceRight<Buffer | null>(
      (right, left) => (right === null ? left : nodeHash(left, right)),
      null,
    );
    return (folded ?? EMPTY_ROOT).toString('hex');
  }
}

/** The head of the tree over these leaf hashes, in their order, lower-case hex. */
export function treeHead(leafHashes: Iterable<Uint8Array>): string {
  const head = new TreeHead();
  for (const hash of leafHashes) head.add(hash);
  return head.root;
}

/** The same as bytes, of a part of a tree that is not empty. */
export function subtreeHead(leafHashes: readonly Uint8Array[]): Buffer {
  return Buffer.from(treeHead(leafHashes), 'hex');
}
