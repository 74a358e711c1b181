/** Changes whenever the same bytes may be read into other segments; kept with every reading and judgement. */
export const READER_VERSION = 'reader-2';
