/** Platform sites: which pages there are, and in what order they are visited. */
export { MAX_DEPTH, WebsiteCrawler } from './website-crawler';
export { MAX_PAGES_PER_SERIES } from './series';
