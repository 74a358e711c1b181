/** What a failure means to whoever called; decides HTTP status, exit code, retry and log level. */
export type ErrorKind =
  | 'invalid-input'
  | 'not-signed-in'
  | 'not-allowed'
  | 'not-found'
  | 'conflict'
  | 'refused'
  | 'too-often'
  | 'unavailable'
  | 'tampered'
  | 'bug';

/** How each kind is answered at the doors. Read by one HTTP filter, one CLI wrapper and one stage wrapper; nobody else. */
export const ERROR_TABLE: Readonly<
  Record<
    ErrorKind,
    { httpStatus: number; exitCode: number; inQueue: 'drop' | 'retry' | 'stop'; level: 'info' | 'warn' | 'error' }
  >
> = {
  'invalid-input': { httpStatus: 400, exitCode: 2, inQueue: 'drop', level: 'warn' },
  'not-signed-in': { httpStatus: 401, exitCode: 8, inQueue: 'drop', level: 'info' },
  'not-allowed': { httpStatus: 403, exitCode: 77, inQueue: 'drop', level: 'info' },
  'not-found': { httpStatus: 404, exitCode: 3, inQueue: 'drop', level: 'info' },
  conflict: { httpStatus: 409, exitCode: 4, inQueue: 'drop', level: 'info' },
  refused: { httpStatus: 422, exitCode: 5, inQueue: 'drop', level: 'info' },
  'too-often': { httpStatus: 429, exitCode: 75, inQueue: 'drop', level: 'warn' },
  unavailable: { httpStatus: 503, exitCode: 6, inQueue: 'retry', level: 'warn' },
  tampered: { httpStatus: 500, exitCode: 7, inQueue: 'stop', level: 'error' },
  bug: { httpStatus: 500, exitCode: 70, inQueue: 'drop', level: 'error' },
};

/** A failure this house expects. The message is one English line: subject, what was found, what was expected; no secret. */
export abstract class MonitorError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: string;

  constructor(
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The kind of anything thrown; what is not ours is a bug. */
export function kindOf(error: unknown): ErrorKind {
  return error instanceof MonitorError ? error.kind : 'bug';
}
