import { leafHash, treeHead } from '../merkle';
import { consistencyProof, inclusionProof, isConsistent, isIncluded } from './merkle-proof';

const LARGEST = 40;
const data = Array.from({ length: LARGEST }, (_, at) => Buffer.from(`leaf ${at}`));
const leaves = data.map(leafHash);
const rootOf = (size: number): string => treeHead(leaves.slice(0, size));
const sizes = Array.from({ length: LARGEST }, (_, at) => at + 1);
const broken = (proof: readonly Buffer[], at: number): Buffer[] =>
  proof.map((hash, place) => (place === at ? Buffer.from(hash.map((byte) => byte ^ 1)) : hash));

describe('an inclusion proof', () => {
  it('leads from every leaf to the head of every tree up to 40 leaves', () => {
    for (const treeSize of sizes) {
      for (let index = 0; index < treeSize; index += 1) {
        const proof = inclusionProof(leaves.slice(0, treeSize), index);
        expect(isIncluded(data[index] as Buffer, { index, treeSize, proof }, rootOf(treeSize))).toBe(true);
      }
    }
  });

  it('is refused for another leaf, another place, another size, another root and any changed hash', () => {
    const [treeSize, index] = [21, 13];
    const proof = inclusionProof(leaves.slice(0, treeSize), index);
    const root = rootOf(treeSize);
    const leaf = data[index] as Buffer;
    expect(isIncluded(data[12] as Buffer, { index, treeSize, proof }, root)).toBe(false);
    expect(isIncluded(leaf, { index: 12, treeSize, proof }, root)).toBe(false);
    expect(isIncluded(leaf, { index, treeSize, proof }, rootOf(20))).toBe(false);
    expect(isIncluded(leaf, { index, treeSize, proof: proof.slice(1) }, root)).toBe(false);
    expect(isIncluded(leaf, { index, treeSize, proof: [...proof, leaf] }, root)).toBe(false);
    expect(isIncluded(leaf, { index: 21, treeSize, proof }, root)).toBe(false);
    for (const at of proof.keys())
      expect(isIncluded(leaf, { index, treeSize, proof: broken(proof, at) }, root)).toBe(false);
  });

  it('cannot be made for a leaf that is not there', () => {
    expect(() => inclusionProof(leaves.slice(0, 3), 3)).toThrow(RangeError);
  });
});

describe('a consistency proof', () => {
  it('shows every tree up to 40 leaves to be the beginning of every larger one', () => {
    for (const treeSize of sizes) {
      for (let size = 0; size <= treeSize; size += 1) {
        const proof = consistencyProof(leaves.slice(0, treeSize), size);
        const older = { treeSize: size, root: rootOf(size) };
        expect(isConsistent(older, { treeSize, root: rootOf(treeSize) }, proof)).toBe(true);
      }
    }
  });

  it('is refused when an old leaf was rewritten, whichever', () => {
    const older = { treeSize: 11, root: rootOf(11) };
    for (let at = 0; at < 11; at += 1) {
      const rewritten = leaves.map((leaf, place) => (place === at ? leafHash(Buffer.from('other')) : leaf));
      const newer = { treeSize: LARGEST, root: treeHead(rewritten) };
      expect(isConsistent(older, newer, consistencyProof(rewritten, 11))).toBe(false);
    }
  });

  it('is refused when the newer tree is smaller or a hash is changed', () => {
    const [older, newer] = [
      { treeSize: 11, root: rootOf(11) },
      { treeSize: 30, root: rootOf(30) },
    ];
    const proof = consistencyProof(leaves.slice(0, 30), 11);
    expect(isConsistent(newer, older, proof)).toBe(false);
    for (const at of proof.keys()) expect(isConsistent(older, newer, broken(proof, at))).toBe(false);
    expect(isConsistent(older, newer, [])).toBe(false);
  });
});
