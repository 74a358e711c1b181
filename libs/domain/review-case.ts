import { type CaseId, type PlatformId } from './ids';
import { type Moves } from './moves';

/** Where a person's work on findings of one platform stands (核查件). */
export type CaseState = 'open' | 'verifying' | 'upheld' | 'dismissed' | 'rectifying' | 'closed';

export const CASE_MOVES: Moves<CaseState> = {
  open: ['verifying'],
  verifying: ['upheld', 'dismissed'],
  upheld: ['rectifying'],
  dismissed: [],
  rectifying: ['closed'],
  closed: [],
};

/** What started it. */
export type CaseOrigin = 'acceptance' | 'complaint' | 'spot-check';

/** A person's work on findings of one platform; its history is append-only events. */
export interface Case {
  readonly id: CaseId;
  /** For people, per office and year: 核2018-0042. */
  readonly number: string;
  readonly platformId: PlatformId;
  readonly origin: CaseOrigin;
  readonly state: CaseState;
  readonly openedAt: Date;
}
