/** Finds the row of a key by open addressing; keys not put in have none. */
export class KeyTable {
  private readonly slots: Uint32Array;
  private readonly rows: Int32Array;
  private readonly mask: number;

  /** @param keys Different from each other; the place of each is its row. */
  constructor(readonly keys: Uint32Array) {
    let size = 16;
    while (size < keys.length * 2) size *= 2;
    this.mask = size - 1;
    this.slots = new Uint32Array(size);
    this.rows = new Int32Array(size).fill(-1);
    keys.forEach((key, row) => {
      this.put(key, row);
    });
  }

  private put(key: number, row: number): void {
    let slot = (key ^ (key >>> 15)) & this.mask;
    while (this.rows[slot] !== -1) slot = (slot + 1) & this.mask;
    this.slots[slot] = key;
    this.rows[slot] = row;
  }

  /** The row of a key, or -1. */
  rowOf(key: number): number {
    let slot = (key ^ (key >>> 15)) & this.mask;
    for (;;) {
      const row = this.rows[slot] ?? -1;
      if (row === -1 || this.slots[slot] === key) return row;
      slot = (slot + 1) & this.mask;
    }
  }
}
