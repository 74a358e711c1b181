import { DatabaseUnavailableError } from '#libs/domain';
import { errorCode } from './error-code';

const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // the unix socket is gone
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '08000', // connection_exception; 08P01 is a mistake of ours and no loss
  '08001',
  '08003',
  '08004',
  '08006',
  '53300', // too_many_connections
]);

/** What `pg` says, without a code, when the other end is gone. */
const sentences =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout exceeded when trying to connect|timeout expired)/;

function isConnectionLoss(error: unknown): boolean {
  // A name with several addresses fails as one error that holds one per address.
  if (typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)) {
    return error.errors.some(isConnectionLoss);
  }
  return codes.has(errorCode(error)) || (error instanceof Error && sentences.test(error.message));
}

/** The error to throw on: a lost or refused connection becomes {@link DatabaseUnavailableError}, all else stays. */
export function asStoreError(where: string, error: unknown): unknown {
  return isConnectionLoss(error) ? new DatabaseUnavailableError(where, { cause: error }) : error;
}
