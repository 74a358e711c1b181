import { type Target, type Visit } from '#libs/domain';
import { type HtmlDocument } from '#libs/html';

/** One advertisement as it was met. */
export interface AdCreative {
  /** Place among the creatives of the page, from 1. */
  readonly position: number;
  /** Whether it is marked as advertising where it stands (广告, 推广). */
  readonly marked: boolean;
  readonly title: string;
  readonly text: string;
  /** The address that people are shown or that was clicked; empty when none is. */
  readonly displayUrl: string;
  /** Every address on the way to the landing page, that included, in order. */
  readonly landingChain: readonly string[];
}

/** What one look at an advertising target showed. */
export interface AdSighting {
  readonly creatives: readonly AdCreative[];
}

/** A page as an adapter gets it: fetched, sealed and parsed by others. */
export interface AdPage {
  readonly visit: Pick<Visit, 'requestedUrl' | 'finalUrl' | 'redirects'>;
  readonly document: HtmlDocument;
}

/** How to read one kind of advertising. Pure: the runtime fetches and captures, the adapter only reads. */
export interface ChannelAdapter {
  /** Folder name, fixture name, and the word people write in a target list. */
  readonly name: string;
  owns(target: Target): boolean;
  /** @throws {ListingUnreadableError} when the page shows no advertisement of this kind. */
  read(page: AdPage): AdSighting;
}
