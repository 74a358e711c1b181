import { ERROR_TABLE, kindOf } from '#libs/domain';

/** How often and how slowly a job is run again when what it needs does not answer. */
export interface RetryPlan {
  /** Runs in all, the first one included. */
  readonly mostAttempts: number;
  /** Doubled after each run. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** About four minutes in all; whoever is away longer is found again from the rows. */
export const DEFAULT_RETRIES: RetryPlan = { mostAttempts: 10, firstDelayMs: 500, longestDelayMs: 60_000 };

/** Milliseconds to wait after a failed run, null when the job is to be dropped. */
export function delayAfter(plan: RetryPlan, error: unknown, attempt: number): number | null {
  if (ERROR_TABLE[kindOf(error)].inQueue !== 'retry' || attempt >= plan.mostAttempts) return null;
  return Math.min(plan.firstDelayMs * 2 ** (attempt - 1), plan.longestDelayMs);
}
