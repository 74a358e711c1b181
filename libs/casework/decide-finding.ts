import {
  type AccountId,
  type Decision,
  DECISION_MOVES,
  type DismissalReason,
  type FindingId,
  InputInvalidError,
  move,
  RevisionConflictError,
} from '#libs/domain';
import { FindingRepository, type Queryable } from '#libs/persistence';

/** What a person says of a finding. */
export interface DecisionOrder {
  readonly findingId: FindingId;
  readonly decision: Decision;
  /** Why; required for a dismissal. */
  readonly reason: DismissalReason | null;
  readonly note: string | null;
  /** The finding that says the same; required for `duplicate-of`. */
  readonly duplicateOf: FindingId | null;
  /** The revision that the person looked at. */
  readonly revision: number;
  readonly accountId: AccountId;
  readonly at: Date;
}

/**
 * Writes a person's decision with its event; gives the new revision.
 *
 * @param db A transaction.
 * @throws {NotFoundError} when there is no such finding, or none that it is to be a duplicate of.
 * @throws {RevisionConflictError} when somebody changed it since it was read.
 * @throws {MoveNotAllowedError} when this decision may not follow the one that stands.
 * @throws {InputInvalidError} when a dismissal has no reason or a duplicate no original.
 */
export async function decideFinding(db: Queryable, order: DecisionOrder): Promise<number> {
  checkOrder(order);
  const findings = new FindingRepository(db);
  const finding = await findings.lock(order.findingId);
  if (finding.revision !== order.revision) {
    throw new RevisionConflictError('finding', finding.id, order.revision, finding.revision);
  }
  move(DECISION_MOVES, `finding ${finding.number}`, finding.decision, order.decision);
  if (order.duplicateOf) await findings.lock(order.duplicateOf);
  const revision = await findings.decide(finding.id, order.decision, order.duplicateOf);
  await findings.addEvent({
    findingId: finding.id,
    accountId: order.accountId,
    name: 'finding.decided',
    facts: {
      from: finding.decision,
      to: order.decision,
      reason: order.reason,
      note: order.note,
      duplicateOf: order.duplicateOf,
    },
    at: order.at,
  });
  return revision;
}

function checkOrder(order: DecisionOrder): void {
  if (order.decision === 'dismissed' && order.reason === null) {
    throw new InputInvalidError('reason of a dismissal', 'none', 'why the finding is dismissed');
  }
  const needsOriginal = order.decision === 'duplicate-of';
  const hasOriginal = order.duplicateOf !== null && order.duplicateOf !== order.findingId;
  if (needsOriginal !== hasOriginal) {
    throw new InputInvalidError(
      'original of a duplicate',
      order.duplicateOf ?? 'none',
      'another finding, for duplicate-of only',
    );
  }
}
