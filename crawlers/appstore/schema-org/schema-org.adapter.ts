import { resolveUrl } from '#crawlers/runtime';
import { isDay, ListingUnreadableError } from '#libs/domain';
import { type AppListing, type ListingPage, type StoreAdapter } from '../store-adapter';
import { linkedNodes, textOf, typesOf, type LinkedNode } from './json-ld';

const STORE = 'schema-org';
const APP_TYPES: readonly unknown[] = ['SoftwareApplication', 'MobileApplication', 'WebApplication'];
const MAX_TEXT = 50_000;
const MAX_SCREENSHOTS = 30;

/** Collects the fields of a listing together with where each was seen. */
class Fields {
  readonly seenAt: Record<string, string> = {};

  /** The first of several places that holds a text. */
  first(field: string, places: readonly (readonly [path: string, value: unknown])[]): string | null {
    for (const [path, value] of places) {
      const text = textOf(value);
      if (text === null) continue;
      this.seenAt[field] = path;
      return text.slice(0, MAX_TEXT);
    }
    return null;
  }
}

/** The day at the beginning of a date; null for what is no calendar day. */
function dayOf(text: string | null): string | null {
  const [, year, month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(text ?? '') ?? [];
  const value = `${year ?? ''}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(value) ? value : null;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function screenshotsOf(value: unknown, base: string): string[] {
  return listOf(value)
    .slice(0, MAX_SCREENSHOTS)
    .flatMap((item) => resolveUrl(textOf(item) ?? '', base)?.url ?? [])
    .filter((url) => url !== base);
}

function fromLinkedData({ path, node }: LinkedNode, page: ListingPage): AppListing {
  const fields = new Fields();
  const at = (field: string, ...keys: string[]): string | null =>
    fields.first(
      field,
      keys.map((key) => [`${path}.${key}`, node[key]] as const),
    );
  const name = at('name', 'name');
  const description = at('description', 'description');
  if (name === null) throw new ListingUnreadableError(STORE, page.finalUrl, `${path}.name`);
  if (description === null) throw new ListingUnreadableError(STORE, page.finalUrl, `${path}.description`);
  const updatedAt = dayOf(at('updatedAt', 'dateModified', 'datePublished'));
  if (updatedAt === null) delete fields.seenAt.updatedAt;
  const listing = {
    store: STORE,
    appId: at('appId', 'identifier', 'sku'),
    name,
    developer: at('developer', 'author', 'creator', 'publisher'),
    version: at('version', 'softwareVersion'),
    updatedAt,
    description,
    releaseNotes: at('releaseNotes', 'releaseNotes'),
    screenshots: screenshotsOf(node['screenshot'], page.finalUrl),
  };
  if (listing.screenshots.length > 0) fields.seenAt.screenshots = `${path}.screenshot`;
  return { ...listing, seenAt: fields.seenAt };
}

/** Marks by which a page without structured data still says that it is about an app. */
function appIdInMeta({ document }: ListingPage): readonly [path: string, value: string | undefined][] {
  const apple = /app-id=(\d+)/.exec(document.meta['apple-itunes-app'] ?? '')?.[1];
  return [
    ['meta[al:android:package]', document.meta['al:android:package']],
    ['meta[al:ios:app_store_id]', document.meta['al:ios:app_store_id']],
    ['meta[apple-itunes-app]', apple],
  ];
}

function fromOpenGraph(page: ListingPage): AppListing {
  const { meta } = page.document;
  const fields = new Fields();
  const appId = fields.first('appId', appIdInMeta(page));
  const isApp = appId !== null || /\bapp(lication)?\b|软件/i.test(meta['og:type'] ?? '');
  if (!isApp)
    throw new ListingUnreadableError(STORE, page.finalUrl, 'schema.org SoftwareApplication or a mark of an app');
  const name = fields.first('name', [['meta[og:title]', meta['og:title']]]);
  if (name === null) throw new ListingUnreadableError(STORE, page.finalUrl, 'meta[og:title]');
  const description = fields.first('description', [['meta[og:description]', meta['og:description']]]);
  if (description === null) throw new ListingUnreadableError(STORE, page.finalUrl, 'meta[og:description]');
  const nothing = { developer: null, version: null, updatedAt: null, releaseNotes: null, screenshots: [] };
  return { store: STORE, appId, name, description, ...nothing, seenAt: fields.seenAt };
}

/** Reads any page that describes an app by schema.org, or at least says by Open Graph that it is about one. */
export const schemaOrgAdapter: StoreAdapter = {
  store: STORE,
  owns: (target) => target.channel === 'app-listing',
  read(page) {
    const app = linkedNodes(page.document.jsonLd).find(({ node }) =>
      typesOf(node).some((type) => APP_TYPES.includes(type)),
    );
    return app ? fromLinkedData(app, page) : fromOpenGraph(page);
  },
};
