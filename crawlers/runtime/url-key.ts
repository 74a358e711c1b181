import { TargetUrlInvalidError } from '#libs/domain';

/** Longest address that is followed or accepted, in characters. */
export const MAX_URL_LENGTH = 2_000;

/** Parameters that name a visitor, a session or the way here, never a page. */
const noise =
  /^(utm_\w+|spm|scm|from|fromid|gclid|fbclid|msclkid|bd_vid|qz_gdt|hm(sr|pl|cu|kw|ci)|jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|sessionid|session_id|sid|token|access_token|csrf|csrf_token|_csrf|_token|_|_t|ts|timestamp|rnd|rand|random|nocache|nonce|share_?token|isappinstalled)$/i;

/** Names that hold a clock in some sites and a meaning in others: the value decides. */
const perhapsClock = /^(t|r|v|time|date|now|stamp)$/i;
const clockValue = /^(1\d{9}|1\d{12}|0\.\d{6,})$/;

const isNoise = (name: string, value: string): boolean =>
  noise.test(name) || (perhapsClock.test(name) && clockValue.test(value));

/** Decodes escapes that need none and writes the others in capitals; escapes of other charsets than UTF-8 stay. */
const tidyEscapes = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (escape, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9\-._~]/.test(char) ? char : escape.toUpperCase();
  });

function queryKey(search: string): string {
  const parts = search
    .slice(1)
    .split('&')
    .filter((part) => part !== '');
  const kept = parts
    .map((part) => tidyEscapes(part))
    .filter((part) => {
      const [name = '', value = ''] = part.split('=', 2);
      return !isNoise(name, value);
    });
  const nameOf = (part: string): string => part.split('=', 1)[0] ?? '';
  // Sorted by name alone: the order of values of one name may mean something.
  kept.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
  return kept.length > 0 ? `?${kept.join('&')}` : '';
}

/**
 * What makes two addresses one page: no fragment, no default port, no session or tracking parameters, the rest sorted
 * by name, `index.html` folded into its directory, host in lower case and Punycode, dot segments resolved.
 *
 * Fragments that a script takes for a route (`#/…`, `#!/…`) are dropped like any other, so all routes of such a site
 * are one page. `http` and `https` stay two.
 *
 * @throws {TypeError} when a string is no absolute address; {@link checkTargetUrl} and {@link resolveUrl} give such.
 */
export function urlKeyOf(address: string | URL): string {
  const url = new URL(address);
  const path = tidyEscapes(url.pathname)
    .replace(/;[a-z.]*sessionid=[^/;]*/gi, '')
    .replace(/\/(?:index|default)\.(?:html?|php|jsp|aspx?|shtml)$/i, '/');
  return `${url.protocol}//${url.host.replace(/\.(?=$|:)/, '')}${path}${queryKey(url.search)}`;
}

/** One address that may be fetched: as it was linked, without its fragment. */
export interface ResolvedUrl {
  readonly url: string;
  readonly urlKey: string;
}

/**
 * Makes an absolute address of a link as a page wrote it.
 *
 * @returns null for what cannot be fetched or followed: other schemes, rubbish, credentials inside, over {@link MAX_URL_LENGTH}.
 */
export function resolveUrl(href: string, base: string): ResolvedUrl | null {
  if (href.length > MAX_URL_LENGTH) return null;
  let url: URL;
  try {
    url = new URL(href.trim(), base);
  } catch {
    return null; // rubbish in a page is no news
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.username !== '' || url.password !== '') return null;
  url.hash = '';
  if (url.href.length > MAX_URL_LENGTH) return null;
  return { url: url.href, urlKey: urlKeyOf(url) };
}

const problems: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'is empty'],
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  [/[\s\u0000-\u001f\u007f\\]/, 'holds white space, a control character or a backslash'],
  [/^(?!https?:\/\/)/i, 'is not http(s)'],
  [/^https?:\/\/(?:[/?#:]|$)/i, 'has no host'],
];

/**
 * Reads the address of a target as a person typed it; white space around it is taken off.
 *
 * @throws {TargetUrlInvalidError} when it is no absolute http(s) address, holds credentials, or is too long.
 */
export function checkTargetUrl(text: string): URL {
  const typed = text.trim();
  const problem = problems.find(([pattern]) => pattern.test(typed));
  if (problem) throw new TargetUrlInvalidError(text, problem[1]);
  if (typed.length > MAX_URL_LENGTH)
    throw new TargetUrlInvalidError(text, `is longer than ${MAX_URL_LENGTH} characters`);
  let url: URL;
  try {
    url = new URL(typed);
  } catch {
    throw new TargetUrlInvalidError(text, 'cannot be parsed');
  }
  // The address itself stays out of the message: it holds a password.
  if (url.username !== '' || url.password !== '')
    throw new TargetUrlInvalidError(`${url.protocol}//…@${url.host}/`, 'holds credentials');
  return url;
}
