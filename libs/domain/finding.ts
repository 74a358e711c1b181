import { type FindingId, type PlatformId } from './ids';
import { type Moves } from './moves';
import { type Severity, type Verdict } from './hit';

/** What people have said of a finding. */
export type Decision = 'undecided' | 'confirmed' | 'dismissed' | 'duplicate-of' | 'parked';

/** What visits have shown since. Only visits move it, never people. */
export type Presence = 'live' | 'not-seen' | 'gone' | 'back';

/** What papers have gone to and fro. */
export type Rectification = 'none' | 'notified' | 'claimed';

export const DECISION_MOVES: Moves<Decision> = {
  undecided: ['confirmed', 'dismissed', 'duplicate-of', 'parked'],
  parked: ['undecided', 'confirmed', 'dismissed', 'duplicate-of'],
  confirmed: ['undecided', 'dismissed'],
  dismissed: ['undecided', 'confirmed'],
  'duplicate-of': ['undecided'],
};

export const PRESENCE_MOVES: Moves<Presence> = {
  live: ['live', 'not-seen'],
  'not-seen': ['not-seen', 'live', 'gone'],
  gone: ['gone', 'back'],
  back: ['back', 'not-seen'],
};

export const RECTIFICATION_MOVES: Moves<Rectification> = {
  none: ['notified'],
  notified: ['claimed'],
  claimed: ['notified'],
};

/** Why a finding was dismissed; the words a person chooses from. */
export type DismissalReason = 'denial' | 'quotation' | 'news' | 'other-meaning' | 'other-firm' | 'page-error';

export const DISMISSAL_REASONS: readonly DismissalReason[] = [
  'denial',
  'quotation',
  'news',
  'other-meaning',
  'other-firm',
  'page-error',
];

/** Hits that say the same thing on one platform. Suspicion (疑似) until a person confirms. */
export interface Finding {
  readonly id: FindingId;
  /** For people, per office and year: 线2018-0042. */
  readonly number: string;
  readonly platformId: PlatformId;
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly fingerprintVersion: number;
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly decision: Decision;
  readonly presence: Presence;
  readonly rectification: Rectification;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** Grows with every change; compared by If-Match. */
  readonly revision: number;
}

/** The word on screen, derived from the three marks and never stored. */
export type FindingStanding =
  | 'suspected'
  | 'confirmed'
  | 'dismissed'
  | 'duplicate'
  | 'parked'
  | 'verified-fixed'
  | 'relapsed'
  | 'withdrawn-silently';

const WORD_OF_DECISION: Readonly<Record<Decision, FindingStanding>> = {
  undecided: 'suspected',
  confirmed: 'confirmed',
  dismissed: 'dismissed',
  'duplicate-of': 'duplicate',
  parked: 'parked',
};

/**
 * The word for the three marks together: verified-fixed is confirmed, notified and gone; relapsed is confirmed and
 * back; withdrawn silently (自行撤下) is gone before any notice.
 */
export function standingOf(marks: Pick<Finding, 'decision' | 'presence' | 'rectification'>): FindingStanding {
  const { decision, presence, rectification } = marks;
  if (decision === 'confirmed' && presence === 'back') return 'relapsed';
  if (decision === 'confirmed' && presence === 'gone' && rectification !== 'none') return 'verified-fixed';
  if ((decision === 'confirmed' || decision === 'undecided') && presence === 'gone') return 'withdrawn-silently';
  return WORD_OF_DECISION[decision];
}

/** Two complete looks that both miss a finding must lie at least this far apart before it is called gone. */
export const GONE_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Where a finding stands after one more run that saw every place of it whole.
 *
 * @param isSeen Whether any place still shows it.
 * @param missedSince When a complete look first missed it; null when the last look still had it.
 */
export function presenceAfter(now: Presence, isSeen: boolean, missedSince: Date | null, at: Date): Presence {
  if (isSeen) return now === 'gone' || now === 'back' ? 'back' : 'live';
  if (now === 'gone') return 'gone';
  const isOldEnough = missedSince !== null && at.getTime() - missedSince.getTime() >= GONE_AFTER_MS;
  return now === 'not-seen' && isOldEnough ? 'gone' : 'not-seen';
}
