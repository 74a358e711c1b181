/** One parse of a page: links, text with regions and paths, tables, meta; what it is for; and where text was drawn. */
export * from './document';
export * from './layout';
export { decodeHtml, type DecodedHtml } from './decode';
export { boxOf, isDrawn } from './find-drawn';
export { guessPageKind, type PageKindClues } from './page-kind';
export { parseHtml } from './parse';
export { readLayout } from './read-layout';
export { readPictureBoxes } from './picture-boxes';
