/** Advertising: how creatives and the pages they lead to are read. */
export * from './channel-adapter';
export * from './channels';
