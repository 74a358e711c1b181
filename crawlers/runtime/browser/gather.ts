import { type CDPSession } from 'playwright';
import { type CapturePart } from '#libs/domain';
import { within } from './body-reader';
import { type InPage } from './in-page';
import { type PageFrame } from './page-info';
import { HOLD_STILL, markupUpTo, PATH_OF_THIS } from './page-scripts';

/** What the page is, in one moment. */
export interface Gathered {
  readonly html: string;
  readonly url: string;
  readonly frames: readonly PageFrame[];
  readonly parts: readonly CapturePart[];
  readonly incomplete: readonly string[];
}

const STYLES = ['display', 'visibility', 'opacity', 'color', 'background-color', 'font-size'];
const MAX_MARKUP = 20_000_000;
const MAX_FRAME_MARKUP = 2_000_000;
const MAX_FRAMES = 30;
/** Beyond it the browser's WebP comes out empty. */
const MAX_WEBP_PX = 16_000;
const MAX_PICTURE_PX = 30_000;
const MAX_WIDTH_PX = 4_000;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Takes DOM, layout and picture of a page that is held still, with no waiting for the network in between. */
export class Gatherer {
  readonly #incomplete: string[] = [];

  constructor(
    private readonly session: CDPSession,
    private readonly inPage: InPage,
    private readonly timeoutMs: number,
  ) {}

  /** @throws {OutOfTime} when the page does not even give its DOM; layout and picture may lack, and are noted then. */
  async gather(): Promise<Gathered> {
    await this.#within(this.session.send('Emulation.setScriptExecutionDisabled', { value: true }), 'stopping scripts');
    await this.#orNote('holding the page still', () => this.inPage.evaluate(HOLD_STILL, { timeoutMs: this.timeoutMs }));
    const extent = await this.#extent();
    const layout = await this.#orNote('layout', () => this.#layout(extent));
    const dom = await this.inPage.evaluate<{ html: string; isCut: boolean; url: string }>(markupUpTo(MAX_MARKUP), {
      timeoutMs: this.timeoutMs,
    });
    if (dom.isCut) this.#incomplete.push(`dom cut at ${MAX_MARKUP} characters`);
    const screenshot = await this.#orNote('screenshot', () => this.#picture(extent));
    const frames = await this.#frames();
    const parts: CapturePart[] = [
      { name: 'dom', kind: 'resource', mediaType: 'text/html; charset=utf-8', bytes: bytesOf(dom.html) },
      ...(layout === null ? [] : [layout]),
      ...(screenshot === null ? [] : [screenshot]),
    ];
    return { html: dom.html, url: dom.url, frames, parts, incomplete: this.#incomplete };
  }

  #within<T>(promise: Promise<T>, what: string): Promise<T> {
    return within(promise, this.timeoutMs, what);
  }

  async #orNote<T>(what: string, take: () => Promise<T>): Promise<T | null> {
    try {
      return await this.#within(take(), what);
    } catch (error) {
      this.#incomplete.push(`${what} is missing: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`);
      return null;
    }
  }

  async #extent(): Promise<Extent> {
    const { cssContentSize } = await this.#within(this.session.send('Page.getLayoutMetrics'), 'measuring the page');
    return { width: Math.ceil(cssContentSize.width), height: Math.ceil(cssContentSize.height) };
  }

  async #layout({ width, height }: Extent): Promise<CapturePart> {
    const snapshot = await this.session.send('DOMSnapshot.captureSnapshot', {
      computedStyles: STYLES,
      includeDOMRects: true,
      includePaintOrder: true,
      includeBlendedBackgroundColors: true,
    });
    const [main] = snapshot.documents;
    const told = {
      version: 1,
      pageWidth: width,
      pageHeight: height,
      scrollX: main?.scrollOffsetX ?? 0,
      scrollY: main?.scrollOffsetY ?? 0,
      computedStyles: STYLES,
      ...snapshot,
    };
    return { name: 'layout', kind: 'resource', mediaType: 'application/json', bytes: bytesOf(JSON.stringify(told)) };
  }

  async #picture({ width, height }: Extent): Promise<CapturePart> {
    const clip = {
      x: 0,
      y: 0,
      width: Math.min(width, MAX_WIDTH_PX),
      height: Math.min(height, MAX_PICTURE_PX),
      scale: 1,
    };
    if (height > MAX_PICTURE_PX) this.#incomplete.push(`screenshot shows ${MAX_PICTURE_PX} of ${height} px of height`);
    if (width > MAX_WIDTH_PX) this.#incomplete.push(`screenshot shows ${MAX_WIDTH_PX} of ${width} px of width`);
    const isWebp = clip.height <= MAX_WEBP_PX;
    const { data } = await this.session.send('Page.captureScreenshot', {
      ...(isWebp ? { format: 'webp', quality: 100 } : { format: 'png', optimizeForSpeed: true }),
      captureBeyondViewport: true,
      clip,
    });
    if (data === '') throw new Error('the browser gave an empty picture');
    const mediaType = isWebp ? 'image/webp' : 'image/png';
    return { name: 'screenshot', kind: 'resource', mediaType, bytes: Buffer.from(data, 'base64') };
  }

  async #frames(): Promise<PageFrame[]> {
    const all = await this.inPage.frames();
    if (all.length > MAX_FRAMES) this.#incomplete.push(`${all.length - MAX_FRAMES} frames were not read`);
    const pathOf = new Map<string, string>([[this.inPage.mainFrameId, '']]);
    const found: PageFrame[] = [];
    for (const { id, parentId, url } of all.slice(0, MAX_FRAMES)) {
      const frame = await this.#orNote(`frame ${url.slice(0, 200)}`, async () => {
        const path = `${pathOf.get(parentId) ?? ''}${await this.inPage.callOnOwner<string>(id, PATH_OF_THIS)}`;
        pathOf.set(id, path);
        const { html } = await this.inPage.evaluate<{ html: string }>(markupUpTo(MAX_FRAME_MARKUP), { frameId: id });
        return { path, url, html };
      });
      if (frame !== null) found.push(frame);
    }
    return found;
  }
}
