import { parseHtml, type HtmlDocument, type HtmlText } from '#libs/html';
import { type RenderedPageInfo, type PageState } from './page-info';

function textsOfState(state: PageState): HtmlText[] {
  return state.texts.map(({ path, text }) => ({
    source: 'visible',
    region: 'main',
    path,
    tag: /\/([^/[]+)\[\d+\]$/.exec(path)?.[1] ?? '',
    text,
    heading: state.label,
  }));
}

/**
 * What a rendered page says, from its sealed parts alone: the text of its DOM, then that of its frames (their paths
 * begin with the path of the frame's element), then what came to light by clicking and is not in the DOM any more
 * (its heading is the label of what was clicked). The same parts give the same document.
 */
export function documentOfRendered(dom: string, info: Pick<RenderedPageInfo, 'frames' | 'states'>): HtmlDocument {
  const main = parseHtml(dom);
  const inner = info.frames.map((frame) => ({ frame, document: parseHtml(frame.html) }));
  const texts = [
    ...main.texts,
    ...inner.flatMap(({ frame, document }) =>
      document.texts.map((text) => ({ ...text, path: frame.path + text.path })),
    ),
  ];
  const known = new Set(texts.filter((text) => text.source === 'visible').map((text) => text.text));
  const rows = inner.flatMap(({ frame, document }) =>
    document.rows.map((row) => ({ ...row, path: frame.path + row.path })),
  );
  return {
    ...main,
    texts: [...texts, ...info.states.flatMap(textsOfState).filter((text) => !known.has(text.text))],
    rows: [...main.rows, ...rows],
  };
}

/** The same from the bytes of the sealed parts `dom` and `pageinfo`. */
export function documentOfParts(dom: Uint8Array, pageinfo: Uint8Array): HtmlDocument {
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return documentOfRendered(text(dom), JSON.parse(text(pageinfo)) as RenderedPageInfo);
}
