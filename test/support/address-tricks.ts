/** One way to write an address of this machine, or of another that must not be reached. */
export interface AddressTrick {
  /** As it stands between `http://` and the port. */
  readonly host: string;
  /** Without a guard it reaches the canary: what proves that the trick is one. */
  readonly isLive: boolean;
}

const live = (...hosts: string[]): AddressTrick[] => hosts.map((host) => ({ host, isLive: true }));
const dead = (...hosts: string[]): AddressTrick[] => hosts.map((host) => ({ host, isLive: false }));

/** Answers of the resolver to the names that tricks use; the others are asked of this machine. */
export const TRICK_NAMES: Readonly<Record<string, readonly string[]>> = {
  'inside.example': ['127.0.0.1'],
  'inside-6.example': ['::1'],
  'inside-mapped.example': ['::ffff:127.0.0.1'],
  'inside-mapped-hex.example': ['::ffff:7f00:1'],
  'inside-nothing.example': ['0.0.0.0'],
  'inside-many.example': ['10.0.0.1', '127.0.0.1', '::1'],
  'metadata.example': ['169.254.169.254'],
  'open.example': ['127.0.0.2'],
};

export const ADDRESS_TRICKS: readonly AddressTrick[] = [
  // Spellings of numbers.
  ...live('127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0177.0.0.1', '017700000001'),
  ...live('0x7f.1', '0x7F.0x0.0x0.0x1', '127.0.0.3', '127.255.255.254', '127.0.0.1.', '0', '0.0.0.0', '0x0', '00'),
  // Numbers that only look like names before they are folded.
  ...live('①②⑦.⓪.⓪.①', '１２７.０.０.１', '127。0。0。1', '%31%32%37.0.0.1', '127.0.0.%31', '0x7f%2e1'),
  // IPv6, and IPv4 inside it.
  ...live('[::1]', '[0:0:0:0:0:0:0:1]', '[0000::0001]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::FFFF:7F00:0001]'),
  ...live('[0:0:0:0:0:ffff:7f00:1]', '[::ffff:0.0.0.0]', '[::]'),
  ...dead('[::127.0.0.1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::1]'),
  ...dead('[2001:0:4136:e378:8000:63bf:80ff:fffe]', '[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[fec0::1]'),
  ...dead('[ff02::1]', '[100::1]', '[3fff::1]', '[5f00::1]', '[2001:db8::1]'),
  // Names.
  ...live(
    'localhost',
    'LOCALHOST',
    'ｌｏｃａｌｈｏｓｔ',
    'inside.example',
    'inside-6.example',
    'inside-mapped.example',
  ),
  ...live('inside-mapped-hex.example', 'inside-nothing.example', 'INSIDE.EXAMPLE', 'inside-many.example'),
  ...dead('localhost.', 'app.localhost', 'metadata.example'),
  // Credentials before the host.
  ...live('open.example@127.0.0.1', 'open.example:80@127.1'),
  // What stands in other networks of an office or a cloud.
  ...dead('10.0.0.1', '172.16.0.1', '172.31.255.254', '192.168.1.1', '169.254.169.254', '0xa9fea9fe', '100.64.0.1'),
  ...dead('100.100.100.200', '168.63.129.16', '192.0.0.192', '192.88.99.1', '192.31.196.1', '198.18.0.1'),
  ...dead('224.0.0.1', '240.0.0.1', '255.255.255.255', '0.1.2.3'),
];

/** What a server on 127.0.0.2 may write into `Location`, to lead away from itself. */
export const redirectTricks = (port: number | 'PORT'): readonly string[] => [
  `http://127.0.0.1:${port}/`,
  `//127.0.0.1:${port}/`,
  `http:\\\\127.0.0.1:${port}\\`,
  `/\\127.0.0.1:${port}/`,
  `\\/127.0.0.1:${port}/`,
  `http:///127.0.0.1:${port}/`,
  `http:////127.1:${port}/`,
  `  http://127.0.0.1:${port}/  `,
  `http://12\t7.0.0.1:${port}/`,
  `HTTP://LOCALHOST:${port}/`,
  `http://2130706433:${port}/`,
  `http://0x7f.1:${port}/`,
  `http://①②⑦.⓪.⓪.①:${port}/`,
  `http://127。0。0。1:${port}/`,
  `http://%31%32%37.0.0.1:${port}/`,
  `http://[::1]:${port}/`,
  `http://[::ffff:7f00:1]:${port}/`,
  `http://open.example@127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}#@open.example/`,
  `http://127.0.0.1:${port}\\@open.example:${port}/`,
  `http://127.0.0.1:${port}?@open.example/`,
  `http://inside.example:${port}/`,
  `https://127.0.0.1:${port}/`,
  `ws://127.0.0.1:${port}/`,
  `ftp://127.0.0.1:${port}/`,
  `gopher://127.0.0.1:${port}/_GET`,
  `dict://127.0.0.1:${port}/info`,
  `view-source:http://127.0.0.1:${port}/`,
  `data:text/html,<img src=http://127.0.0.1:${port}/>`,
  `javascript:fetch('http://127.0.0.1:${port}/')`,
  'file:///etc/passwd',
  `http://169.254.169.254/latest/meta-data/`,
];
