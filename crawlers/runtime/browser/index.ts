/** Looking at pages in a browser. */
export { BrowserLooker, type BrowserLookerOptions } from './browser-looker';
export {
  findBrowser,
  searchBrowser,
  type BrowserSearch,
  type BrowserSearchOptions,
  type FoundBrowser,
} from './find-browser';
export { type LookLimits } from './look-limits';
export { type PageFrame, type RenderedPageInfo, type PageState, type PageStep } from './page-info';
export { documentOfParts } from './rendered-document';
