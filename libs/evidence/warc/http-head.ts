import { type Exchange, type HeaderPairs, InputInvalidError } from '#libs/domain';
import { percentEncoded, uriLine, wellFormed } from './hostile-text';

/** Largest head that a reader of the sealed record must be ready to take, in bytes. */
export const LARGEST_HEAD = 4 * 1024 * 1024;

/** A header name that cannot end its line or be taken for another: what no name may hold is percent-encoded. */
function nameLine(name: string): string {
  const line = wellFormed(name).replace(/[^\x21-\x39\x3b-\x7e]/gu, percentEncoded);
  return line === '' ? 'x-unnamed' : line;
}

/** A header value on one line: line ends and NUL percent-encoded, the rest as it came. */
function valueLine(value: string): string {
  return wellFormed(value).replace(/[\r\n\0]/g, percentEncoded);
}

/** Bytes of one line. Node gives header bytes as latin-1 text, so these go back byte for byte; anything wider is UTF-8. */
function lineBytes(line: string): Buffer {
  return Buffer.from(`${line}\r\n`, /^[\0-\xff]*$/.test(line) ? 'latin1' : 'utf8');
}

function head(firstLine: string, headers: HeaderPairs, url: string): Buffer {
  const lines = headers.map(([name, value]) => lineBytes(`${nameLine(name)}: ${valueLine(value)}`));
  const bytes = Buffer.concat([lineBytes(firstLine), ...lines, Buffer.from('\r\n')]);
  if (bytes.length > LARGEST_HEAD) {
    throw new InputInvalidError(
      `http head of ${url.slice(0, 200)}`,
      `${bytes.length} bytes`,
      `at most ${LARGEST_HEAD}`,
    );
  }
  return bytes;
}

/**
 * Header names of the answer that no longer fit the body as it is kept, with what they become: the sender's words
 * stay readable under `x-orig-`. Transfer coding is always undone; content coding only by the browser.
 */
function fittingHeaders(exchange: Exchange): HeaderPairs {
  const length = String(exchange.body.byteLength);
  const undone = exchange.isBodyDecoded ? ['transfer-encoding', 'content-encoding'] : ['transfer-encoding'];
  let hasLength = false;
  const fitting = exchange.responseHeaders.map(([name, value]): readonly [string, string] => {
    const lower = name.trim().toLowerCase();
    const isRightLength = lower === 'content-length' && !hasLength && value.trim() === length;
    if (isRightLength) hasLength = true;
    const isUnfit = undone.includes(lower) || (lower === 'content-length' && !isRightLength);
    return isUnfit ? [`x-orig-${name}`, value] : [name, value];
  });
  return hasLength ? fitting : [...fitting, ['Content-Length', length]];
}

/** Status line and headers of the answer, with the blank line, as they stand before the body in a `response` record. */
export function responseHead(exchange: Exchange): Buffer {
  const { status } = exchange;
  const code = Number.isInteger(status) && status >= 100 && status <= 999 ? String(status) : '000';
  const firstLine = `HTTP/1.1 ${code} ${valueLine(exchange.statusText)}`;
  return head(firstLine, fittingHeaders(exchange), exchange.url);
}

/** Host and path of the address asked for; an address that does not parse is kept whole as the path. */
function asked(url: string): { host: string; path: string } {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed ? { host: parsed.host, path: parsed.pathname + parsed.search } : { host: '', path: url };
}

/** The request as it was sent, without a body. `Host` is taken from the address when HTTP/2 had it in `:authority`. */
export function requestHead(exchange: Exchange): Buffer {
  const { host, path } = asked(exchange.url);
  const sent = exchange.requestHeaders.filter(([name]) => !name.startsWith(':'));
  const hasHost = sent.some(([name]) => name.toLowerCase() === 'host');
  const headers: HeaderPairs = hasHost ? sent : [['Host', host], ...sent];
  return head(`${nameLine(exchange.method)} ${uriLine(path)} HTTP/1.1`, headers, exchange.url);
}

/** Header pairs of a head as it was sealed; the first line is left out, order, case and duplicates are kept. */
export function headersIn(head: string): HeaderPairs {
  return head
    .split('\r\n')
    .slice(1)
    .map((line): readonly [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
}
