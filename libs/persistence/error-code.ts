/** The `code` of an error of the system, the driver or the database; empty when it has none. */
export function errorCode(error: unknown): string {
  // By shape, not by class: errors of node's own modules belong to another realm where code runs in a sandbox.
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
