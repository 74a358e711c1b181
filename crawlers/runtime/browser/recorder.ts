import { type CDPSession } from 'playwright';
import { type FilteringProxy } from '#libs/netguard';
import { AnswerRecorder } from './answer-recorder';
import { exchangesOf, pairsOf, pairsOfBlock, WireHeaders, type Asked } from './exchange-log';
import { type Permission, type Permit } from '../looker';
import { HostPace } from '../pace';
import { type LookLimits } from './look-limits';
import { type RequestPaused } from './protocol';
import { isChatter, refusalOf, repeatKeyOf } from './request-policy';

/** Whoever says when a host may be asked again. */
export type Pace = Pick<HostPace, 'turn'>;

export interface RecorderOptions {
  /** A session of the whole browser: it sees frames of other sites and service workers too. */
  readonly session: CDPSession;
  readonly proxy: FilteringProxy;
  readonly pace: Pace;
  readonly limits: LookLimits;
  /** Asked before each document, of the page and of its frames. */
  readonly permit?: Permit;
}

/**
 * Records every http(s) request of one browser while one page is looked at, and lets each go out only in its host's
 * turn. Bodies are taken before the page gets them, so that nothing is fetched twice and what is kept is what was shown.
 */
export class Recorder {
  /** In order of their start. */
  readonly asked: Asked[] = [];
  readonly wire = new WireHeaders();
  readonly #notes: string[] = [];
  readonly #byRequestId = new Map<string, Asked>();
  readonly #headersCame = new Map<Asked, () => void>();
  readonly #popups = new Set<string>();
  readonly #chatter = new Set<Asked>();
  readonly #repeats = new Map<string, number>();
  readonly #stopped = new AbortController();
  readonly #answers: AnswerRecorder;
  #mainFrameId: string | null = null;
  #navigations = 0;
  /** When the last request came, or the last one ended; milliseconds of `performance.now()`. */
  changedAt = performance.now();
  /** Set when the page has settled: its main frame may not leave any more. */
  isLocked = false;

  constructor(private readonly options: RecorderOptions) {
    this.#answers = new AnswerRecorder(options, (asked) => this.#settleHeaders(asked));
  }

