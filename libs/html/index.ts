export * from './document';
export * from './layout';
