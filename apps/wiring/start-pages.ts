import { type FoundPage, urlKeyOf } from '#crawlers/runtime';
import { type Target } from '#libs/domain';
import { type PageRepository } from '#libs/persistence';

/**
 * Where a task begins: the target's own address, then every page on which a finding of the platform stands, linked or
 * not, since only a look at each of its places may say that a finding is gone.
 */
export async function startPages(pages: PageRepository, target: Target): Promise<FoundPage[]> {
  const start: FoundPage = {
    url: target.url,
    urlKey: urlKeyOf(target.url),
    role: 'page',
    depth: 0,
    priority: 0,
    linkText: '',
    persona: 'desktop',
  };
  const flagged = await pages.withFindings(target.platformId, target.channel);
  const again = flagged
    .filter((page) => page.urlKey !== start.urlKey)
    .map((page): FoundPage => ({ ...page, role: 'page', depth: 1, priority: 1, linkText: '' }));
  return [start, ...again];
}
