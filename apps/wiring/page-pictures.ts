import { z } from 'zod';
import { documentOfParts } from '#crawlers/runtime/browser';
import { type Box, type Evidence, type SegmentRegion } from '#libs/domain';
import { type EvidenceStore } from '#libs/evidence';
import { type HtmlDocument, readPictureBoxes } from '#libs/html';

/** A picture of a sealed page, with the place it had there. */
export interface SealedPicture {
  readonly url: string;
  readonly path: string;
  readonly region: SegmentRegion;
  readonly box: Box | null;
  readonly bytes: Uint8Array;
}

/** Most pictures of one page; what lies beyond is said to be not read. */
const MOST = 120;
const addressed = z.object({ addresses: z.array(z.string()).catch([]) });
const DATA = /^data:image\/[a-z.+-]+(;base64)?,/i;

interface Found {
  readonly url: string;
  readonly part: `exchange-${number}` | null;
}

/** The pictures of one rendered capture, each once, in the order in which they were fetched; then those in the page itself. */
export async function picturesOf(
  store: EvidenceStore,
  evidence: Evidence,
): Promise<{ pictures: SealedPicture[]; left: number }> {
  const has = (name: string) => evidence.record.parts.some((part) => part.name === name);
  if (!has('pageinfo') || !has('dom')) return { pictures: [], left: 0 };
  const pageinfo = await store.read(evidence.id, 'pageinfo');
  const document = documentOfParts(await store.read(evidence.id, 'dom'), pageinfo);
  const boxes = has('layout') ? readPictureBoxes(await store.read(evidence.id, 'layout')) : new Map<string, Box>();
  const found = [...fetched(evidence, pageinfo), ...inPage(document)];
  const pictures: SealedPicture[] = [];
  for (const one of found.slice(0, MOST)) {
    const bytes = one.part === null ? bytesOfData(one.url) : (await store.readAnswer(evidence.id, one.part)).body;
    if (bytes.byteLength === 0) continue; // an answer without a body shows nothing
    const unnamed = { path: `/picture[${pictures.length + 1}]`, region: 'main' as const };
    const { path, region } = elementOf(document, one.url, evidence.record.finalUrl) ?? unnamed;
    pictures.push({ url: one.url, path, region, box: boxes.get(path) ?? null, bytes });
  }
  return { pictures, left: Math.max(0, found.length - MOST) };
}

/** Answers that are pictures; icons of the browser's own bar are not read. */
function fetched(evidence: Evidence, pageinfo: Uint8Array): Found[] {
  const { addresses } = addressed.parse(JSON.parse(Buffer.from(pageinfo).toString('utf8')));
  const urls = new Set<string>();
  return evidence.record.parts.flatMap((part): Found[] => {
    const nth = /^exchange-(\d+)$/.exec(part.name)?.[1];
    const url = nth === undefined ? undefined : addresses[Number(nth)];
    if (url === undefined || urls.has(url)) return [];
    if (!/^image\//i.test(part.mediaType) || /icon/i.test(part.mediaType)) return [];
    urls.add(url);
    return [{ url, part: `exchange-${Number(nth)}` }];
  });
}

function inPage(document: HtmlDocument): Found[] {
  const sources = new Set(document.images.map(({ src }) => src).filter((src) => DATA.test(src)));
  return [...sources].map((url) => ({ url, part: null }));
}

function bytesOfData(url: string): Uint8Array {
  const head = DATA.exec(url);
  const body = url.slice(head?.[0].length ?? url.length);
  if (head?.[1]) return Buffer.from(body, 'base64');
  try {
    return Buffer.from(decodeURIComponent(body), 'utf8');
  } catch {
    return Buffer.from(body, 'utf8'); // a stray per cent sign; the decoder will say whether it is a picture
  }
}

function elementOf(document: HtmlDocument, url: string, pageUrl: string) {
  const base = resolved(document.baseHref ?? '', pageUrl) ?? pageUrl;
  return document.images.find(({ src }) => src === url || resolved(src, base) === url);
}

function resolved(address: string, base: string): string | null {
  return URL.canParse(address, base) ? new URL(address, base).href : null;
}
