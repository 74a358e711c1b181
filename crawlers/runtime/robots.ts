import robotsParser from 'robots-parser';
import { type Capture, type Outcome, type Visit } from '#libs/domain';
import { decodeBody, headerOf } from './content-coding';
import { type Permission } from './looker';
import { ROBOTS_NAME } from './user-agent';

/** Bytes of robots.txt that are read; the standard asks for as much. — RFC 9309, section 2.5 */
export const MAX_ROBOTS_BYTES = 500 * 1024;

/** What a site's robots.txt lets us do. */
export interface RobotsRules {
  permit(url: string): Permission;
  /** Seconds; null when none is asked for. */
  readonly crawlDelaySeconds: number | null;
  /** As written; may be relative or elsewhere. */
  readonly sitemaps: readonly string[];
}

const constantly = (isAllowed: boolean, rule: string, outcome: Outcome = 'refused-by-robots'): RobotsRules => ({
  permit: () => ({ isAllowed, rule, outcome }),
  crawlDelaySeconds: null,
  sitemaps: [],
});

/**
 * Names one group for all other robots, so that a file of thousands of names before thousands of rules stays small.
 * Lines keep their numbers.
 */
function keepOurGroups(lines: readonly string[]): string[] {
  const inThisRun = new Set<string>();
  return lines.map((line) => {
    const name = /^\s*user-agent\s*:\s*([^#]*)/i.exec(line)?.[1]?.trim().replace(/\/.*$/, '').toLowerCase();
    if (name === undefined) {
      if (line.trim() !== '' && !line.trim().startsWith('#')) inThisRun.clear();
      return line.replace(/\*{2,}/g, '*');
    }
    const group = name === '*' || name === ROBOTS_NAME.toLowerCase() ? name : 'other';
    if (inThisRun.has(group)) return '';
    inThisRun.add(group);
    return `User-agent: ${group}`;
  });
}

/**
 * Reads the text of a robots.txt.
 *
 * @param url Where it was asked for; its rules hold for that origin alone.
 */
export function parseRobots(url: string, text: string): RobotsRules {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const robots = robotsParser(url, keepOurGroups(lines).join('\n'));
  return {
    permit(address) {
      const number = robots.getMatchingLineNumber(address, ROBOTS_NAME);
      const line = lines[number - 1]?.trim().slice(0, 200);
      return {
        isAllowed: robots.isAllowed(address, ROBOTS_NAME) ?? true,
        rule: line === undefined ? 'robots.txt: no line applies' : `robots.txt line ${number}: ${line}`,
        outcome: 'refused-by-robots',
      };
    },
    crawlDelaySeconds: robots.getCrawlDelay(ROBOTS_NAME) ?? null,
    sitemaps: robots.getSitemaps(),
  };
}

/** What of a look at robots.txt decides; every `Look` is one. */
export interface RobotsLook {
  readonly visit: Pick<Visit, 'requestedUrl' | 'outcome' | 'httpStatus' | 'detail'>;
  readonly capture: Pick<Capture, 'parts'> | null;
}

const looksLikeHtml = (text: string, contentType: string): boolean =>
  /text\/html|xhtml/i.test(contentType) || /^\s*(<!doctype|<html|<head|<body|<\?xml|<script)/i.test(text);

/** Outcomes after which nobody has said no, because nobody was reached: the page ends the same way. */
const NOT_REACHED: readonly Outcome[] = ['unreachable', 'timeout', 'tls-error', 'refused-address', 'redirect-loop'];

/**
 * The rules that follow from a look at robots.txt. — RFC 9309, section 2.3.1
 *
 * No such file (4xx): everything is allowed. Refused to us (401, 403, a captcha), out of order (429, 5xx) or not
 * reached: nothing is allowed, for a failure to ask is no permission. HTML instead of rules is ignored.
 */
export async function robotsRulesOf(look: RobotsLook): Promise<RobotsRules> {
  const { outcome, httpStatus, detail } = look.visit;
  if (NOT_REACHED.includes(outcome))
    return constantly(false, `robots.txt of this site: ${outcome}, ${detail}`, outcome);
  const isRefused = httpStatus === null || httpStatus === 401 || httpStatus === 403 || httpStatus === 429;
  if (isRefused || httpStatus >= 500)
    return constantly(false, `robots.txt answered with HTTP ${httpStatus ?? '(none)'}`);
  if (httpStatus >= 300) return constantly(true, `no robots.txt (HTTP ${httpStatus})`);
  return rulesInBody(look);
}

async function rulesInBody(look: RobotsLook): Promise<RobotsRules> {
  const part = look.capture?.parts.find(({ name }) => name === 'exchange-0');
  if (part?.kind !== 'exchange') return constantly(true, 'robots.txt is empty');
  const { bytes, problem } = await decodeBody(part.exchange);
  if (bytes === null) return constantly(false, `robots.txt is ${problem}`);
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_ROBOTS_BYTES));
  if (looksLikeHtml(text, headerOf(part.exchange.responseHeaders, 'content-type') ?? ''))
    return constantly(true, 'robots.txt answered with HTML; ignored');
  return parseRobots(look.visit.requestedUrl, text);
}
