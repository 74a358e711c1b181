import { type TransparencyLog } from '#libs/evidence/warc';
import { type Log } from '#libs/telemetry';

/** Signs the log at the end of a run. A failure stops no night: it is logged, told by `doctor`, and the next run signs. */
export async function signQuietly(transparency: TransparencyLog, log: Log): Promise<void> {
  try {
    const { treeSize, root } = await transparency.sign();
    log.info('log.signed', { treeSize, root });
  } catch (error) {
    log.error('log.unsigned', error, {});
  }
}
