import { type Exchange, type Target } from '#libs/domain';
import { type HtmlDocument } from '#libs/html';

/** What an app store shows of one app. Fields the page does not show are null, never guessed. */
export interface AppListing {
  /** The adapter's word for the store. */
  readonly store: string;
  /** Package name or the store's number. */
  readonly appId: string | null;
  readonly name: string;
  readonly developer: string | null;
  readonly version: string | null;
  /** `YYYY-MM-DD`, as the page says. */
  readonly updatedAt: string | null;
  readonly description: string;
  readonly releaseNotes: string | null;
  /** Absolute addresses in the order of the page. */
  readonly screenshots: readonly string[];
  /** Where each field that is there was seen: `jsonLd[0].softwareVersion`, `meta[og:title]`. */
  readonly seenAt: Readonly<Record<string, string>>;
}

/** A page as an adapter gets it: fetched, sealed and parsed by others. */
export interface ListingPage {
  readonly finalUrl: string;
  readonly document: HtmlDocument;
  readonly exchanges: readonly Exchange[];
}

/** How to read one app store. Pure: the runtime fetches and captures, the adapter only reads. */
export interface StoreAdapter {
  /** Folder name, fixture name, and the word people write in a target list. */
  readonly store: string;
  owns(target: Target): boolean;
  /** @throws {ListingUnreadableError} when the page is no listing of this store (any more). */
  read(page: ListingPage): AppListing;
}
