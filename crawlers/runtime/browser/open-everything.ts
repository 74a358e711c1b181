import { setTimeout as sleep } from 'node:timers/promises';
import { type PageState, type PageStep } from './page-info';
import {
  clickAt,
  FIND_OPENERS,
  FIND_OVERLAYS,
  OPEN_DETAILS,
  SCROLL_DOWN,
  SCROLL_TO_TOP,
  VISIBLE_BLOCKS,
} from './page-scripts';
import { FIND_SWITCHES, SCROLL_BOXES, SHADOW_TEXTS } from './switch-scripts';
import { becomeQuiet, type Watched } from './settle';

interface Opener {
  readonly at: number;
  readonly kind: PageStep['kind'];
  readonly group: string;
  readonly label: string;
  readonly path: string;
  readonly isOn: boolean;
}

type Block = PageState['texts'][number];

const MAX_SCROLLS = 40;
const SCROLL_MS = 60;
const SETTLE_MS = 120;
const QUIET_MS = 250;
const ROUNDS = 2;
/** Pressed again as long as something new comes of it. */
const REPEATING: readonly PageStep['kind'][] = ['more', 'next'];
const MAX_REPEATS = 10;
/** Put back at the end, so that the picture shows the page as it came. */
const RESTORED: readonly PageStep['kind'][] = ['tab', 'select'];
const MAX_BOX_ROUNDS = 5;

/**
 * Brings to light what a visitor would find by scrolling, closing what lies over the page, unfolding and changing
 * tabs; never leaves the page and never sends anything. At the end the tabs that were open at first are open again.
 */
export class PageOpener {
  readonly steps: PageStep[] = [];
  readonly states: PageState[] = [];
  readonly #seen = new Set<string>();
  readonly #clicked = new Set<string>();
  #shown: readonly Block[] = [];

  constructor(
    private readonly watched: Watched,
    private readonly startedAt: number,
  ) {}

  /** @throws {OutOfTime} when the page does not come back; what was found until then is in `states`. */
  async run(): Promise<void> {
    await this.#lookAgain();
    await this.#closeOverlays();
    await this.#scroll();
    await this.#scrollBoxes();
    const folded = await this.watched.inPage.evaluate<string[]>(OPEN_DETAILS);
    for (const path of folded) this.#note({ kind: 'details', label: '', path, isNews: true });
    await this.#openTabs();
    await this.#lookIntoShadows();
    await this.watched.inPage.evaluate(SCROLL_TO_TOP);
    if (this.steps.length > 0) await this.#quieten();
  }

