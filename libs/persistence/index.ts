/** The door to the database: opening it, its schema, and the repositories. */
export { DataDirectoryLock } from './data-directory-lock';
export { migrate } from './migrate';
export { openStore, type StoreSettings } from './open-store';
export { type Queryable, type QueryAnswer } from './queryable';
export { Store } from './store';
export { AccountRepository } from './repositories/account.repository';
export {
  type FindingEvent,
  FindingListRepository,
  type FindingPlace,
  type ListedFinding,
} from './repositories/finding-list.repository';
export { type ListedPlatform, PlatformRepository } from './repositories/platform.repository';
export { type ListedRun, type ListedTask, RunListRepository } from './repositories/run-list.repository';
export { type DossierFinding, DossierRepository, type JudgedLook } from './repositories/dossier.repository';
export { FindingRepository, type FiledFinding, type FiledPlace } from './repositories/finding.repository';
export {
  JudgementRepository,
  type KeptHit,
  type NewJudgement,
  type UnjudgedCapture,
} from './repositories/judgement.repository';
export { PageRepository } from './repositories/page.repository';
export { RunRepository, type TaskOrders } from './repositories/run.repository';
export { TargetRepository } from './repositories/target.repository';
export { type Claim, type IdleTask, TaskRepository } from './repositories/task.repository';
export { type SeenPage, VisitRepository } from './repositories/visit.repository';
