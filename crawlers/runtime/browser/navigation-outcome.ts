import { type Outcome, type Redirect } from '#libs/domain';
import { type ProxyFailureCode } from '#libs/netguard';
import { type Verdict } from '../outcome';
import { type Asked } from './exchange-log';
import { WITHOUT_END } from './request-policy';

const OF_PROXY: Readonly<Record<ProxyFailureCode, Outcome>> = {
  'refused-address': 'refused-address',
  'name-not-resolved': 'unreachable',
  unreachable: 'unreachable',
  timeout: 'timeout',
  'too-large': 'too-large',
};

/** The browser's words for why it did not get there, first match wins. — net_error_list.h */
const OF_ERROR: readonly (readonly [RegExp, Outcome])[] = [
  [/ERR_TOO_MANY_REDIRECTS/, 'redirect-loop'],
  [/ERR_(CERT|SSL|BAD_SSL|TLS)/, 'tls-error'],
  [/ERR_(\w+_)?TIMED_OUT/, 'timeout'],
  [
    /ERR_(UNSAFE_REDIRECT|UNKNOWN_URL_SCHEME|DISALLOWED_URL_SCHEME|UNSAFE_PORT|INVALID_URL|BLOCKED_BY_CLIENT)/,
    'refused-address',
  ],
  [/ERR_EMPTY_RESPONSE|ERR_INVALID_HTTP_RESPONSE|ERR_RESPONSE_HEADERS/, 'unreachable'],
];

function outcomeOfRequest(navigation: Asked): Verdict | null {
  const { refusedBy, proxyFailure, failure } = navigation;
  if (refusedBy !== null) return { outcome: refusedBy.outcome, detail: refusedBy.rule };
  if (failure === WITHOUT_END) return { outcome: 'redirect-loop', detail: WITHOUT_END };
  return proxyFailure === null ? null : { outcome: OF_PROXY[proxyFailure], detail: (failure ?? '').slice(0, 300) };
}

/** Says how going to an address ended when no answer came; `error` is what the browser or its driver said. */
export function outcomeOfFailure(navigation: Asked | null, error: string): Verdict {
  const byRequest = navigation === null ? null : outcomeOfRequest(navigation);
  if (byRequest !== null) return byRequest;
  const word = /net::(ERR_\w+)/.exec(error)?.[1] ?? '';
  const outcome = OF_ERROR.find(([pattern]) => pattern.test(word))?.[1] ?? 'unreachable';
  if (word !== '') return { outcome, detail: word };
  const isLost = /has been closed|Target closed|crashed/i.test(error);
  return { outcome, detail: isLost ? 'the browser was lost' : error.replace(/\n[\s\S]*/, '').slice(0, 300) };
}

/** Every step from the address asked for to the document shown: by the server, and by the page itself. */
export function redirectsOf(navigations: readonly Asked[]): Redirect[] {
  return navigations.flatMap((one, nth) => {
    const next = navigations[nth + 1];
    if (one.status === null) return [];
    if (one.location !== null) return [{ url: one.url, status: one.status, location: absolute(one.location, one.url) }];
    return next === undefined ? [] : [{ url: one.url, status: one.status, location: next.url }];
  });
}

const absolute = (location: string, base: string): string =>
  URL.canParse(location, base) ? new URL(location, base).href : location;
