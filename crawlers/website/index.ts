/** Platform sites: which pages there are, and in what order they are visited. */
export { WebsiteCrawler } from './website-crawler';
