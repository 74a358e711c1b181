import { type HeaderPairs, type Outcome, type PageRole } from '#libs/domain';
import { type HtmlDocument } from '#libs/html';
import { headerOf } from './content-coding';
import { ERROR_PATH, MARKUP_MARKS, SIGN_IN_PATH, SIGN_IN_WORDS, TEXT_MARKS, type OutcomeMark } from './outcome-marks';

/** An answer that came, as far as its outcome depends on it. */
export interface Answer {
  readonly role: PageRole;
  readonly status: number;
  readonly headers: HeaderPairs;
  readonly requestedUrl: string;
  readonly finalUrl: string;
  /** Bytes of the body as they came. */
  readonly byteLength: number;
  readonly truncated: 'length' | 'time' | 'disconnect' | null;
  /** Null when the body is no HTML, or could not be read. */
  readonly document: HtmlDocument | null;
  /** The beginning of the markup, where guarding scripts show themselves; may be empty. */
  readonly markup: string;
  readonly isRendered: boolean;
  /** The request named an earlier answer, so that 304 means something; false when absent. */
  readonly isConditional?: boolean;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** English, one line; empty for a plain `ok`. */
  readonly detail: string;
}

/** Text of the page proper, in characters, up to which a page may be a notice and nothing else. */
const SHORT = 300;
/** The same where a whole navigation may stand around it and the title must say it. */
const SHORT_WITH_TITLE = 800;
/** Up to here a form for a password is all there is. */
const LOGIN_TEXT = 400;
/** Up to here an invitation to sign in is all there is. */
const SIGN_IN_TEXT = 60;

const said = (outcome: Outcome, detail: string): Verdict => ({ outcome, detail });

interface Words {
  readonly title: string;
  /** Visible text outside of navigation, header and footer, as far as the page marks those. */
  readonly core: string;
}

const SHELL_REGIONS: readonly string[] = ['nav', 'header', 'footer'];

function wordsOf(document: HtmlDocument): Words {
  let core = '';
  for (const { source, region, text } of document.texts) {
    if (core.length > SHORT_WITH_TITLE) break;
    if (source === 'visible' && !SHELL_REGIONS.includes(region)) core += `${text} `;
  }
  return { title: document.title.normalize('NFKC'), core: core.normalize('NFKC').replace(/\s+/g, ' ').trim() };
}

/** The first mark that a short page shows in its text, or a page of middle length in its title. */
function markIn(document: HtmlDocument, markup: string): OutcomeMark | null {
  const { title, core } = wordsOf(document);
  if (core.length <= SHORT) {
    const text = `${title} ${core}`.trim();
    return (
      TEXT_MARKS.find(
        ({ words, unless, most = Infinity }) => text.length <= most && words.test(text) && !unless?.test(text),
      ) ??
      MARKUP_MARKS.find(({ words }) => words.test(markup)) ??
      null
    );
  }
  return core.length <= SHORT_WITH_TITLE
    ? (TEXT_MARKS.find(({ words, most }) => most === undefined && words.test(title)) ?? null)
    : null;
}

const CUT: Readonly<Record<'length' | 'time' | 'disconnect', Verdict>> = {
  length: said('too-large', 'body is longer than the limit and was cut'),
  time: said('timeout', 'body was not whole when its time was up'),
  disconnect: said('partial', 'connection was lost inside the body'),
};

function ofErrorStatus({ status, headers }: Answer): Verdict {
  const detail = `HTTP ${status}`;
  if (status === 401) return said('login-wall', detail);
  if (status === 404 || status === 410) return said('gone', detail);
  if (status === 429) return said('throttled', detail);
  if (status === 408) return said('timeout', detail);
  if ([403, 405, 407, 412, 418, 451].includes(status)) return said('blocked', detail);
  if (status === 503 && headerOf(headers, 'retry-after') !== null)
    return said('throttled', `${detail} with Retry-After`);
  return said('error-page', detail);
}

/** What the page of an error status says more exactly than its number, for the numbers that leave it open. */
const OPEN_STATUS: readonly number[] = [400, 403, 405, 412, 418, 500, 502, 503, 521];
const EXACT: readonly Outcome[] = ['captcha', 'blocked', 'maintenance', 'throttled'];

