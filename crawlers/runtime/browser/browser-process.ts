import { chromium, type Browser } from 'playwright';
import { BrowserUnavailableError } from '#libs/domain';
import { type Log } from '#libs/telemetry';
import { type FoundBrowser } from './find-browser';

/** Looks after which a process is replaced: what leaks in it goes with it. */
const LOOKS_PER_PROCESS = 200;
const CLOSE_TIMEOUT_MS = 5_000;

const ARGUMENTS = [
  '--disable-quic',
  // Headless shell obeys the second alone (measured: without its value, STUN went past the proxy); full browsers know the first.
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--dns-prefetch-disable',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--mute-audio',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--hide-scrollbars',
  // One session must see the frames of other sites too. The contexts hold no secrets; the proxy is the guard.
  '--disable-features=IsolateOrigins,site-per-process,MediaRouter,OptimizationHints,Translate,DialMediaRouteProvider',
  '--disable-site-isolation-trials',
];

const isRoot = (): boolean => process.getuid?.() === 0;

/** One browser on this machine, started when first needed, and anew when it died or has served long enough. */
export class BrowserProcess {
  #browser: Browser | null = null;
  #looks = 0;
  #isClosed = false;

  constructor(
    private readonly program: FoundBrowser,
    private readonly log?: Log,
    private readonly looksPerProcess = LOOKS_PER_PROCESS,
  ) {}

  /**
   * A running browser for one look.
   *
   * @throws {BrowserUnavailableError} when it does not start, or when this has been closed.
   */
  async forLook(): Promise<Browser> {
    if (this.#isClosed) throw new BrowserUnavailableError('it has been closed');
    if (this.#looks >= this.looksPerProcess) await this.discard();
    if (this.#browser?.isConnected() !== true) this.#browser = await this.#start();
    this.#looks += 1;
    return this.#browser;
  }

  /** Ends the process; the next look starts another. Twice is once. */
  async discard(): Promise<void> {
    const browser = this.#browser;
    this.#browser = null;
    this.#looks = 0;
    if (browser === null) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_TIMEOUT_MS)));
    // Playwright kills the process group when closing gracefully fails; a lost connection rejects, and is closed.
    await Promise.race([browser.close().catch(() => undefined), patience]);
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.discard();
  }

  async #start(): Promise<Browser> {
    this.#looks = 0;
    try {
      const browser = await chromium.launch({
        executablePath: this.program.path,
        args: ARGUMENTS,
        chromiumSandbox: !isRoot(),
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        timeout: 30_000,
      });
      browser.once('disconnected', () => this.#noteLoss(browser));
      this.log?.info('browser.started', { path: this.program.path, version: browser.version() });
      return browser;
    } catch (error) {
      throw new BrowserUnavailableError(`${this.program.path} did not start`, { cause: error });
    }
  }

  #noteLoss(browser: Browser): void {
    if (this.#browser !== browser) return; // we ended it ourselves
    this.#browser = null;
    this.log?.warn('browser.lost', { path: this.program.path, looks: this.#looks });
  }
}
