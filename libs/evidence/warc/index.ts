/** The evidence store on WARC files and PostgreSQL, embedded or not, and the log that is signed over it. */
export { type Repair } from './repair';
export { type SealDatabase, type SealLog } from './seal-database';
export { type SignedHead, TransparencyLog, type TransparencyLogOptions } from './transparency-log';
export { type SealTally, WarcEvidenceStore, type WarcEvidenceStoreOptions } from './warc-evidence-store';
