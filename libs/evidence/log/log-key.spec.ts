import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LogKeyUnusableError } from '#libs/domain';
import { openLogKey, readLogKey } from './log-key';
import { readCheckpoint, signatureOn, signCheckpoint } from './signed-note';

const root = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('the key of the log', () => {
  let directory: string;
  const place = () => ({ file: path.join(directory, 'keys', 'log-key.pem'), isProvided: false });
  beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'mingcha-key-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is made once, for its owner alone, also when several make it at once', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => openLogKey(place())));
    expect(new Set(keys.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(statSync(place().file).mode & 0o777).toBe(0o600);
    expect((await openLogKey(place())).fingerprint).toBe(keys[0]?.fingerprint);
  });

  it('is refused when others may read it', async () => {
    await openLogKey(place());
    chmodSync(place().file, 0o640);
    await expect(openLogKey(place())).rejects.toThrow(/mode 640/);
  });

  it('is refused when it is of another curve or no key at all', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    const file = path.join(directory, 'given.pem');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await expect(readLogKey({ file, isProvided: true })).rejects.toThrow(/secp384r1/);
    writeFileSync(file, 'no key');
    await expect(readLogKey({ file, isProvided: true })).rejects.toThrow(LogKeyUnusableError);
  });

  it('is never made where somebody else is to provide it', async () => {
    await expect(openLogKey({ file: path.join(directory, 'absent.pem'), isProvided: true })).rejects.toThrow(
      /cannot be read/,
    );
  });

  it('signs checkpoints that say what they said, and bear no change of a byte', async () => {
    const key = await openLogKey(place());
    const checkpoint = { origin: 'mingcha/log/0123456789abcdef', treeSize: 7, root };
    const note = signCheckpoint(checkpoint, key);
    expect(note).toMatch(
      /^mingcha\/log\/0123456789abcdef\n7\n[A-Za-z0-9+/]{43}=\n\n— mingcha\/log\/0123456789abcdef \S+\n$/,
    );
    expect(readCheckpoint(note)).toEqual(checkpoint);
    expect(signatureOn(note, key.publicKey)).toBe('valid');
    expect(signatureOn(note.replace('\n7\n', '\n8\n'), key.publicKey)).toBe('invalid');
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    expect(signatureOn(signCheckpoint(checkpoint, other), key.publicKey)).toBe('of-another-key');
  });

  it.each(['', 'a\n1\n', 'a\n01\nAAAA\n\n', 'a\n1\nAAAA\n\n', `a\n-1\n${'A'.repeat(43)}=\n\n`])(
    'reads no checkpoint from %j',
    (text) => {
      expect(readCheckpoint(text)).toBeNull();
    },
  );
});
