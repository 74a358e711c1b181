import { type Moves } from './moves';
import { type RunId, type TargetId, type TaskId } from './ids';

export type Trigger = 'nightly' | 'complaint' | 'publicity' | 'manual';

/** Who goes first in every queue: a complaint before a publicity period, that before manual work, that before the night. */
export type Priority = 1 | 2 | 3 | 4;

export const PRIORITY_OF: Readonly<Record<Trigger, Priority>> = { complaint: 1, publicity: 2, manual: 3, nightly: 4 };

/** How a page may be looked at: `auto` takes plain HTTP where that suffices and the browser where it does not. */
export type RenderChoice = 'auto' | 'http' | 'browser';

/** What one run was told to do; kept with the run, so that a resumed run goes on under the same orders. */
export interface RunOrders {
  /** Requests per second and host; null is no pacing, allowed only for addresses inside `allowAddresses`. */
  readonly pacePerSecond: number | null;
  /** Pages per task at most. */
  readonly maxPages: number;
  readonly render: RenderChoice;
  /** CIDR blocks that may be reached although they are not public. */
  readonly allowAddresses: readonly string[];
  /** Calendar day in China Standard Time by which rules and dates are judged, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** One round of looking: tonight's, or one that a person started. */
export interface CrawlRun {
  readonly id: RunId;
  readonly trigger: Trigger;
  readonly orders: RunOrders;
  readonly rulePack: string;
  readonly rulePackVersion: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

/**
 * Where a task stands. `looking` visits over HTTP, `rendering` in the browser; the two alternate while new pages
 * turn up. `judging` is the platform-wide judgement at the end.
 */
export type TaskState = 'planned' | 'looking' | 'rendering' | 'judging' | 'done' | 'failed';

export const TASK_MOVES: Moves<TaskState> = {
  planned: ['looking', 'failed'],
  looking: ['looking', 'rendering', 'judging', 'failed'],
  rendering: ['rendering', 'looking', 'judging', 'failed'],
  judging: ['judging', 'done', 'failed'],
  done: [],
  failed: [],
};

/** One target in one run. */
export interface CrawlTask {
  readonly id: TaskId;
  readonly runId: RunId;
  readonly targetId: TargetId;
  readonly state: TaskState;
  readonly attempts: number;
}
