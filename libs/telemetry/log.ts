import { types } from 'node:util';
import { type LogEvent } from './events';
import { isSecretName, loggable, textOf } from './redaction';

export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

type LogValue = string | number | boolean | bigint | Date | null | undefined;

/** Ids, counts and measures with the unit in the key; never page text, never data of persons. */
export type LogFields = Readonly<Record<string, LogValue | readonly LogValue[]>> & {
  readonly at?: never;
  readonly level?: never;
  readonly event?: never;
};

const RANK: Readonly<Record<LogLevel, number>> = { info: 1, warn: 2, error: 3, silent: 4 };
const LONGEST_STACK = 4000;
const MOST_CAUSES = 5;

function value(given: unknown): unknown {
  if (given instanceof Date) return Number.isNaN(given.getTime()) ? 'invalid date' : given.toISOString();
  if (Array.isArray(given)) return given.map(value);
  if (typeof given === 'string') return loggable(given);
  if (typeof given === 'number' || typeof given === 'boolean' || given === null || given === undefined) return given;
  return loggable(textOf(given));
}

/** The errors behind an error, nearest first; a loop of causes ends. */
function causes(error: unknown): string[] {
  const found: string[] = [];
  let cause = types.isNativeError(error) ? error.cause : undefined;
  while (cause !== undefined && found.length < MOST_CAUSES) {
    found.push(loggable(types.isNativeError(cause) ? `${cause.name}: ${cause.message}` : textOf(cause)));
    cause = types.isNativeError(cause) ? cause.cause : undefined;
  }
  return found;
}

function errorFields(error: unknown): Record<string, unknown> {
  if (!types.isNativeError(error)) return { error: 'thrown value', message: loggable(textOf(error)) };
  const behind = causes(error);
  return {
    error: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message: loggable(error.message),
    ...(behind.length > 0 ? { causes: behind } : {}),
    stack: loggable(error.stack ?? '', LONGEST_STACK),
  };
}

/**
 * Writes one JSON line per event: `at`, `level`, `event`, then the fields. Credentials inside addresses and fields
 * whose name promises a secret are blanked, long texts are cut. Never throws for what it is given.
 */
export class Log {
  private readonly rank: number;

  constructor(
    private readonly level: LogLevel = 'info',
    private readonly write: (line: string) => void = (line) => void process.stderr.write(line),
    private readonly now: () => Date = () => new Date(),
    private readonly fields: LogFields = {},
  ) {
    this.rank = RANK[level];
  }

  /** The same log with fields on every line; a field given again later replaces the earlier one. */
  with(fields: LogFields): Log {
    return new Log(this.level, this.write, this.now, { ...this.fields, ...fields });
  }

  info(event: LogEvent, fields: LogFields = {}): void {
    this.line('info', event, fields, {});
  }

  warn(event: LogEvent, fields: LogFields = {}): void {
    this.line('warn', event, fields, {});
  }

  /** Adds class, code, message, causes and stack of whatever was thrown. */
  error(event: LogEvent, error: unknown, fields: LogFields = {}): void {
    this.line('error', event, fields, errorFields(error));
  }

  private line(level: LogLevel, event: LogEvent, fields: LogFields, more: Record<string, unknown>): void {
    if (RANK[level] < this.rank) return;
    const head = { at: this.now().toISOString(), level, event };
    const told = Object.entries({ ...this.fields, ...fields }).map(([name, given]) => {
      return [name, isSecretName(name) && given !== undefined ? '***' : value(given)] as const;
    });
    this.write(`${JSON.stringify({ ...head, ...Object.fromEntries(told), ...more, ...head })}\n`);
  }
}
