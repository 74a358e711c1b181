import { type AccountId } from './ids';
import { type Region } from './region';

/** What a person may do: `monitor` decides findings, `reviewer` confirms with legal effect, `operator` runs the machine. */
export type Role = 'monitor' | 'verifier' | 'reviewer' | 'rule-editor' | 'operator' | 'administrator';

/** A person who signs in. */
export interface Account {
  readonly id: AccountId;
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** The region whose platforms this person sees; empty is everywhere. */
  readonly region: Region;
}
