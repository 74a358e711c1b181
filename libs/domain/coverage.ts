import { type TaskId } from './ids';
import { OUTCOMES } from './visit';

/** Every reason for not having seen something: the outcomes, then limits of ours. */
export const GAP_CODES = [...OUTCOMES, 'budget', 'depth', 'template-sampled', 'not-rendered', 'not-read'] as const;

/** Why something was not seen: an outcome, or a limit of ours. */
export type GapCode = (typeof GAP_CODES)[number];

/** What was not seen is data too. */
export interface CoverageGap {
  readonly taskId: TaskId;
  readonly url: string;
  readonly code: GapCode;
  /** English, one line, no page text. */
  readonly detail: string;
  readonly at: Date;
}

/** A place where disclosure must be looked for, and whether it was seen whole. */
export interface CoveragePlace {
  /** `home`, `disclosure`, `about`, `sitemap`… */
  readonly place: string;
  readonly state: 'seen' | 'not-seen' | 'not-found';
  readonly url: string | null;
  readonly reason: string | null;
}

/** How much of a target was seen in one run. */
export interface Coverage {
  /** Pages seen over pages known, 0 to 1; 0 when nothing is known. */
  readonly score: number;
  readonly pagesKnown: number;
  readonly pagesSeen: number;
  readonly places: readonly CoveragePlace[];
  readonly gaps: readonly CoverageGap[];
}
