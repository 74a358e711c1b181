import { type CDPSession } from 'playwright';
import { type HeaderPairs } from '#libs/domain';
import { type FilteringProxy, type ProxyFailureCode } from '#libs/netguard';
import { isSmall, readStreamed, readWhole, SMALL, type BodyLimits, type ReadBody } from './body-reader';
import { headerOf } from '../content-coding';
import { type Asked } from './exchange-log';
import { type LookLimits } from './look-limits';
import { type ErrorReason, type RequestPaused } from './protocol';

/** Answers whose words end with their headers. — RFC 9110, section 6.4.1 */
const BODILESS = new Set([101, 204, 205, 304]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Headers that speak of the body as it was sent, not as it is handed on. */
const OF_TRANSFER = new Set(['content-encoding', 'content-length', 'transfer-encoding']);
const SHOWN = /^(text\/|image\/|application\/(xhtml\+xml|xml|json|javascript)|$)/i;

const TOWARDS_PAGE: Readonly<Record<ProxyFailureCode, ErrorReason>> = {
  'refused-address': 'AccessDenied',
  'name-not-resolved': 'NameNotResolved',
  unreachable: 'ConnectionRefused',
  timeout: 'TimedOut',
  'too-large': 'Failed',
};

/** Why a request of a page got no answer: what the proxy says, in one word and one line. */
export const failureLine = (code: ProxyFailureCode, detail: string): string =>
  detail === '' ? code : `${code}, ${detail}`;

const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

const hasBody = (asked: Asked, status: number): boolean =>
  asked.location === null && !BODILESS.has(status) && asked.method !== 'HEAD';

function isDownload(asked: Asked, type: string): boolean {
  const disposition = headerOf(asked.responseHeaders, 'content-disposition') ?? '';
  return /^\s*attachment/i.test(disposition) || !SHOWN.test(type.trim());
}

export interface AnswerRecorderOptions {
  readonly session: CDPSession;
  readonly proxy: FilteringProxy;
  readonly limits: LookLimits;
}

/** Takes answers as they come in: keeps their bodies, then hands them on to the page. */
export class AnswerRecorder {
  #bytesKept = 0;

  /** @param headersCame Told as soon as an answer's headers are known, before its body is read. */
  constructor(
    private readonly options: AnswerRecorderOptions,
    private readonly headersCame: (asked: Asked) => void,
  ) {}

  /** @throws when the request went away with its page meanwhile; what was read by then is kept. */
  async take(event: RequestPaused, asked: Asked): Promise<void> {
    this.headersCame(asked);
    const headers = (event.responseHeaders ?? []).map(({ name, value }) => [name, value] as const);
    const verdict = headerOf(headers, this.options.proxy.verdictHeader) as ProxyFailureCode | null;
    if (verdict !== null || event.responseErrorReason !== undefined) return this.#takeFailure(event, asked, verdict);
    const status = event.responseStatusCode ?? 0;
    const location = headerOf(headers, 'location');
    this.#noteHead(asked, status, event.responseStatusText ?? '', headers);
    if (REDIRECTS.has(status) && location !== null) asked.location = location;
    return hasBody(asked, status) ? this.#takeBody(event, asked) : this.#goOn(event.requestId);
  }

  #noteHead(asked: Asked, status: number, statusText: string, headers: HeaderPairs): void {
    const url = new URL(asked.url);
    asked.status = status;
    asked.statusText = statusText;
    asked.responseHeaders = headers;
    asked.remoteAddress = this.options.proxy.ledger.remoteAddressOf(url.hostname, portOf(url));
  }

  async #takeFailure(event: RequestPaused, asked: Asked, verdict: ProxyFailureCode | null): Promise<void> {
    const url = new URL(asked.url);
    const failure = this.options.proxy.ledger.failureOf(url.hostname, portOf(url));
    const code = verdict ?? failure?.code ?? null;
    asked.failure =
      code === null ? `failed (${event.responseErrorReason ?? ''})` : failureLine(code, failure?.detail ?? '');
    asked.proxyFailure = code;
    if (code === null) return this.#goOn(event.requestId); // the page gets the browser's own error
    const { requestId } = event;
    await this.options.session.send('Fetch.failRequest', { requestId, errorReason: TOWARDS_PAGE[code] });
  }

  async #takeBody(event: RequestPaused, asked: Asked): Promise<void> {
    const type = headerOf(asked.responseHeaders, 'content-type') ?? '';
    if (asked.resourceType === 'EventSource' || /^text\/event-stream/i.test(type)) {
      asked.failure = 'a stream of events has no end to record';
      return this.#goOn(event.requestId);
    }
    asked.phase = 'reading';
    const isUntouched = await this.#keepBody(event.requestId, asked);
    asked.isDownload = asked.isMainDocument && isDownload(asked, type);
    if (asked.isDownload) return this.#abort(event.requestId);
    return isUntouched ? this.#goOn(event.requestId) : this.#handOn(event, asked);
  }

  /** Reads the body; says whether the answer may go on as it is. */
  async #keepBody(requestId: string, asked: Asked): Promise<boolean> {
    const limits = this.#bodyLimits();
    const isWhole = !asked.isMainDocument && limits.maxBytes >= SMALL && isSmall(asked.responseHeaders);
    const body = await this.#read(requestId, limits, isWhole);
    asked.body = body.bytes;
    asked.truncated = body.truncated ?? this.#cutUnderWay(asked, body.bytes);
    this.#bytesKept += body.bytes.length;
    return isWhole && body.truncated === null;
  }

  /** The browser ends a body that broke off, or that cannot be unpacked, as if it were whole. */
  #cutUnderWay(asked: Asked, bytes: Uint8Array): Asked['truncated'] {
    const promised = Number(headerOf(asked.responseHeaders, 'content-length') ?? 0);
    const isEncoded = (headerOf(asked.responseHeaders, 'content-encoding') ?? 'identity').toLowerCase() !== 'identity';
    if (isEncoded && bytes.length === 0 && promised > 0) asked.failure = 'the body cannot be unpacked';
    const isShort = !isEncoded && bytes.length < promised;
    return isShort || this.options.proxy.ledger.wasCut(asked.url) ? 'disconnect' : null;
  }

  async #read(requestId: string, limits: BodyLimits, isWhole: boolean): Promise<ReadBody> {
    if (!isWhole) return readStreamed(this.options.session, requestId, limits);
    return readWhole(this.options.session, requestId, limits);
  }

  #bodyLimits(): BodyLimits {
    const { maxBodyBytes, maxBytesPerPage, bodyTimeoutMs } = this.options.limits;
    return {
      maxBytes: Math.max(1, Math.min(maxBodyBytes, maxBytesPerPage - this.#bytesKept)),
      timeoutMs: bodyTimeoutMs,
    };
  }

  /** A document that broke off is shown as far as it came, as browsers do; anything cut by our cap is not shown. */
  async #handOn(event: RequestPaused, asked: Asked): Promise<void> {
    const { session } = this.options;
    const { requestId } = event;
    if (asked.truncated !== null && (asked.truncated === 'length' || !asked.isMainDocument)) {
      await session.send('Fetch.failRequest', {
        requestId,
        errorReason: asked.truncated === 'time' ? 'TimedOut' : 'Failed',
      });
      return;
    }
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: event.responseStatusCode ?? 200,
      responsePhrase: event.responseStatusText === '' ? undefined : event.responseStatusText,
      responseHeaders: (event.responseHeaders ?? []).filter(({ name }) => !OF_TRANSFER.has(name.toLowerCase())),
      body: Buffer.from(asked.body ?? []).toString('base64'),
    });
  }

  async #abort(requestId: string): Promise<void> {
    await this.options.session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
  }

  async #goOn(requestId: string): Promise<void> {
    await this.options.session.send('Fetch.continueRequest', { requestId });
  }
}
