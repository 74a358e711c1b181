import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { LogKeyUnusableError } from '#libs/domain';
import { fingerprintOf } from './signed-note';

/** The pair with which this house signs what its log says. */
export interface LogKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** SHA-256 over the public key, lower-case hex. */
  readonly fingerprint: string;
}

/** Where the key is kept. */
export interface LogKeyPlace {
  readonly file: string;
  /** True for a file that somebody else provides (a mounted secret): it is read, never made, and its rights are theirs. */
  readonly isProvided: boolean;
}

function asKey(pem: string, file: string): LogKey {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch (cause) {
    throw new LogKeyUnusableError(file, 'holds no private key in PEM form', { cause });
  }
  const curve = privateKey.asymmetricKeyDetails?.namedCurve;
  if (curve !== 'prime256v1')
    throw new LogKeyUnusableError(file, `holds a key of ${curve ?? 'another kind'}, not P-256`);
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, fingerprint: fingerprintOf(publicKey) };
}

/** The key at its place; null when there is none yet. @throws {LogKeyUnusableError} when others may read it, or it is no P-256 key. */
export async function readLogKey({ file, isProvided }: LogKeyPlace): Promise<LogKey | null> {
  try {
    const { mode } = await stat(file);
    if (!isProvided && (mode & 0o077) !== 0) {
      throw new LogKeyUnusableError(file, `can be read by others (mode ${(mode & 0o777).toString(8)}); expected 600`);
    }
    return asKey(await readFile(file, 'utf8'), file);
  } catch (cause) {
    if (cause instanceof LogKeyUnusableError) throw cause;
    if ((cause as { code?: unknown }).code === 'ENOENT' && !isProvided) return null;
    throw new LogKeyUnusableError(file, `cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** The key at its place, made there (P-256, mode 0600) when there is none. Of several processes that make it at once one wins. */
export async function openLogKey(place: LogKeyPlace): Promise<LogKey> {
  const known = await readLogKey(place);
  if (known) return known;
  await makeKey(place.file);
  const made = await readLogKey(place);
  if (!made) throw new LogKeyUnusableError(place.file, 'was deleted as soon as it was made');
  return made;
}

async function makeKey(file: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link, not a rename: a key that is there already must never be written over.
    await link(draft, file).catch((error: unknown) => {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    });
  } catch (cause) {
    throw new LogKeyUnusableError(file, `cannot be made: ${(cause as Error).message}`, { cause });
  } finally {
    await rm(draft, { force: true });
  }
}
