import { type DocumentSnapshot } from './snapshot';

/** Computed styles of the laid-out nodes of one document, looked up by node. */
export class LayoutStyles {
  private readonly rowOfNode = new Map<number, number>();
  private readonly columnOf: ReadonlyMap<string, number>;
  private readonly opacities = new Map<number, number>();
  private readonly grounds = new Map<number, string | null>();

  constructor(
    private readonly document: DocumentSnapshot,
    private readonly strings: readonly string[],
    names: readonly string[],
  ) {
    this.columnOf = new Map(names.map((name, column) => [name, column]));
    document.layout.nodeIndex.forEach((node, row) => this.rowOfNode.set(node, row));
  }

  /** The value of a style on a node; null when the node was not laid out or the style was not asked for. */
  of(node: number, name: string): string | null {
    const row = this.rowOfNode.get(node);
    const column = this.columnOf.get(name);
    if (row === undefined || column === undefined) return null;
    const at = this.document.layout.styles[row]?.[column] ?? -1;
    return at < 0 ? null : (this.strings[at] ?? null);
  }

  /** Opacities multiply from the root down. */
  opacity(node: number): number {
    return this.inherited(node, this.opacities, 1, (at, above) => {
      const own = Number(this.of(at, 'opacity') ?? '1');
      return Number.isFinite(own) ? above * own : above;
    });
  }

  /** The nearest opaque colour behind a node; null when a picture or a shade lies between, or none is known. */
  ground(node: number): string | null {
    return this.inherited(node, this.grounds, 'rgb(255, 255, 255)', (at, above) => {
      const image = this.of(at, 'background-image');
      if (image !== null && image !== 'none' && image !== '') return null;
      const own = this.of(at, 'background-color');
      if (own === null || own === '' || /rgba\(.*,\s*0\)|transparent/.test(own)) return above;
      return own.startsWith('rgba') ? null : own;
    });
  }

  /** Computes a value that a node has from those above it, each once; trees may be deep, so without recursion. */
  private inherited<T>(node: number, known: Map<number, T>, root: T, step: (at: number, above: T) => T): T {
    const way: number[] = [];
    let at = node;
    while (at >= 0 && !known.has(at) && way.length <= this.document.nodes.parentIndex.length) {
      way.push(at);
      at = this.document.nodes.parentIndex[at] ?? -1;
    }
    let value = at < 0 ? root : (known.get(at) as T);
    for (const next of way.reverse()) {
      value = step(next, value);
      known.set(next, value);
    }
    return value;
  }
}
