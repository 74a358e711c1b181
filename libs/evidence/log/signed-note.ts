import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { type Head } from './merkle-proof';

/** What one checkpoint says, before anybody looked at its signature. */
export interface Checkpoint extends Head {
  /** Names the log; also the name of the key that signs. */
  readonly origin: string;
}

const SIGNATURE_LINE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;

/** SubjectPublicKeyInfo of a public key, DER. */
function spkiOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

/** SHA-256 over the SubjectPublicKeyInfo, lower-case hex: what stands on papers and in `doctor`. */
export function fingerprintOf(publicKey: KeyObject): string {
  return createHash('sha256').update(spkiOf(publicKey)).digest('hex');
}

/** The first four bytes of the fingerprint. — C2SP signed-note; key id of ECDSA keys as Sigstore's logs use it */
function keyIdOf(publicKey: KeyObject): Buffer {
  return createHash('sha256').update(spkiOf(publicKey)).digest().subarray(0, 4);
}

/** The lines that a signature covers: origin, size, root in base64, each with its line end. — C2SP tlog-checkpoint */
export function checkpointText({ origin, treeSize, root }: Checkpoint): string {
  return `${origin}\n${treeSize}\n${Buffer.from(root, 'hex').toString('base64')}\n`;
}

/** The checkpoint as a signed note: its text, a blank line, the line of the signature. — C2SP signed-note */
export function signCheckpoint(checkpoint: Checkpoint, key: { privateKey: KeyObject; publicKey: KeyObject }): string {
  const text = checkpointText(checkpoint);
  const signature = sign('sha256', Buffer.from(text), key.privateKey);
  return `${text}\n\u2014 ${checkpoint.origin} ${Buffer.concat([keyIdOf(key.publicKey), signature]).toString('base64')}\n`;
}

/** What a note says; null when it is no checkpoint. Says nothing of its signature. */
export function readCheckpoint(note: string): Checkpoint | null {
  const end = note.indexOf('\n\n');
  const [origin, size, root, ...more] = note.slice(0, end + 1).split('\n');
  const isShaped = end > 0 && more.length === 1 && origin && /^(0|[1-9]\d{0,15})$/.test(size ?? '');
  const bytes = Buffer.from(root ?? '', 'base64');
  if (!isShaped || bytes.length !== 32 || bytes.toString('base64') !== root) return null;
  return { origin, treeSize: Number(size), root: bytes.toString('hex') };
}

/** Whose signature a note bears: this key's, somebody else's, or this key's over another text. */
export function signatureOn(note: string, publicKey: KeyObject): 'valid' | 'invalid' | 'of-another-key' {
  const end = note.indexOf('\n\n');
  const text = Buffer.from(note.slice(0, end + 1));
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .flatMap((line) => SIGNATURE_LINE.exec(line)?.[2] ?? [])
    .map((base64) => Buffer.from(base64, 'base64'));
  const own = signatures.filter((bytes) => bytes.subarray(0, 4).equals(keyIdOf(publicKey)));
  if (own.length === 0) return 'of-another-key';
  const isValid = own.every((bytes) => verify('sha256', text, publicKey, bytes.subarray(4)));
  return isValid ? 'valid' : 'invalid';
}
