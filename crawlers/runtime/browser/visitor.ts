import { type Browser, type BrowserContextOptions } from 'playwright';
import { type Persona } from '#libs/domain';
import { type FilteringProxy } from '#libs/netguard';
import { userAgentOf, type Identity } from '../user-agent';

/** As whom a page is looked at; told in the page's record. */
export interface Visitor {
  readonly userAgent: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly locale: string;
  readonly timeZone: string;
}

const VIEWPORT: Readonly<Record<Persona, { width: number; height: number }>> = {
  desktop: { width: 1280, height: 800 },
  mobile: { width: 390, height: 844 },
};

/** The browser's own user agent, so that sites give it what it can show, followed by who we are. */
export function visitorOf(persona: Persona, browser: Browser, identity: Identity): Visitor {
  const major = browser.version().split('.')[0] ?? '0';
  const system = persona === 'mobile' ? 'Linux; Android 10; K' : 'X11; Linux x86_64';
  const engine = `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0${persona === 'mobile' ? ' Mobile' : ''} Safari/537.36`;
  return {
    userAgent: `Mozilla/5.0 (${system}) ${engine} ${userAgentOf(identity, 'desktop')}`,
    viewport: VIEWPORT[persona],
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
  };
}

/** A context that knows nothing, keeps nothing, may save nothing, and reaches the network through the proxy alone. */
export function contextOptionsOf(visitor: Visitor, persona: Persona, proxy: FilteringProxy): BrowserContextOptions {
  return {
    viewport: visitor.viewport,
    deviceScaleFactor: 1,
    isMobile: persona === 'mobile',
    hasTouch: persona === 'mobile',
    userAgent: visitor.userAgent,
    locale: visitor.locale,
    timezoneId: visitor.timeZone,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    acceptDownloads: false,
    serviceWorkers: 'allow',
    permissions: [],
    // Loopback too goes through the proxy; the credential is given by the recorder when the proxy asks for it.
    proxy: { server: `http://127.0.0.1:${proxy.port}`, bypass: '<-loopback>' },
  };
}
