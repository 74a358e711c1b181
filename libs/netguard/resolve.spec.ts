import { AddressRefusedError } from '#libs/domain';
import { addressRule } from './address-rule';
import { resolveSafely } from './resolve';

const rule = addressRule([]);

describe('resolving safely', () => {
  it('gives back only the addresses that may be reached, in their order', async () => {
    const lookup = () => Promise.resolve(['127.0.0.1', '8.8.8.8', '10.0.0.1', '240e::1']);
    expect(await resolveSafely('mixed.test', 80, rule, lookup)).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '240e::1', family: 6 },
    ]);
  });

  it('refuses a name whose every address is refused and names host and address', async () => {
    const lookup = () => Promise.resolve(['192.168.0.7', '::1']);
    const failure = resolveSafely('inside.test', 80, rule, lookup);
    await expect(failure).rejects.toThrow(AddressRefusedError);
    await expect(failure).rejects.toThrow(/192\.168\.0\.7 of host inside\.test is not public \(private\)/);
  });

  it.each(['0x7f.1', '2130706433', '[::1]', '::ffff:10.0.0.1', '0'])(
    'asks no resolver for %s and refuses it',
    async (host) => {
      const lookup = jest.fn();
      await expect(resolveSafely(host, 80, rule, lookup)).rejects.toThrow(AddressRefusedError);
      expect(lookup).not.toHaveBeenCalled();
    },
  );

  it('asks the resolver once', async () => {
    const lookup = jest.fn().mockResolvedValueOnce(['8.8.8.8']).mockResolvedValueOnce(['127.0.0.1']);
    expect(await resolveSafely('rebind.test', 80, rule, lookup)).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect(lookup).toHaveBeenCalledTimes(1);
  });

  it('says ENOTFOUND when a resolver answers with nothing', async () => {
    await expect(resolveSafely('nothing.test', 80, rule, () => Promise.resolve([]))).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });

  it('refuses an answer that is no address', async () => {
    await expect(resolveSafely('odd.test', 80, rule, () => Promise.resolve(['file:///etc']))).rejects.toThrow(
      AddressRefusedError,
    );
  });

  it('hands on the resolver’s own failure', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'EAI_AGAIN' }));
    await expect(resolveSafely('later.test', 80, rule, lookup)).rejects.toMatchObject({ code: 'EAI_AGAIN' });
  });
});
