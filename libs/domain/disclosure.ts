import { type EvidenceId } from './ids';

/**
 * What was found of one thing that must be shown. `absent` is an accusation: it is said only when every place where
 * the item must be looked for was seen whole in this run; otherwise `not-checkable`, with the reason.
 */
export type DisclosureItemState = 'present' | 'present-empty' | 'stale' | 'absent' | 'not-checkable';

/**
 * One place on one page that answers a checklist item, well or badly; or, as `unread`, a picture, file or frame there
 * that may hold an answer and was not read.
 */
export interface DisclosureSighting {
  /**
   * Checklist id: A1 … I6; of what is unread and stands beside no label, its form: `picture`, `banner`,
   * `footer-picture`, `file`, `frame`. — 银监办发[2017]113号 and the notice; see the pack's checklist
   */
  readonly item: string;
  readonly state: 'present' | 'present-empty' | 'stale' | 'unread';
  readonly value: string;
  /** The day the figures speak of, `YYYY-MM-DD`, when the page says one. */
  readonly asOf: string | null;
  readonly path: string;
  readonly quote: string;
}

/** What one run found of one item on one platform. */
export interface DisclosureState {
  readonly item: string;
  readonly state: DisclosureItemState;
  readonly value: string | null;
  readonly asOf: string | null;
  readonly url: string | null;
  readonly evidenceId: EvidenceId | null;
  /** Why it is not checkable, or what makes it stale or empty; English code word. */
  readonly reason: string | null;
}
