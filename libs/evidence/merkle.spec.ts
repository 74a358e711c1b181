import { createHash } from 'node:crypto';
import { TreeHead, leafHash, treeHead } from './merkle';

/** The eight leaves and the heads over the first one, two … eight of them. — certificate-transparency reference tests */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leaves = LEAVES.map((hex) => Buffer.from(hex, 'hex'));
const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** MTH as RFC 6962 section 2.1 writes it down, by recursion over the data itself. */
function headByDefinition(data: readonly Uint8Array[]): Buffer {
  if (data.length === 0) return sha256();
  const [only] = data;
  if (data.length === 1 && only) return sha256(Uint8Array.of(0), only);
  let split = 1;
  while (split * 2 < data.length) split *= 2;
  return sha256(Uint8Array.of(1), headByDefinition(data.slice(0, split)), headByDefinition(data.slice(split)));
}

describe('the tree head of RFC 6962', () => {
  it('is the hash of nothing when there is no leaf', () => {
    expect(treeHead([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it.each(ROOTS.map((root, at) => ({ size: at + 1, root })))(
    'is the known one over the first $size leaves',
    (known) => {
      expect(treeHead(leaves.slice(0, known.size).map(leafHash))).toBe(known.root);
    },
  );

  it('is that of the recursive definition for every size up to 300', () => {
    const data = Array.from({ length: 300 }, (_, at) => Buffer.from(`leaf ${at}`));
    const head = new TreeHead();
    for (const [at, leaf] of data.entries()) {
      head.add(leafHash(leaf));
      expect(head.root).toBe(headByDefinition(data.slice(0, at + 1)).toString('hex'));
    }
    expect(head.size).toBe(300);
  });

  it('changes when two leaves change places', () => {
    const hashes = leaves.map(leafHash);
    expect(treeHead([...hashes.slice(1), ...hashes.slice(0, 1)])).not.toBe(treeHead(hashes));
  });

  it('goes on from a copy without touching the one it was copied from', () => {
    const first = new TreeHead();
    leaves.slice(0, 3).forEach((leaf) => first.add(leafHash(leaf)));
    const second = new TreeHead(first);
    leaves.slice(3).forEach((leaf) => second.add(leafHash(leaf)));
    expect([first.size, first.root, second.size, second.root]).toEqual([3, ROOTS[2], 8, ROOTS[7]]);
  });

  it('tells a leaf from a node of the same bytes', () => {
    const two = leaves.slice(0, 2).map(leafHash);
    expect(treeHead([leafHash(Buffer.concat(two))])).not.toBe(treeHead(two));
  });
});
