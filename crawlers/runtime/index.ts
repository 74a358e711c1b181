/** How we look: addresses, robots, pace, one attempt over plain HTTP, outcomes. */
export * from './attempts';
export * from './look';
export * from './looker';
export * from './content-coding';
export * from './http-looker';
export * from './http-request';
export * from './outcome';
export * from './pace';
export * from './page-info';
export * from './read-answer';
export * from './render-need';
export * from './robots';
export * from './robots-gate';
export * from './single-page-crawler';
export * from './sitemap';
export * from './url-key';
export * from './user-agent';
