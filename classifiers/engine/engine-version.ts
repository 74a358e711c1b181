/** Changes whenever the same rule and text may be judged differently by the code; part of every rule version. */
export const ENGINE_VERSION = 'engine-4';
