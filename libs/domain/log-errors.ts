import { MonitorError } from './monitor-error';

/** The key that signs for the log cannot be used. Capture goes on; what must be signed is refused until it is mended. */
export class LogKeyUnusableError extends MonitorError {
  readonly kind = 'refused';
  readonly code = 'LOG_KEY_UNUSABLE';

  constructor(file: string, reason: string, options?: { cause?: unknown }) {
    super(`log key ${file} ${reason}; put the key of this log back from its backup`, { file }, options);
  }
}

/** The log does not continue what was signed of it before. Never signed again: that would make the change ours. */
export class LogRewrittenError extends MonitorError {
  readonly kind = 'tampered';
  readonly code = 'LOG_REWRITTEN';

  constructor(treeSize: number, signedSize: number) {
    super(`log of ${treeSize} entries does not continue the signed log of ${signedSize} entries`, {
      treeSize,
      signedSize,
    });
  }
}
