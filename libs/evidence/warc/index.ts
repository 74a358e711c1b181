/** The evidence store on WARC files and PostgreSQL, embedded or not. */
export { type Repair } from './repair';
export { type SealDatabase, type SealLog } from './seal-database';
export { type SealTally, WarcEvidenceStore, type WarcEvidenceStoreOptions } from './warc-evidence-store';
