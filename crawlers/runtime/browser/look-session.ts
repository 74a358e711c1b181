import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright';
import { type Persona } from '#libs/domain';
import { FilteringProxy, type AddressRule, type Lookup } from '#libs/netguard';
import { type Permit } from '../looker';
import { type Identity } from '../user-agent';
import { within } from './body-reader';
import { InPage } from './in-page';
import { type LookLimits } from './look-limits';
import { Recorder, type Pace } from './recorder';
import { contextOptionsOf, visitorOf, type Visitor } from './visitor';

/** What one look is given. */
export interface SessionOrders {
  readonly persona: Persona;
  readonly identity: Identity;
  readonly rule: AddressRule;
  readonly lookup?: Lookup;
  readonly pace: Pace;
  readonly limits: LookLimits;
  readonly permit?: Permit;
}

const OPEN_MS = 20_000;
const CLOSE_MS = 5_000;
/** A web socket's greeting leaves right after its tunnel stands; its host's turn lasts until then. */
const GREETING_MS = 300;
const MAX_CONSOLE = 50;

/** Windows are refused as a visitor's browser would refuse them, before they can hold up the page that opens them. */
const NO_WINDOWS = `window.open = () => null;`;

interface Inner {
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly mainFrameId: string;
  readonly recorder: Recorder;
  readonly visitor: Visitor;
  readonly context: BrowserContext;
  readonly proxy: FilteringProxy;
  readonly browserCdp: CDPSession;
}

/** One page in a context of its own, behind a proxy of its own, with everything it asks for recorded. */
export class LookSession {
  readonly console: string[] = [];
  /** Set when the page's process died. */
  isCrashed = false;

  readonly page: Page;
  readonly inPage: InPage;
  readonly recorder: Recorder;
  readonly cdp: CDPSession;
  readonly visitor: Visitor;

  private constructor(private readonly inner: Inner) {
    this.page = inner.page;
    this.inPage = new InPage(inner.cdp, inner.mainFrameId);
    this.recorder = inner.recorder;
    this.cdp = inner.cdp;
    this.visitor = inner.visitor;
    this.#watchPage();
  }

  /** @throws whatever the browser says when it cannot; nothing is left open then. */
  static async open(browser: Browser, orders: SessionOrders): Promise<LookSession> {
    const opened: (() => Promise<unknown>)[] = [];
    try {
      return await within(LookSession.#open(browser, orders, opened), OPEN_MS, 'opening a page');
    } catch (error) {
      for (const close of opened.reverse()) await within(close(), CLOSE_MS, 'closing').catch(() => undefined);
      throw error;
    }
  }

  static async #open(
    browser: Browser,
    orders: SessionOrders,
    opened: (() => Promise<unknown>)[],
  ): Promise<LookSession> {
    let recorder: Recorder | null = null;
    const proxy = await FilteringProxy.open({
      rule: orders.rule,
      lookup: orders.lookup,
      idleTimeoutMs: orders.limits.headersTimeoutMs + 5_000,
      beforeTunnel: (host, port) => paceTunnel(recorder, orders.pace, host, port),
    });
    opened.push(() => proxy.close());
    const browserCdp = await browser.newBrowserCDPSession();
    opened.push(() => browserCdp.detach());
    recorder = new Recorder({ ...orders, session: browserCdp, proxy });
    await recorder.start();
    const visitor = visitorOf(orders.persona, browser, orders.identity);
    const context = await browser.newContext(contextOptionsOf(visitor, orders.persona, proxy));
    opened.push(() => context.close());
    await context.addInitScript(NO_WINDOWS);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const { frameTree } = await cdp.send('Page.getFrameTree');
    await recorder.watch(cdp, frameTree.frame.id);
    await cdp.send('Page.enable');
    await cdp.send('DOM.enable');
    const mainFrameId = frameTree.frame.id;
    return new LookSession({ page, cdp, mainFrameId, recorder, visitor, context, proxy, browserCdp });
  }

  #watchPage(): void {
    const { page, recorder } = this;
    const gone = (): undefined => undefined; // what we close or dismiss may have gone by itself
    this.inner.context.on('page', (other) => {
      if (other === page) return;
      recorder.note(`window not followed: ${other.url()}`);
      other.close().catch(gone);
    });
    page.on('dialog', (dialog) => {
      recorder.note(`dialog dismissed: ${dialog.type()} ${dialog.message().slice(0, 200)}`);
      dialog.dismiss().catch(gone);
    });
    page.on('download', (download) => {
      recorder.note(`download not taken: ${download.url()}`);
      download.cancel().catch(gone);
    });
    page.on('crash', () => (this.isCrashed = true));
    page.on('console', (message) => this.#hear(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.#hear(`uncaught: ${error.message}`));
  }

  #hear(line: string): void {
    if (this.console.length < MAX_CONSOLE) this.console.push(line.slice(0, 300));
  }

  /** Stops scripts that run without end, so that what was drawn can still be taken. */
  async interrupt(): Promise<void> {
    await within(
      this.cdp.send('Emulation.setScriptExecutionDisabled', { value: true }),
      1_000,
      'stopping scripts',
    ).catch(
      () => undefined, // a page that hangs answers after its script was ended, or not at all
    );
    await within(this.cdp.send('Runtime.terminateExecution'), 2_000, 'ending a script').catch(() => undefined);
  }

  /**
   * Closes page, context and proxy.
   *
   * @returns false when the browser does not follow: it should be ended.
   */
  async close(): Promise<boolean> {
    const { context, proxy, browserCdp } = this.inner;
    this.recorder.stop();
    await proxy.close();
    try {
      await within(context.close(), CLOSE_MS, 'closing a page');
      await within(browserCdp.detach(), CLOSE_MS, 'leaving the browser');
      return !this.isCrashed;
    } catch {
      return false; // said to the caller, who ends the process
    }
  }
}

/**
 * Tunnels that no request of the page accounts for are web sockets or connections made ahead: they too wait for their
 * turn, and hold it until the greeting that follows has gone.
 */
function paceTunnel(recorder: Recorder | null, pace: Pace, host: string, port: number): Promise<void> {
  const key = `${host}:${port}`;
  if (recorder?.hasUnderWay(key) === true) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const greet = (): Promise<void> => {
      resolve();
      return sleep(GREETING_MS);
    };
    pace.turn(key, greet).catch(reject);
  });
}
