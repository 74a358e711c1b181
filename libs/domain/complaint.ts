import { type ComplaintId, type PlatformId } from './ids';
import { type Moves } from './moves';

/** Where a complaint stands (举报). */
export type ComplaintState = 'received' | 'accepted' | 'refused' | 'verifying' | 'concluded' | 'replied';

export const COMPLAINT_MOVES: Moves<ComplaintState> = {
  received: ['accepted', 'refused'],
  accepted: ['verifying'],
  refused: [],
  verifying: ['concluded'],
  concluded: ['replied'],
  replied: [],
};

/** Who may complain during the publicity period. — notice 网贷整治办函(2017)57号, part 二(一) */
export type ComplainantKind = 'office' | 'lender' | 'borrower' | 'platform';

/** A report about a platform, from another office, a lender, a borrower or another platform. */
export interface Complaint {
  readonly id: ComplaintId;
  readonly number: string;
  readonly platformId: PlatformId;
  readonly from: ComplainantKind;
  readonly state: ComplaintState;
  /** Null until concluded; true revokes a running publicity period. */
  readonly isSubstantiated: boolean | null;
  readonly receivedAt: Date;
}
