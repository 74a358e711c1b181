import { type Capture } from '#libs/domain';
import { headerOf } from './content-coding';

/** Longest wait before another attempt, whatever a server asks for. */
export const MAX_RETRY_DELAY_MS = 60_000;

function retryAfterMs(capture: Capture | null, now: Date): number | null {
  const part = capture?.parts.find(({ name }) => name === 'exchange-0');
  const value = part?.kind === 'exchange' ? headerOf(part.exchange.responseHeaders, 'retry-after')?.trim() : undefined;
  if (value === undefined || value === '') return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/**
 * How long to wait before the next attempt: what `Retry-After` asks for, else twice as long each time.
 *
 * @param attempt Attempts made so far, from 1.
 */
export function retryDelayMs(capture: Capture | null, attempt: number, baseDelayMs: number, now = new Date()): number {
  const asked = retryAfterMs(capture, now) ?? 0;
  return Math.min(MAX_RETRY_DELAY_MS, Math.max(asked, baseDelayMs * 2 ** (attempt - 1)));
}