  #note(step: Omit<PageStep, 'atMs'>): void {
    this.steps.push({ ...step, atMs: Math.round(performance.now() - this.startedAt) });
  }

  async #quieten(): Promise<void> {
    await sleep(SETTLE_MS);
    await becomeQuiet(this.watched, QUIET_MS);
  }

  /** What is shown now; gives back what was never shown before. */
  async #lookAgain(): Promise<Block[]> {
    this.#shown = await this.watched.inPage.evaluate<Block[]>(VISIBLE_BLOCKS);
    const news = this.#shown.filter(({ text }) => !this.#seen.has(text));
    for (const { text } of news) this.#seen.add(text);
    return news;
  }

  async #click(opener: Opener): Promise<boolean> {
    const isThere = await this.watched.inPage.evaluate<boolean>(clickAt(opener.at));
    if (isThere) await this.#quieten();
    return isThere;
  }

  /** What lay over the page is kept as a state: it may be an offer, and the picture will not show it. */
  async #closeOverlays(): Promise<void> {
    for (let round = 0; round < 3 && !this.watched.clock.isOver; round += 1) {
      const [overlay] = await this.watched.inPage.evaluate<Opener[]>(FIND_OVERLAYS);
      if (overlay === undefined) return;
      const before = this.#shown;
      if (!(await this.#click(overlay))) return;
      await this.#lookAgain();
      const left = new Set(this.#shown.map(({ text }) => text));
      const vanished = before.filter(({ text }) => !left.has(text));
      this.#note({ kind: 'overlay', label: overlay.label, path: overlay.path, isNews: vanished.length > 0 });
      if (vanished.length > 0) this.states.push({ label: overlay.label, path: overlay.path, texts: vanished });
    }
  }

  async #scroll(): Promise<void> {
    const before = this.steps.length;
    for (let nth = 0; nth < MAX_SCROLLS && !this.watched.clock.isOver; nth += 1) {
      const { moved, top } = await this.watched.inPage.evaluate<{ moved: boolean; top: number }>(SCROLL_DOWN);
      if (!moved) break;
      this.#note({ kind: 'scroll', label: String(Math.round(top)), path: '', isNews: false });
      await sleep(SCROLL_MS);
      await becomeQuiet(this.watched, 0);
    }
    if (this.steps.length === before) return;
    await this.#quieten();
    await this.watched.inPage.evaluate(SCROLL_TO_TOP);
    await this.#lookAgain();
  }

  /** Lists inside boxes fill themselves when they are scrolled to their end. */
  async #scrollBoxes(): Promise<void> {
    for (let round = 0; round < MAX_BOX_ROUNDS && !this.watched.clock.isOver; round += 1) {
      const paths = await this.watched.inPage.evaluate<string[]>(SCROLL_BOXES);
      if (paths.length === 0) return;
      await this.#quieten();
      const isNews = (await this.#lookAgain()).length > 0;
      for (const path of paths) this.#note({ kind: 'scroll', label: '', path, isNews });
    }
  }

  /** Markup does not hold what stands in shadow trees: it is kept as a state of its own. */
  async #lookIntoShadows(): Promise<void> {
    const texts = await this.watched.inPage.evaluate<Block[]>(SHADOW_TEXTS);
    if (texts.length > 0) this.states.push({ label: '', path: texts[0]?.path ?? '', texts });
  }

  async #findOpeners(): Promise<Opener[]> {
    const { inPage } = this.watched;
    return [...(await inPage.evaluate<Opener[]>(FIND_OPENERS)), ...(await inPage.evaluate<Opener[]>(FIND_SWITCHES))];
  }

  async #openTabs(): Promise<void> {
    const { clock, limits } = this.watched;
    const first: Opener[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const openers = await this.#findOpeners();
      if (round === 0) first.push(...openers.filter(({ kind }) => RESTORED.includes(kind)));
      let hasNews = false;
      for (const opener of openers) {
        if (clock.isOver || this.#clicked.size >= limits.maxClicks) return this.#giveUp(first);
        hasNews = (await this.#open(opener)) || hasNews;
      }
      if (!hasNews) break;
    }
    await this.#restore(first);
  }

  async #giveUp(first: readonly Opener[]): Promise<void> {
    this.watched.recorder.note('not everything that opens was opened: limit of clicks or of time');
    await this.#restore(first);
  }

  async #open(opener: Opener): Promise<boolean> {
    const key = `${opener.path} ${opener.label}`;
    if (this.#clicked.has(key)) return false;
    if (opener.kind === 'select' && opener.isOn) return false;
    this.#clicked.add(key);
    const times = REPEATING.includes(opener.kind) ? MAX_REPEATS : 1;
    let nth = 0;
    while (nth < times && !this.watched.clock.isOver && (await this.#openOnce(opener))) nth += 1;
    if (nth === MAX_REPEATS)
      this.watched.recorder.note(`"${opener.label}" was pressed ${MAX_REPEATS} times and gave more`);
    return nth > 0;
  }

  /** True when something came to light that was never shown before. */
  async #openOnce(opener: Opener): Promise<boolean> {
    if (!(await this.#click(opener))) return false;
    const texts = await this.#lookAgain();
    this.#note({ kind: opener.kind, label: opener.label, path: opener.path, isNews: texts.length > 0 });
    if (texts.length > 0) this.states.push({ label: opener.label, path: opener.path, texts });
    return texts.length > 0;
  }

  /** The tab that was on at first, else the first of its strip, is put back, so that the picture shows the page as it came. */
  async #restore(tabs: readonly Opener[]): Promise<void> {
    const groups = new Map<string, Opener>();
    for (const tab of tabs) if (!groups.has(tab.group) || tab.isOn) groups.set(tab.group, tab);
    for (const tab of groups.values()) {
      if (await this.#click(tab)) this.#note({ kind: 'restore', label: tab.label, path: tab.path, isNews: false });
    }
  }
}
