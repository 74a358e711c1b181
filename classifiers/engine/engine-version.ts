/** Changes whenever the code may judge the same text, or learn from the same lessons, differently; part of every rule version. */
export const ENGINE_VERSION = 'engine-10';
