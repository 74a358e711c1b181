/** How we look: addresses, robots, pace, one attempt over plain HTTP, outcomes. */
export * from './look';
export * from './looker';
export * from './content-coding';
export * from './http-looker';
export * from './http-request';
export * from './outcome';
export * from './pace';
export * from './page-info';
export * from './robots';
export * from './sitemap';
export * from './url-key';
export * from './user-agent';
