import { createHash } from 'node:crypto';
import { digestsOf, sha256Of } from './digests';

describe('digests', () => {
  it('are the published ones of "abc"', async () => {
    expect(await digestsOf(Buffer.from('abc'))).toEqual({
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', // FIPS 180-4
      sm3: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0', // GB/T 32905-2016, A.1
    });
  });

  it('are those of the empty string for no bytes', async () => {
    expect(await digestsOf(new Uint8Array())).toEqual({
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      sm3: '1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b',
    });
  });

  it('are the same slice by slice as at once', async () => {
    const bytes = Buffer.alloc(9 * 1024 * 1024 + 7, 'mingcha');
    const once = (name: string) => createHash(name).update(bytes).digest('hex');
    expect(await digestsOf(bytes)).toEqual({ sha256: once('sha256'), sm3: once('sm3') });
    expect(sha256Of(bytes.subarray(0, 5), bytes.subarray(5))).toBe(once('sha256'));
  });
});
