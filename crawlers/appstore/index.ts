/** App stores: how their listings are read. */
export * from './store-adapter';
export * from './stores';
