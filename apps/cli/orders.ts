import ipaddr from 'ipaddr.js';
import { chinaDay, InputInvalidError, isDay, type RenderChoice, type RunOrders } from '#libs/domain';
import { wholeNumber } from './exit';

/** Options of `crawl` and `run` that become the orders of a run, as they were typed. */
export interface OrderOptions {
  readonly maxPages?: string;
  readonly render?: string;
  readonly asOf?: string;
  readonly pace?: string;
  readonly allowAddress?: readonly string[];
}

const RENDER_CHOICES: readonly string[] = ['auto', 'http', 'browser'];

/**
 * Reads the orders of a run from the command line.
 *
 * @throws {InputInvalidError} naming the first option that is not usable and what would be.
 */
export function readOrders(options: OrderOptions, defaults: { pacePerSecond: number; now: Date }): RunOrders {
  return {
    pacePerSecond: readPace(options.pace, defaults.pacePerSecond),
    maxPages: options.maxPages === undefined ? 500 : wholeNumber('--max-pages', options.maxPages, 1),
    render: readRender(options.render ?? 'auto'),
    allowAddresses: (options.allowAddress ?? []).map(readCidr),
    asOf: readDay(options.asOf ?? chinaDay(defaults.now)),
  };
}

function readPace(text: string | undefined, byDefault: number): number | null {
  if (text === undefined) return byDefault;
  if (text === 'none') return null;
  const pace = Number(text);
  if (!(pace > 0 && pace <= 5)) {
    throw new InputInvalidError('option --pace', `"${text}"`, 'requests per second, above 0 and at most 5, or "none"');
  }
  return pace;
}

function readRender(text: string): RenderChoice {
  if (!RENDER_CHOICES.includes(text)) {
    throw new InputInvalidError('option --render', `"${text}"`, RENDER_CHOICES.join(', '));
  }
  return text as RenderChoice;
}

function readDay(text: string): string {
  if (!isDay(text)) throw new InputInvalidError('option --as-of', `"${text}"`, 'a calendar day, YYYY-MM-DD');
  return text;
}

function readCidr(text: string): string {
  if (!ipaddr.isValidCIDR(text)) {
    throw new InputInvalidError('option --allow-address', `"${text}"`, 'a block of addresses such as 127.0.0.0/8');
  }
  return text;
}
