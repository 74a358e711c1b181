/** What the log proves and who signs for it: RFC 6962 proofs, C2SP checkpoints, the key of the house. Knows no database. */
export { type LogKey, type LogKeyPlace, openLogKey, readLogKey } from './log-key';
export { consistencyProof, type Head, inclusionProof, type Inclusion, isConsistent } from './merkle-proof';
export { type Checkpoint, readCheckpoint, signatureOn, signCheckpoint } from './signed-note';
