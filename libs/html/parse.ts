import { AttributeTexts } from './attribute-texts';
import { BlockTexts } from './block-texts';
import { parseBounded } from './bounded-parser';
import { type HtmlDocument } from './document';
import { PageHead } from './page-head';
import { PageLinks } from './page-links';
import { PageRows } from './page-rows';
import { PageSigns } from './page-signs';
import { TextSink } from './text-sink';
import { walkTree } from './tree-walk';

/**
 * Reads a page once: one tree, one walk, no recursion, cost linear in its size. The same text gives the same document.
 * Broken markup is read as browsers read it and never throws. Comments, scripts, style sheets and templates are no
 * text; what style sheets draw (`::before`) or hide is known only of rendered pages. A page of absurdly many elements
 * is read to a bound, and `signs.isCut` says so.
 */
export function parseHtml(html: string): HtmlDocument {
  const { tree, isCut } = parseBounded(html);
  const sink = new TextSink();
  const head = new PageHead();
  const links = new PageLinks();
  const rows = new PageRows();
  const signs = new PageSigns();
  walkTree(tree, [head, new BlockTexts(sink), new AttributeTexts(sink), links, rows, signs]);
  return {
    title: head.title,
    baseHref: head.baseHref,
    canonical: head.canonical,
    texts: [...head.texts, ...sink.texts],
    links: links.links,
    rows: rows.rows,
    images: links.images,
    jsonLd: head.jsonLd,
    meta: Object.fromEntries(head.meta),
    signs: {
      scriptCount: signs.scriptCount,
      visibleLength: sink.visibleLength,
      hasEmptyShell: signs.hasEmptyShell,
      hasTabs: signs.hasTabs,
      hasFrames: signs.hasFrames,
      hasPasswordField: signs.hasPasswordField,
      hasTemplateMarks: signs.hasTemplateMarks,
      isCut,
    },
  };
}
