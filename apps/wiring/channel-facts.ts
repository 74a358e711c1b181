import { channelAdapterOf } from '#crawlers/adchannel';
import { storeOf } from '#crawlers/appstore';
import { type Look } from '#crawlers/runtime';
import { ListingUnreadableError, type Target } from '#libs/domain';
import { type HtmlDocument } from '#libs/html';

/** What the adapter of a target's channel read, as the run report shows it. */
export type ChannelFacts = { readonly listing: object } | { readonly ad: object } | { readonly unreadable: string };

/**
 * Reads an app listing or an advertisement from the look at its page; null for other channels and for looks that saw
 * no page. A page that is no listing (any more) is told as `unreadable`, with the adapter's reason.
 */
export function channelFactsOf(target: Target, look: Look): ChannelFacts | null {
  const { document, visit, page } = look;
  if (document === null || visit.outcome !== 'ok' || page.role !== 'page') return null;
  try {
    return target.channel === 'ad' ? adOf(target, look, document) : listingOf(target, look, document);
  } catch (error) {
    if (error instanceof ListingUnreadableError) return { unreadable: error.message };
    throw error;
  }
}

function adOf(target: Target, { visit }: Look, document: HtmlDocument): ChannelFacts | null {
  const ad = channelAdapterOf(target)?.read({ visit, document });
  return ad ? { ad } : null;
}

function listingOf(target: Target, { visit, capture }: Look, document: HtmlDocument): ChannelFacts | null {
  const store = target.channel === 'app-listing' ? storeOf(target) : null;
  if (store === null) return null;
  const exchanges = capture?.parts.flatMap((part) => (part.kind === 'exchange' ? [part.exchange] : [])) ?? [];
  return { listing: store.read({ finalUrl: visit.finalUrl, document, exchanges }) };
}
