/**
 * Waits for some work, but not longer than a limit. Work that comes to its end, or fails, after the limit is nobody's
 * concern any more.
 *
 * @returns False when the limit was reached first.
 * @throws Whatever the work throws within the limit.
 */
export async function isDoneWithin(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, limitMs, false)));
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    clearTimeout(timer);
  }
}
