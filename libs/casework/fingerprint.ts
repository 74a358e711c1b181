import { createHash } from 'node:crypto';
import { type Hit } from '#libs/domain';

/** Version of the way below; a new way is a new version, and old findings keep theirs. */
export const FINGERPRINT_VERSION = 1;

/**
 * What hits of one rule share when they say the same thing: SHA-256 over the rule id and the folded clause with its
 * digits masked. The rule's version and the address are left out, so that neither a release nor a template of 500
 * pages makes a new finding. An absence has the clause of its block: which items it lacks may change from night to night.
 */
export function fingerprintOf(hit: Pick<Hit, 'ruleId' | 'clause' | 'about'>): string {
  return createHash('sha256').update(`${hit.ruleId}\n${hit.about.kind}\n${hit.clause}`).digest('hex');
}
