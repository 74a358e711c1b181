import { presenceAfter, type TaskId } from '#libs/domain';
import { FindingRepository, type Queryable } from '#libs/persistence';

/**
 * Moves the presence of findings that a finished task looked for and did not see. Only findings whose every place was
 * visited whole in this task are touched: what was not visited proves nothing.
 *
 * @param db A transaction.
 */
export async function settlePresence(db: Queryable, taskId: TaskId, at: Date): Promise<void> {
  const findings = new FindingRepository(db);
  for (const missed of await findings.missedBy(taskId)) {
    const presence = presenceAfter(missed.presence, false, missed.missedSince, at);
    await findings.setPresence(missed.id, presence, missed.missedSince ?? at);
    if (presence === missed.presence) continue;
    const facts = { from: missed.presence, to: presence, taskId };
    await findings.addEvent({ findingId: missed.id, accountId: null, name: 'presence.changed', facts, at });
  }
}
