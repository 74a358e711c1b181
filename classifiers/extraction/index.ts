/** From what was seen to segments of text with their place. */
export { READER_VERSION } from './reader-version';
export { readText } from './read-text';
export { readPage, type OpenedState, type PageFacts } from './read-page';
export { boxHits } from './box-hits';
export { boxPictureHits, readPictures, type PictureOnPage } from './picture-segments';
