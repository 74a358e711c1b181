import { defaultTreeAdapter, Parser, type DefaultTreeAdapterTypes, type Token } from 'parse5';

export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlTree = DefaultTreeAdapterTypes.Document;

/** More elements than any honest page has; misnested tags can make millions out of a few kilobytes. */
const MAXIMUM_ELEMENTS = 300_000;

class BoundedParser extends Parser<DefaultTreeAdapterTypes.DefaultTreeAdapterMap> {
  isCut = false;
  private readonly made: { count: number };

  constructor() {
    const made = { count: 0 };
    super({
      treeAdapter: {
        ...defaultTreeAdapter,
        createElement: (...about: Parameters<typeof defaultTreeAdapter.createElement>) => {
          made.count += 1;
          return defaultTreeAdapter.createElement(...about);
        },
      },
    });
    this.made = made;
  }

  override onStartTag(token: Token.TagToken): void {
    super.onStartTag(token);
    if (this.made.count <= MAXIMUM_ELEMENTS) return;
    this.isCut = true;
    this.tokenizer.pause();
  }
}

/** Builds the tree as a browser would, with scripting on, and stops at a bound; `isCut` says whether it did. */
export function parseBounded(html: string): { tree: HtmlTree; isCut: boolean } {
  const parser = new BoundedParser();
  parser.tokenizer.write(html, true);
  return { tree: parser.document, isCut: parser.isCut };
}

/** The value of an attribute, null when there is none; names as the parser gives them, lower case. */
export function attribute(element: HtmlElement, name: string): string | null {
  for (const it of element.attrs) if (it.name === name) return it.value;
  return null;
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function isText(node: HtmlNode): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}
