import { InputInvalidError } from '#libs/domain';
import { addressRule, parseAddress } from './address-rule';

describe('the address rule', () => {
  const rule = addressRule([]);

  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['169.254.169.254', 'linkLocal'],
    ['100.64.0.1', 'carrierGradeNat'],
    ['168.63.129.16', ''],
    ['::ffff:168.63.129.16', ''],
    ['192.0.2.7', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['203.0.113.9', 'reserved'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['2130706433', 'loopback'],
    ['0x7f000001', 'loopback'],
    ['0x7f.1', 'loopback'],
    ['0177.0.0.1', 'loopback'],
    ['127.1', 'loopback'],
    ['::1', 'loopback'],
    ['[::1]', 'loopback'],
    ['::', 'unspecified'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['::127.0.0.1', ''],
    ['64:ff9b::7f00:1', 'rfc6052'],
    ['64:ff9b:1::a00:1', ''],
    ['2002:7f00:1::', '6to4'],
    ['2001:0:53aa:64c::1', 'teredo'],
    ['fe80::1%eth0', 'linkLocal'],
    ['fc00::1', 'uniqueLocal'],
    ['fd12:3456::1', 'uniqueLocal'],
    ['fec0::1', ''],
    ['ff02::1', 'multicast'],
    ['2001:db8::1', 'reserved'],
    ['4000::1', ''],
  ])('refuses %s', (address, range) => {
    expect(rule.check(address, 80)).toMatch(/^not public/);
    expect(rule.check(address, 80)).toContain(range);
  });

  it.each(['114.114.114.114', '8.8.8.8', '134744072', '0x08080808', '::ffff:8.8.8.8', '240e:1::1', '[2400:3200::1]'])(
    'lets %s pass',
    (address) => {
      expect(rule.check(address, 443)).toBeNull();
      expect(rule.check(address)).toBeNull();
    },
  );

  it.each(['', 'localhost', 'example.com', '1.2.3.4.5', '256.1.1.1', '8.8.8.8:80', '8.8.8.8/8', '::gggg'])(
    'takes %j for no address',
    (text) => {
      expect(rule.check(text)).toBe('no IP address');
    },
  );

  it.each([22, 25, 3306, 6379, 8081, 65535, 0])('refuses port %d of a public address', (port) => {
    expect(rule.check('8.8.8.8', port)).toContain(`port ${port}`);
  });

  it.each([80, 443, 8080, 8443])('lets port %d of a public address pass', (port) => {
    expect(rule.check('8.8.8.8', port)).toBeNull();
  });
});

describe('an allowed block', () => {
  const rule = addressRule(['127.0.0.0/8', 'fd00::/8', '::ffff:10.1.0.0/112']);

  it.each([
    ['127.0.0.1', 4801],
    ['::ffff:127.0.0.1', 22],
    ['2130706433', 80],
    ['fd00::1', 9000],
    ['10.1.2.3', 80],
  ])('opens %s on port %d', (address, port) => {
    expect(rule.check(address, port)).toBeNull();
  });

  it.each(['10.2.0.1', '::1', 'fc00::1', '169.254.169.254', '128.0.0.0:1'])(
    'opens nothing beside itself: %s',
    (address) => {
      expect(rule.check(address, 80)).not.toBeNull();
    },
  );

  it.each(['127.0.0.1', '127.0.0.0/33', 'loopback', '', '::/129', '/8'])(
    'refuses %j as a block and shows the form',
    (cidr) => {
      expect(() => addressRule([cidr])).toThrow(InputInvalidError);
      expect(() => addressRule([cidr])).toThrow(/127\.0\.0\.0\/8/);
    },
  );
});

describe('parsing an address', () => {
  it('has one form for every spelling', () => {
    expect(
      ['127.0.0.1', '0x7f.1', '2130706433', '::ffff:127.0.0.1', '[::ffff:7f00:1]'].map((a) =>
        parseAddress(a)?.toString(),
      ),
    ).toEqual(Array(5).fill('127.0.0.1'));
  });
});
