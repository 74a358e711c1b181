import { type Channel } from '#libs/domain';

/** What a page is judged as. */
export interface JudgeOptions {
  /** Day by which rules apply, `YYYY-MM-DD` in China Standard Time: when the content was shown. */
  readonly asOf: string;
  readonly channel: Channel;
  /** The platform's own name, so that it is known when it speaks of itself. */
  readonly platformName?: string | null;
}
