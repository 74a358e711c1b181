import { type Outcome, type Persona, type Redirect } from '#libs/domain';

/** One thing that was done to the page, in order. */
export interface PageStep {
  readonly kind: 'scroll' | 'details' | 'overlay' | 'tab' | 'fold' | 'more' | 'select' | 'next' | 'menu' | 'restore';
  readonly label: string;
  readonly path: string;
  /** Milliseconds since the look began. */
  readonly atMs: number;
  /** Whether text came to light that was not seen before. */
  readonly isNews: boolean;
}

/** Text that a visitor sees only after doing something; what was seen before is not repeated. */
export interface PageState {
  readonly label: string;
  /** Absolute XPath of what was clicked, at the time of the click. */
  readonly path: string;
  readonly texts: readonly { readonly path: string; readonly text: string }[];
}

/** The document inside a frame, as it stood when the picture was taken. */
export interface PageFrame {
  /** Absolute XPath of the frame's element; frames within frames begin with the path of theirs. */
  readonly path: string;
  readonly url: string;
  readonly html: string;
}

/**
 * The sealed part `pageinfo` of a page seen in the browser: the fields that a page seen over plain HTTP has too, and
 * what the other parts cannot hold.
 */
export interface RenderedPageInfo {
  readonly format: 'pageinfo/1';
  readonly requestedUrl: string;
  readonly finalUrl: string;
  readonly redirects: readonly Redirect[];
  readonly httpStatus: number | null;
  readonly outcome: Outcome;
  readonly detail: string;
  readonly isRendered: true;
  readonly userAgent: string;
  readonly persona: Persona;
  readonly accessMode: 'public';
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly clock: { readonly source: 'system'; readonly isVerified: false };
  readonly pacePerSecond: number | null;
  readonly robots: string;
  readonly incomplete: readonly string[];
  /** Its version. */
  readonly browser: string;
  readonly viewport: { readonly width: number; readonly height: number; readonly deviceScaleFactor: 1 };
  readonly locale: string;
  readonly timeZone: string;
  readonly waitRule: string;
  readonly isQuiet: boolean;
  readonly steps: readonly PageStep[];
  readonly states: readonly PageState[];
  readonly frames: readonly PageFrame[];
  /** Requests the page made, and answers recorded. */
  readonly requests: { readonly asked: number; readonly recorded: number };
  /** Address of each exchange part, by its number: says which picture of the page is which part. */
  readonly addresses: readonly string[];
  /** What the page wrote to its console, cut. */
  readonly console: readonly string[];
}