  /** Begins to hold every request of the browser. */
  async start(): Promise<void> {
    const { session } = this.options;
    session.on('Fetch.requestPaused', (event) => void this.#onPaused(event));
    session.on('Fetch.authRequired', (event) => void this.#authenticate(event.requestId, event.authChallenge.source));
    session.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.type === 'page') this.#popups.add(targetInfo.targetId);
    });
    await session.send('Target.setDiscoverTargets', { discover: true });
    await session.send('Fetch.enable', {
      handleAuthRequests: true,
      patterns: [
        { urlPattern: '*', requestStage: 'Request' },
        { urlPattern: '*', requestStage: 'Response' },
      ],
    });
  }

  /** Joins the headers of the wire, told to the page's own session only. */
  async watch(page: CDPSession, mainFrameId: string): Promise<void> {
    this.#mainFrameId = mainFrameId;
    this.#popups.delete(mainFrameId);
    page.on('Network.requestWillBeSentExtraInfo', (it) => this.wire.noteSent(it.requestId, it.headers));
    page.on('Network.responseReceivedExtraInfo', (it) => {
      const headers = it.headersText === undefined ? pairsOf(it.headers) : pairsOfBlock(it.headersText);
      this.wire.noteReceived(it.requestId, it.statusCode, headers);
    });
    page.on('Network.loadingFailed', (it) => this.#noteLost(it.requestId, it.errorText));
    page.on('Network.webSocketCreated', (it) => this.note(`web socket not recorded: ${it.url}`));
    await page.send('Network.enable');
  }

  /** Remembers, once, something that the capture lacks. */
  note(line: string): void {
    const short = line.length > 500 ? `${line.slice(0, 500)}…` : line;
    if (!this.#notes.includes(short) && this.#notes.length < 500) this.#notes.push(short);
  }

  /** Requests that wait for their host's turn; chatter does not count. */
  get waiting(): number {
    return this.#count((one) => one.phase === 'waiting');
  }

  /** Requests under way, those of the last moments only: what hangs longer does not keep the page from being quiet. */
  busy(patienceMs: number): number {
    const since = Date.now() - patienceMs;
    return this.#count((one) => one.phase !== 'ended' && (one.phase === 'waiting' || one.startedAt.getTime() > since));
  }

  /** Says whether a request to this host (`name:port`) has been let go and waits for its answer. */
  hasUnderWay(host: string): boolean {
    return this.asked.some((one) => one.phase === 'in-flight' && HostPace.hostOf(one.url) === host);
  }

  /** The document the page shows, as it was answered: the last that was no redirect. */
  get mainDocument(): Asked | null {
    return this.asked.findLast((one) => one.isMainDocument && one.status !== null && one.location === null) ?? null;
  }

  /** The last request for a document, answered or not. */
  get lastNavigation(): Asked | null {
    return this.asked.findLast((one) => one.isMainDocument) ?? null;
  }

  /** What was recorded: the main document first, then the others by start. */
  exchanges(): ReturnType<typeof exchangesOf> {
    const all = exchangesOf(this.asked, this.wire);
    all.sort((a, b) => a.of.startedAt.getTime() - b.of.startedAt.getTime());
    const main = this.mainDocument;
    return [...all.filter(({ of }) => of === main), ...all.filter(({ of }) => of !== main)];
  }

  /** One line for each request without a whole body, and for everything else that was noted. */
  incomplete(): readonly string[] {
    const lost = this.asked.flatMap((one) => {
      if (one.truncated !== null) return [`body cut (${one.truncated}): ${one.url}`];
      if (one.failure !== null) return [`${one.failure}: ${one.url}`];
      return one.phase === 'ended' ? [] : [`no answer before the look ended: ${one.url}`];
    });
    return [...new Set([...lost.map((line) => line.slice(0, 500)), ...this.#notes])];
  }

  /** Lets nothing out any more. */
  stop(): void {
    this.#stopped.abort();
    for (const release of this.#headersCame.values()) release();
  }

  #touch(asked: Asked): void {
    if (!this.#chatter.has(asked)) this.changedAt = performance.now();
  }

  #count(is: (one: Asked) => boolean): number {
    return this.asked.reduce((sum, one) => sum + (is(one) && !this.#chatter.has(one) ? 1 : 0), 0);
  }

  async #onPaused(event: RequestPaused): Promise<void> {
    try {
      if (event.responseStatusCode !== undefined || event.responseErrorReason !== undefined)
        await this.#onAnswer(event);
      else await this.#onRequest(event);
    } catch {
      this.#end(event.requestId, 'the page dropped it'); // the request went away with its page while we dealt with it
    }
  }

  async #onRequest(event: RequestPaused): Promise<void> {
    if (this.#byRequestId.has(event.requestId)) return this.#continue(event.requestId);
    if (/^(about|data|blob|chrome-error):/i.test(event.request.url)) return this.#continue(event.requestId);
    const key = repeatKeyOf(event);
    const repeats = this.#repeats.get(key) ?? 0;
    this.#repeats.set(key, repeats + 1);
    const refusal = refusalOf(event, { ...this.#facts(), repeats });
    const asked = this.#noteAsked(event);
    if (isChatter(repeats)) this.#chatter.add(asked);
    this.#touch(asked);
    if (refusal !== null) return this.#refuse(event.requestId, refusal.why, refusal.reason);
    asked.refusedBy = this.#refusedBy(event);
    if (asked.refusedBy !== null) return this.#refuse(event.requestId, asked.refusedBy.rule, 'BlockedByClient');
    await this.options.pace.turn(HostPace.hostOf(asked.url), () => this.#letGo(asked), this.#stopped.signal);
  }

  #refusedBy(event: RequestPaused): Permission | null {
    if (event.resourceType !== 'Document' || this.options.permit === undefined) return null;
    const permission = this.options.permit(event.request.url);
    return permission.isAllowed ? null : permission;
  }

  async #refuse(requestId: string, why: string, errorReason: 'BlockedByClient' | 'Aborted'): Promise<void> {
    this.#end(requestId, why);
    await this.options.session.send('Fetch.failRequest', { requestId, errorReason });
  }

  #facts(): Omit<Parameters<typeof refusalOf>[1], 'repeats'> {
    return {
      mainFrameId: this.#mainFrameId,
      popups: this.#popups,
      isLocked: this.isLocked,
      asked: this.asked.length,
      maxRequests: this.options.limits.maxRequests,
      navigations: this.#navigations,
    };
  }

  #noteAsked(event: RequestPaused): Asked {
    const isMainDocument = event.resourceType === 'Document' && event.frameId === this.#mainFrameId && !this.isLocked;
    if (isMainDocument && event.redirectedRequestId === undefined) this.#navigations += 1;
    const asked: Asked = {
      id: event.requestId,
      networkId: event.networkId ?? null,
      frameId: event.frameId,
      url: event.request.url,
      method: event.request.method,
      resourceType: event.resourceType,
      requestHeaders: pairsOf(event.request.headers),
      startedAt: new Date(),
      isMainDocument,
      phase: 'waiting',
      failure: null,
      status: null,
      statusText: '',
      responseHeaders: [],
      body: null,
      truncated: null,
      location: null,
      remoteAddress: null,
      proxyFailure: null,
      isDownload: false,
      refusedBy: null,
    };
    this.asked.push(asked);
    this.#byRequestId.set(event.requestId, asked);
    return asked;
  }

  /** Sends one request and holds its host's turn until the headers came, it failed, or patience ends. */
  async #letGo(asked: Asked): Promise<void> {
    if (asked.phase === 'ended' || this.#stopped.signal.aborted) return;
    const headers = new Promise<void>((resolve) => this.#headersCame.set(asked, resolve));
    asked.phase = 'in-flight';
    asked.startedAt = new Date();
    const timer = setTimeout(() => this.#settleHeaders(asked), this.options.limits.headersTimeoutMs);
    try {
      await this.#continue(asked.id);
      await headers;
    } finally {
      clearTimeout(timer);
      this.#headersCame.delete(asked);
    }
  }

  async #onAnswer(event: RequestPaused): Promise<void> {
    const asked = this.#byRequestId.get(event.requestId);
    if (asked === undefined) return this.#continue(event.requestId);
    try {
      await this.#answers.take(event, asked);
    } finally {
      asked.phase = 'ended';
      this.#settleHeaders(asked);
      this.#touch(asked);
    }
  }

  async #continue(requestId: string): Promise<void> {
    await this.options.session.send('Fetch.continueRequest', { requestId });
  }

  #settleHeaders(asked: Asked): void {
    this.#headersCame.get(asked)?.();
  }

  #end(requestId: string, why: string): void {
    const asked = this.#byRequestId.get(requestId);
    if (asked === undefined || asked.phase === 'ended') return;
    asked.phase = 'ended';
    asked.failure ??= why;
    this.#settleHeaders(asked);
    this.#touch(asked);
  }

  /** The network gave a request up, or the page did; what is being read ends by itself. */
  #noteLost(networkId: string, errorText: string): void {
    const asked = this.asked.findLast((one) => one.networkId === networkId);
    if (asked?.phase === 'waiting' || asked?.phase === 'in-flight') this.#end(asked.id, errorText);
  }

  async #authenticate(requestId: string, source?: string): Promise<void> {
    const { username, password } = this.options.proxy;
    const authChallengeResponse =
      source === 'Proxy'
        ? { response: 'ProvideCredentials' as const, username, password }
        : { response: 'CancelAuth' as const };
    // Gone with its page when this fails: nobody waits for the answer any more.
    await this.options.session
      .send('Fetch.continueWithAuth', { requestId, authChallengeResponse })
      .catch(() => undefined);
  }
}
