import { isUtf8 } from 'node:buffer';
import { types } from 'node:util';

/** Bytes of a page as text, with what they were said to be and what they turned out to be. */
export interface DecodedHtml {
  readonly html: string;
  /** The encoding used: `utf-8`, `gb18030` (for the whole GB family), `big5`, or another label of the Encoding standard. */
  readonly charset: string;
  /** The label that header or `meta` gave, lower case, also when unknown; null when none did. */
  readonly declared: string | null;
  /** True when the bytes were clearly not what was declared. */
  readonly wasOverridden: boolean;
}

const PRESCAN_BYTES = 4096;
const MINIMUM_SEQUENCES = 8;
const STRAY_SHARE = 0.05;
const COMMON_SHARE = 0.85;

/**
 * Reads bytes as text: byte order mark, then header, then `meta` (searched in the first 4096 bytes), then a check
 * against the bytes themselves, because pages of the trade declare GBK and send UTF-8, and the reverse. Never throws;
 * bytes that fit nothing become U+FFFD. Empty input gives the empty string. Linear; the caller caps the size.
 *
 * @param contentType The `Content-Type` header as sent.
 */
export function decodeHtml(bytes: Uint8Array, contentType: string | null): DecodedHtml {
  const declared = labelOfHeader(contentType) ?? labelOfMeta(bytes);
  const wanted = declared === null ? null : canonical(declared);
  const charset = markOf(bytes) ?? settle(bytes, wanted);
  return {
    html: new TextDecoder(charset).decode(bytes),
    charset,
    declared,
    wasOverridden: wanted !== null && wanted !== charset,
  };
}

function markOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function labelOfHeader(contentType: string | null): string | null {
  const label = /charset\s*=\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase();
  return label !== undefined && canonical(label) !== null ? label : null;
}

function labelOfMeta(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, PRESCAN_BYTES))
    .toString('latin1')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  const inMeta = /<meta\s[^>]{0,512}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head)?.[1];
  const inXml = /^\s*<\?xml\s[^>]{0,256}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head)?.[1];
  return (inMeta ?? inXml)?.toLowerCase() ?? null;
}

/** The name of the encoding that a label stands for; null when the label is unknown. */
function canonical(label: string): string | null {
  try {
    const name = new TextDecoder(label).encoding;
    if (name === 'gbk' || name === 'gb18030') return 'gb18030';
    // A page whose meta could be read byte by byte is no UTF-16. — HTML standard, "prescan a byte stream"
    return name.startsWith('utf-16') ? 'utf-8' : name;
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && error.code === 'ERR_ENCODING_NOT_SUPPORTED') return null;
    throw error;
  }
}

function settle(bytes: Uint8Array, wanted: string | null): string {
  const shape = shapeOf(bytes);
  if (isUtf8(bytes)) return readsAsUtf8(shape, wanted) ? 'utf-8' : (wanted ?? 'utf-8');
  return isUtf8WithStrays(shape) ? 'utf-8' : settleForeign(bytes, shape, wanted);
}

/** Bytes that are no UTF-8. */
function settleForeign(bytes: Uint8Array, shape: ByteShape, wanted: string | null): string {
  if (wanted === 'gb18030' || wanted === 'big5') return better(bytes, wanted);
  if (wanted !== null && wanted !== 'utf-8') {
    return isCommonChinese(shape, MINIMUM_SEQUENCES) ? 'gb18030' : wanted;
  }
  return strays(bytes, 'gb18030') < strays(bytes, 'utf-8') ? 'gb18030' : 'utf-8';
}

/** Texts cut in the middle of a character are common and leave a few strays. */
function isUtf8WithStrays(shape: ByteShape): boolean {
  return shape.sequences >= MINIMUM_SEQUENCES && shape.strays <= shape.sequences * STRAY_SHARE;
}

/** Valid UTF-8 may be short GBK by chance; many sequences, or pairs that are no common Chinese, settle it. */
function readsAsUtf8(shape: ByteShape, wanted: string | null): boolean {
  if (wanted === null || wanted === 'utf-8') return true;
  if (shape.sequences === 0) return false;
  return shape.sequences >= MINIMUM_SEQUENCES || (wanted === 'gb18030' && !isCommonChinese(shape));
}

function isCommonChinese(shape: ByteShape, minimum = 1): boolean {
  return shape.gbPairs >= minimum && shape.gbCommon >= shape.gbPairs * COMMON_SHARE;
}

/** Of the two Chinese encodings, the declared one unless the other alone fits. */
function better(bytes: Uint8Array, wanted: 'gb18030' | 'big5'): string {
  const other = wanted === 'big5' ? 'gb18030' : 'big5';
  const found = strays(bytes, wanted);
  if (found === 0) return wanted;
  return strays(bytes, other) === 0 ? other : wanted;
}

function strays(bytes: Uint8Array, charset: string): number {
  return new TextDecoder(charset).decode(bytes).split('\ufffd').length - 1;
}

interface ByteShape {
  /** Whole UTF-8 sequences of two bytes or more, and bytes above 0x7f that belong to none. */
  sequences: number;
  strays: number;
  /** Pairs as GBK reads them, and those in the rows of punctuation and of common characters of GB 2312. */
  gbPairs: number;
  gbCommon: number;
}

function shapeOf(bytes: Uint8Array): ByteShape {
  const shape: ByteShape = { sequences: 0, strays: 0, gbPairs: 0, gbCommon: 0 };
  for (let i = 0; i < bytes.length;) {
    const length = sequenceAt(bytes, i);
    if (length > 1) shape.sequences += 1;
    if (length === 0) shape.strays += 1;
    i += length || 1;
  }
  countPairs(bytes, shape);
  return shape;
}

function countPairs(bytes: Uint8Array, shape: ByteShape): void {
  for (let i = 0; i + 1 < bytes.length; i += 1) {
    const lead = bytes[i] ?? 0;
    const trail = bytes[i + 1] ?? 0;
    if (lead < 0x81 || trail < 0x40) continue;
    shape.gbPairs += 1;
    if (isCommonPair(lead, trail)) shape.gbCommon += 1;
    i += 1;
  }
}

/** Rows 1-3 of GB 2312 are punctuation and full-width letters, rows 16-55 the common characters. */
function isCommonPair(lead: number, trail: number): boolean {
  return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3));
}

/** The length of the UTF-8 character at a place; 0 when none begins there. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const length = lengthByLead(bytes[at] ?? 0);
  for (let i = 1; i < length; i += 1) {
    if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function lengthByLead(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
