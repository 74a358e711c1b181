import ipaddr from 'ipaddr.js';
import { OrdersRefusedError, type RunOrders } from '#libs/domain';
import { lookupBySystem, parseAddress } from '#libs/netguard';

/**
 * Lets a run without pacing go only where every address of every target lies inside an allowed block: our own copies
 * and rehearsals, never somebody's site.
 *
 * @throws {OrdersRefusedError} naming the first host that lies outside.
 */
export async function refuseUnpacedOutside(orders: RunOrders, targets: readonly URL[]): Promise<void> {
  if (orders.pacePerSecond !== null) return;
  for (const { hostname } of targets) {
    if (!(await liesInside(hostname, orders.allowAddresses))) {
      throw new OrdersRefusedError(
        `--pace none is only for addresses inside --allow-address; host ${hostname} is not inside`,
      );
    }
  }
}

async function liesInside(hostname: string, blocks: readonly string[]): Promise<boolean> {
  const literal = parseAddress(hostname);
  const addresses = literal ? [literal.toString()] : await lookupBySystem(hostname).catch(() => []); // unknown: outside
  const isInside = (address: string) =>
    blocks.some((block) => {
      const parsed = ipaddr.process(address);
      const [network, bits] = ipaddr.parseCIDR(block);
      return parsed.kind() === network.kind() && parsed.match(network, bits);
    });
  return addresses.length > 0 && addresses.every(isInside);
}
