import { HttpException } from '@nestjs/common';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { ERROR_TABLE, kindOf, MonitorError, RequestInvalidError, TooManyAttemptsError } from '#libs/domain';
import { sentenceOf } from './sentences';

/** How every failure is told. — RFC 9457 */
export const problem = z.object({
  type: z.string().describe('urn:mingcha:problem: and the code'),
  title: z.string().describe('a Chinese sentence for people'),
  status: z.int(),
  code: z.string().describe('stable word for programs'),
  detail: z.string().optional().describe('English, one line, for whoever calls; left out when it would tell internals'),
  fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  retryAfterSeconds: z.int().optional(),
});

export class Problem extends createZodDto(problem) {}

type ProblemBody = z.infer<typeof problem>;

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'BODY_UNREADABLE',
  404: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'BODY_UNREADABLE',
};

function body(code: string, status: number, more: Partial<ProblemBody> = {}): ProblemBody {
  return { type: `urn:mingcha:problem:${code}`, title: sentenceOf(code), status, code, ...more };
}

/** The status that Nest or the body parser gave a failure of theirs; null for anything else, and for what is no 4xx. */
function foreignStatus(error: unknown): number | null {
  const status = error instanceof HttpException ? error.getStatus() : statusField(error);
  return status !== null && status >= 400 && status < 500 ? status : null;
}

/** What the body parser throws carries a status and is marked as meant for the caller. */
function statusField(error: unknown): number | null {
  const isMarked = typeof error === 'object' && error !== null && 'expose' in error && error.expose === true;
  return isMarked && 'status' in error && typeof error.status === 'number' ? error.status : null;
}

/** Puts any failure into words for whoever called; what is no caller's business stays unsaid. */
export function problemOf(error: unknown): ProblemBody {
  if (!(error instanceof MonitorError)) {
    const status = foreignStatus(error);
    return status === null ? body('INTERNAL', 500) : body(CODE_OF_STATUS[status] ?? 'REQUEST_INVALID', status);
  }
  const status = ERROR_TABLE[kindOf(error)].httpStatus;
  return body(error.code, status, {
    ...(status < 500 ? { detail: error.message } : {}),
    ...(error instanceof RequestInvalidError ? { fields: [...error.fields] } : {}),
    ...(error instanceof TooManyAttemptsError ? { retryAfterSeconds: error.retryAfterSeconds } : {}),
  });
}
