import { channelAdapterOf } from '#crawlers/adchannel';
import { storeOf } from '#crawlers/appstore';
import { type Look } from '#crawlers/runtime';
import { ListingUnreadableError, type Target } from '#libs/domain';

/** What the adapter of a target's channel read, as the run report shows it. */
export type ChannelFacts = { readonly listing: object } | { readonly ad: object } | { readonly unreadable: string };

/**
 * Reads an app listing or an advertisement from the look at its page; null for other channels and for looks that saw
 * no page. A page that is no listing (any more) is told as `unreadable`, with the adapter's reason.
 */
export function channelFactsOf(target: Target, look: Look): ChannelFacts | null {
  const { document, visit, capture } = look;
  if (document === null || visit.outcome !== 'ok' || look.page.role !== 'page') return null;
  const exchanges = capture?.parts.flatMap((part) => (part.kind === 'exchange' ? [part.exchange] : [])) ?? [];
  try {
    if (target.channel === 'app-listing') {
      const listing = storeOf(target)?.read({ finalUrl: visit.finalUrl, document, exchanges });
      return listing ? { listing } : null;
    }
    const ad = target.channel === 'ad' ? channelAdapterOf(target)?.read({ visit, document }) : undefined;
    return ad ? { ad } : null;
  } catch (error) {
    if (error instanceof ListingUnreadableError) return { unreadable: error.message };
    throw error;
  }
}
