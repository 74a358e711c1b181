/** One parse of a page: links, text with regions and paths, tables, meta; and where text was drawn. */
export * from './document';
export * from './layout';
export { decodeHtml, type DecodedHtml } from './decode';
export { parseHtml } from './parse';
