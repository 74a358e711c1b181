import { type DisclosureSighting, type Reading } from '#libs/domain';
import { type HtmlDocument } from '#libs/html';
import { candidatesOf } from './candidates';
import { type LabelIndex } from './label-index';
import { pictureSpeaks } from './pictures';

/** Pictures that show no facts. */
const DECORATION =
  /logo|icon|ico[._-]|qr|erweima|weixin|wechat|loading|arrow|avatar|btn|button|blank|spacer|pixel|star|kefu|search|close|二维码|扫码|关注/i;
const BANNER = /banner|slide|swiper|lunbo|carousel|focus/i;
const FILE = /\.(?:pdf|docx?|xlsx?|zip|rar)(?:[?#]|$)/i;
/** An alternative text that says nothing of what the picture shows. */
const SAYS_NOTHING = /^(?:图片?|图像|image|img|pic|picture|photo|\d*|[a-z0-9_.-]*)$/i;
const MOST = 40;

/** Ids of sightings that stand for one item, or for whatever takes that form: `picture`, `file`, `footer-picture`… */
export const UNREAD = 'unread';

/** What on a page could hold an answer and was not read, so that its absence must not be claimed. */
export function unreadOn(reading: Reading, document: HtmlDocument | null, index: LabelIndex): DisclosureSighting[] {
  if (reading.pageKind !== 'home' && reading.pageKind !== 'disclosure' && reading.pageKind !== 'about') return [];
  const labelled = besideLabels(reading, document, index);
  const loose = document === null ? [] : looseOf(document, reading, new Set(labelled.map((it) => it.value)));
  return [...labelled, ...loose].slice(0, MOST);
}

function besideLabels(reading: Reading, document: HtmlDocument | null, index: LabelIndex): DisclosureSighting[] {
  return candidatesOf(reading, index, document?.images ?? null).flatMap((candidate) => {
    const source = candidate.images[0] ?? candidate.links[0];
    if (candidate.value !== '' || source === undefined) return [];
    const silent = candidate.items.filter((item) => pictureSpeaks(item, candidate, reading) === null);
    return silent.map((item) => unread(item.id, source, candidate.path));
  });
}

function looseOf(document: HtmlDocument, reading: Reading, known: ReadonlySet<string>): DisclosureSighting[] {
  const pictures = document.images
    .filter(({ src, alt }) => !known.has(src) && SAYS_NOTHING.test(alt) && !DECORATION.test(src))
    .map(({ src, path, region }) => unread(pictureKind(src, region), src, path));
  const files = document.links
    .filter(({ href, kind }) => kind === 'anchor' && FILE.test(href))
    .map(({ href, path }) => unread('file', href, path));
  const frames = document.links
    .filter(({ href, kind }) => kind === 'frame' && !/^(?:about|javascript):/i.test(href))
    .slice(0, MOST)
    // The browser reads frames; their texts stand below the path of the frame's element.
    .filter(({ path }) => !reading.segments.some((it) => it.path.startsWith(`${path}/`)))
    .map(({ href, path }) => unread('frame', href, path));
  return [...pictures, ...files, ...frames];
}

function pictureKind(src: string, region: string): string {
  if (BANNER.test(src)) return 'banner';
  return region === 'footer' ? 'footer-picture' : 'picture';
}

function unread(item: string, source: string, path: string): DisclosureSighting {
  return { item, state: UNREAD, value: source.slice(0, 300), asOf: null, path, quote: '' };
}
