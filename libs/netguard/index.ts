/** Which addresses may be reached, and the doors through which they are. */
export * from './address-rule';
export * from './guarded-dispatcher';
export * from './resolve';
export * from './proxy';
