import ipaddr from 'ipaddr.js';
import { InputInvalidError } from '#libs/domain';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Block = [Address, number];

/** Ports on which public web sites stand; any other is reached only inside an allowed block. */
export const PUBLIC_PORTS: readonly number[] = [80, 443, 8080, 8443];

/** Says which addresses may be reached. Public unicast always; the rest only when a block of the run's orders covers it. */
export interface AddressRule {
  /**
   * Why an address must not be reached, in a few English words; null when it may be.
   *
   * Takes any spelling that an operating system would take: dotted, decimal, hexadecimal, octal, IPv6 with or without
   * brackets. A host name is no address and is refused.
   *
   * @param port Left out: the port is not judged.
   */
  check(address: string, port?: number): string | null;
}

/** Addresses in 2000::/3; whatever the tables call unicast outside of it is not routed in public. */
const globalUnicast = ipaddr.IPv6.parse('2000::');

/** Answers to every machine of one cloud, although its number is public: it hands out what such a machine may know. */
const cloudHost = ipaddr.IPv4.parse('168.63.129.16');

const isGlobal = (address: Address): boolean =>
  address.range() === 'unicast' &&
  (address instanceof ipaddr.IPv4 ? !address.match(cloudHost, 32) : address.match(globalUnicast, 3));

const isWithin = (address: Address, [block, bits]: Block): boolean =>
  address.kind() === block.kind() && address.match(block, bits);

/** Reads one CIDR block; a block of IPv4-mapped addresses means the IPv4 block inside. */
function blockOf(cidr: string): Block {
  const [address, bits] = ipaddr.parseCIDR(cidr.trim());
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= 96)
    return [address.toIPv4Address(), bits - 96];
  return [address, bits];
}

function readBlocks(allowCidrs: readonly string[]): Block[] {
  return allowCidrs.map((cidr) => {
    try {
      return blockOf(cidr);
    } catch {
      throw new InputInvalidError(
        'allowed address block',
        `"${cidr.slice(0, 60)}"`,
        'a CIDR block such as 127.0.0.0/8',
      );
    }
  });
}

/**
 * The address in its one form; null when the text is no address. IPv4 inside IPv6 (`::ffff:127.0.0.1`) becomes IPv4.
 * A zone (`%eth0`) is dropped: it names an interface of ours, not another host.
 */
export function parseAddress(text: string): Address | null {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  return bare !== '' && ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

/**
 * The rule of one run.
 *
 * @param allowCidrs Blocks that may be reached on any port although they are not public; empty: public addresses only.
 * @throws {InputInvalidError} when a block is no CIDR block.
 */
export function addressRule(allowCidrs: readonly string[]): AddressRule {
  const blocks = readBlocks(allowCidrs);
  return {
    check(text, port) {
      const address = parseAddress(text);
      if (address === null) return 'no IP address';
      if (blocks.some((block) => isWithin(address, block))) return null;
      if (!isGlobal(address)) return `not public (${address.range()})`;
      if (port !== undefined && !PUBLIC_PORTS.includes(port)) return `asked for on port ${port}, which is no web port`;
      return null;
    },
  };
}
