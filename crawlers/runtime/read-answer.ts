import { type Exchange, type PageRole } from '#libs/domain';
import { decodeHtml, parseHtml, type HtmlDocument } from '#libs/html';
import { decodeBody, headerOf, MAX_DECODED_BYTES } from './content-coding';

/** What could be read of the answer that is the page. */
export interface ReadAnswer {
  readonly document: HtmlDocument | null;
  /** The beginning of the markup. */
  readonly markup: string;
  /** Null when the body could be decoded. */
  readonly problem: 'too-large' | 'undecodable' | null;
}

const MARKUP_CHARS = 64 * 1024;
const HTML_TYPE = /^\s*(text\/html|application\/xhtml\+xml)\b/i;
/** Types that servers send when they do not know. */
const UNSURE_TYPE = /^\s*(text\/plain|application\/octet-stream|text\/xml|application\/xml|$)/i;
const HTML_START = /^\ufeff?\s*(<!--[\s\S]{0,500}?-->\s*)?<(!doctype html|html|head|body)\b/i;

function isHtml(exchange: Exchange, bytes: Uint8Array): boolean {
  if (/^\s*attachment/i.test(headerOf(exchange.responseHeaders, 'content-disposition') ?? '')) return false;
  const type = headerOf(exchange.responseHeaders, 'content-type') ?? '';
  if (HTML_TYPE.test(type)) return true;
  return UNSURE_TYPE.test(type) && HTML_START.test(Buffer.from(bytes.subarray(0, 1_000)).toString('latin1'));
}

/**
 * Decodes and parses the answer that is the page: once, here. A body that was cut at the size limit is not parsed:
 * what it says is in the evidence, and the visit is no look at the page.
 */
export async function readAnswer(
  exchange: Exchange,
  role: PageRole,
  maxDecodedBytes = MAX_DECODED_BYTES,
): Promise<ReadAnswer> {
  if (role !== 'page' || exchange.truncated === 'length') return { document: null, markup: '', problem: null };
  const { bytes, problem } = await decodeBody(exchange, maxDecodedBytes);
  if (bytes === null || !isHtml(exchange, bytes)) return { document: null, markup: '', problem };
  const { html } = decodeHtml(bytes, headerOf(exchange.responseHeaders, 'content-type'));
  return { document: parseHtml(html), markup: html.slice(0, MARKUP_CHARS), problem: null };
}