function ofFailedStatus(answer: Answer): Verdict {
  const byStatus = ofErrorStatus(answer);
  if (answer.document === null || answer.role !== 'page' || !OPEN_STATUS.includes(answer.status)) return byStatus;
  const mark = markIn(answer.document, answer.markup);
  if (mark && EXACT.includes(mark.outcome)) return said(mark.outcome, `${byStatus.detail}: ${mark.name}`);
  if (answer.status === 403 && answer.document.signs.hasPasswordField)
    return said('login-wall', 'HTTP 403: password field');
  return byStatus;
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : '');

/** A sign-in page that was asked for is a page like any other; one that stands in the way of another is a wall. */
function loginWall(answer: Answer, document: HtmlDocument): Verdict | null {
  if (SIGN_IN_PATH.test(pathOf(answer.requestedUrl))) return null;
  if (SIGN_IN_PATH.test(pathOf(answer.finalUrl))) return said('login-wall', 'redirected to a sign-in address');
  const isBare = document.signs.hasPasswordField && document.signs.visibleLength < LOGIN_TEXT;
  if (isBare) return said('login-wall', 'password field and little else');
  const { core } = wordsOf(document);
  const isInvited = core.length <= SIGN_IN_TEXT && SIGN_IN_WORDS.test(core);
  return isInvited ? said('login-wall', 'asks to sign in and says little else') : null;
}

/** Where a page of its own was asked for: an article, a product, something inside one of the rooms of a site. */
const isDeep = (path: string): boolean => /^\/[^/]+\/.*(\d|\.\w{2,5}$)/.test(path);

/** Sites that answer 200 for what is not there send the visitor on, to a page for errors or to the start page. */
function goneByRedirect({ requestedUrl, finalUrl }: Answer): Verdict | null {
  const [asked, shown] = [pathOf(requestedUrl), pathOf(finalUrl)];
  if (asked === shown) return null;
  if (ERROR_PATH.test(shown) && !ERROR_PATH.test(asked)) return said('gone', 'redirected to a page for errors');
  return shown === '/' && isDeep(asked) ? said('gone', 'redirected to the start page') : null;
}

const hasPictures = (document: HtmlDocument): boolean => document.images.some(({ src }) => src !== '');

function incompleteness(answer: Answer, { signs, ...document }: HtmlDocument): Verdict | null {
  if (signs.hasTemplateMarks) return said('partial', 'template marks were not filled');
  if (signs.isCut) return said('partial', 'page has more elements than are read');
  if (signs.visibleLength > 0) return null;
  if (!answer.isRendered && signs.scriptCount > 0) return said('partial', 'no text before scripts run');
  return hasPictures({ signs, ...document }) ? null : said('empty', 'no text');
}

function ofDocument(answer: Answer, document: HtmlDocument): Verdict {
  const wall = loginWall(answer, document);
  if (wall) return wall;
  const mark = markIn(document, answer.markup);
  if (mark) return said(mark.outcome, mark.name);
  const gone = goneByRedirect(answer);
  if (gone) return gone;
  return incompleteness(answer, document) ?? said('ok', answer.status === 200 ? '' : `HTTP ${answer.status}`);
}

/** A server that answers 304 to a question without conditions has shown nothing, now or before. */
const ofNotModified = ({ isConditional = false }: Answer): Verdict =>
  isConditional ? said('not-modified', 'HTTP 304') : said('empty', 'HTTP 304 to a request without conditions');

/**
 * Says how an attempt ended whose answer came. Judges by status first, then by what a page with little text says;
 * a long page that merely mentions 验证码, 维护 or 不存在 is `ok`. Robots and sitemap files are judged by status alone.
 */
export function classifyAnswer(answer: Answer): Verdict {
  if (answer.status === 304) return ofNotModified(answer);
  if (answer.status >= 300) return ofFailedStatus(answer);
  if (answer.truncated !== null) return CUT[answer.truncated];
  if (answer.byteLength === 0 && !answer.isRendered) return said('empty', 'no body');
  if (answer.role !== 'page') return said('ok', '');
  if (answer.status === 206) return said('partial', 'HTTP 206');
  if (answer.document === null) return said('download', contentTypeOf(answer));
  return ofDocument(answer, answer.document);
}

const contentTypeOf = ({ headers }: Answer): string => {
  const type = (headerOf(headers, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'no content type';
};
