import { type DecisionOrder } from '#libs/casework';
import { type RunId, type Severity } from '#libs/domain';
import { type EvidenceStore } from '#libs/evidence';
import { type Queryable } from '#libs/persistence';
import { type RunReport } from '#libs/reporting';
import { type Log } from '#libs/telemetry';

/** What the pack in use says of a rule. */
export interface RuleWords {
  readonly title: string;
  readonly severity: Severity;
  readonly legalBasis: readonly string[];
}

/** Everything the service needs of the house; handed in whole, so that tests start it without the rest. */
export interface ApiDependencies {
  readonly store: { readonly pool: Queryable };
  readonly evidence: EvidenceStore;
  readonly clock: () => Date;
  readonly log: Log;
  /**
   * Decides one finding in its own transaction and gives its new revision.
   *
   * @throws {RevisionConflictError} when it was changed since; {MoveNotAllowedError} when its mark may not go there.
   */
  readonly decide: (order: DecisionOrder) => Promise<number>;
  readonly buildRunReport: (db: Queryable, runId: RunId) => Promise<RunReport>;
  /** Undefined for a rule that the pack in use no longer has. */
  readonly packTitles: (ruleId: string) => RuleWords | undefined;
  /** Where the built console lies; null serves the api alone. */
  readonly consoleDirectory: string | null;
}

/** What of the house is no class of its own, as one thing that Nest can hand to a constructor. */
export class House {
  constructor(private readonly dependencies: ApiDependencies) {}

  now(): Date {
    return this.dependencies.clock();
  }

  get log(): Log {
    return this.dependencies.log;
  }

  get db(): Queryable {
    return this.dependencies.store.pool;
  }

  decide(order: DecisionOrder): Promise<number> {
    return this.dependencies.decide(order);
  }

  buildRunReport(runId: RunId): Promise<RunReport> {
    return this.dependencies.buildRunReport(this.db, runId);
  }

  /** The title a rule goes by; its id when the pack in use no longer has it. */
  titleOf(ruleId: string): string {
    return this.dependencies.packTitles(ruleId)?.title ?? ruleId;
  }
}
