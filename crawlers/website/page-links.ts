import { resolveUrl, type FoundPage, type Look } from '#crawlers/runtime';
import { type HtmlLink } from '#libs/html';
import { priorityOf } from './priority';
import { seriesOf } from './series';

/** Words in an address that promise to change something. */
const CHANGING_URL =
  /(^|[/._?&=-])(log-?out|sign-?out|log-?off|loginout|quit|delete|del|remove|unsubscribe|cancel|destroy)([/._?&=-]|$)/i;
const CHANGING_TEXT = /^(安全)?(退出|注销|登出|删除|移除|退订|取消(关注|订阅)?)(登录|系统|账号|账户|帐号|帐户)?$/;

/** Files that hold no text to read over HTTP; pictures come with the page that shows them. Documents are kept. */
const NO_PAGE =
  /\.(jpe?g|png|gif|bmp|webp|svg|ico|css|m?js|map|woff2?|ttf|eot|mp[34]|avi|mov|flv|wmv|m3u8|zip|rar|7z|t?gz|apk|ipa|exe|dmg|msi)$/i;

const isFollowed = (link: Pick<HtmlLink, 'text' | 'kind'>, url: string): boolean => {
  const { pathname, search } = new URL(url);
  return !NO_PAGE.test(pathname) && !CHANGING_URL.test(pathname + search) && !CHANGING_TEXT.test(link.text.trim());
};

/** Longest text of a link that is kept, in characters. */
const MAX_LINK_TEXT = 200;

/** What links are read against. */
export interface LinkContext {
  readonly base: string;
  readonly isInScope: (url: string) => boolean;
  readonly depth: number;
  readonly persona: FoundPage['persona'];
}

/**
 * The pages that links lead to, each once, in the order of the page: in scope, resolved, without files that are no
 * pages and without links that promise to change something (logging out, deleting).
 */
export function foundPagesOf(
  links: readonly Pick<HtmlLink, 'href' | 'text' | 'kind'>[],
  context: LinkContext,
): FoundPage[] {
  const found = new Map<string, FoundPage>();
  for (const link of links) {
    const resolved = resolveUrl(link.href, context.base);
    if (resolved === null || found.has(resolved.urlKey)) continue;
    if (!context.isInScope(resolved.url) || !isFollowed(link, resolved.url)) continue;
    found.set(resolved.urlKey, {
      ...resolved,
      role: 'page',
      depth: context.depth,
      priority: priorityOf(resolved.url, link.text, seriesOf(resolved.urlKey) !== null),
      linkText: link.text.trim().slice(0, MAX_LINK_TEXT),
      persona: context.persona,
    });
  }
  return [...found.values()];
}

/** The pages that a look at a page turned up; none when it led out of scope. */
export function linksOf(look: Look, isInScope: (url: string) => boolean): FoundPage[] {
  const { document, visit, page } = look;
  if (document === null || !isInScope(visit.finalUrl)) return [];
  const base =
    document.baseHref === null
      ? visit.finalUrl
      : (resolveUrl(document.baseHref, visit.finalUrl)?.url ?? visit.finalUrl);
  return foundPagesOf(document.links, { base, isInScope, depth: page.depth + 1, persona: page.persona });
}
