import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MAX_URL_LENGTH } from './url-key';

/** Addresses that are taken from the sitemaps of one target. */
export const MAX_SITEMAP_URLS = 1_000;
/** Sitemaps that are read for one target, those an index names included. */
export const MAX_SITEMAPS = 10;
/** Decoded bytes of one sitemap that are read. — sitemaps.org, protocol: 50 MB uncompressed */
const MAX_SITEMAP_BYTES = 50 * 1024 * 1024;

/** What one sitemap names, as written, in its order. */
export interface Sitemap {
  readonly pages: readonly string[];
  /** Further sitemaps, when this one is an index. */
  readonly sitemaps: readonly string[];
  /** True when more stood there than is taken. */
  readonly isCut: boolean;
}

const EMPTY: Sitemap = { pages: [], sitemaps: [], isCut: false };

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities XML knows by itself and characters by number; those a document declares stay as they are. */
const decodeEntities = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const point = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );

const contentOf = (raw: string): string => {
  const cdata = /^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/.exec(raw)?.[1];
  return (cdata ?? decodeEntities(raw)).trim();
};

/** Every `<loc>` in order. Looks for tags by name and never parses, so no entity is expanded and nothing is fetched. */
function* locations(xml: string): Generator<string> {
  const open = /<(?:\w+:)?loc\s*>/g;
  for (let start = open.exec(xml); start !== null; start = open.exec(xml)) {
    const from = open.lastIndex;
    const piece = xml.slice(from, from + MAX_URL_LENGTH + 100);
    const end = piece.search(/<\/(?:\w+:)?loc/);
    if (end > 0) yield contentOf(piece.slice(0, end));
  }
}

function take(found: Iterable<string>, most: number): { urls: string[]; isCut: boolean } {
  const urls: string[] = [];
  for (const url of found) {
    if (url === '') continue;
    if (urls.length === most) return { urls, isCut: true };
    urls.push(url);
  }
  return { urls, isCut: false };
}

async function unzipped(bytes: Uint8Array): Promise<Uint8Array | null> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MAX_SITEMAP_BYTES });
  } catch {
    return null; // a bomb or rubbish: no sitemap; the visit itself is kept
  }
}

/**
 * Reads a sitemap, a sitemap index or a plain list of addresses, zipped or not. What is none of these names nothing.
 *
 * @param bytes Without content coding.
 */
export async function readSitemap(bytes: Uint8Array): Promise<Sitemap> {
  const plain = await unzipped(bytes);
  if (plain === null) return EMPTY;
  const text = new TextDecoder().decode(plain);
  if (/<(?:\w+:)?sitemapindex[\s>]/.test(text.slice(0, 5_000))) {
    const { urls, isCut } = take(locations(text), MAX_SITEMAPS);
    return { pages: [], sitemaps: urls, isCut };
  }
  const isXml = /<(?:\w+:)?urlset[\s>]/.test(text.slice(0, 5_000));
  const lines = (): string[] => text.split(/\r?\n/, 50_000).filter((line) => /^https?:\/\//.test(line));
  const { urls, isCut } = take(isXml ? locations(text) : lines(), MAX_SITEMAP_URLS);
  return { pages: urls, sitemaps: [], isCut };
}
