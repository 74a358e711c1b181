import { lookup as systemLookup } from 'node:dns/promises';
import { AddressRefusedError } from '#libs/domain';
import { parseAddress, type AddressRule } from './address-rule';

/** Asks for all addresses of a name, most preferred first. Rejects when the name is not known. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

/** One address that has passed the rule, to be connected to as it stands: it is never resolved again. */
export interface SafeAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** The resolver of this machine. */
export const lookupBySystem: Lookup = async (hostname) =>
  (await systemLookup(hostname, { all: true, verbatim: true })).map((entry) => entry.address);

/**
 * Resolves a host once and gives back those of its addresses that may be reached, in the resolver's order.
 *
 * Only these may be connected to, by number: a second resolution could answer differently (DNS rebinding). Addresses
 * that are refused are left out silently as long as one remains, since nothing is ever sent to them.
 *
 * @param host A name or an address in any spelling; brackets are taken off.
 * @throws {AddressRefusedError} when the host has addresses and none may be reached.
 * @throws the resolver's own error (`ENOTFOUND`, `EAI_AGAIN`) when the name cannot be resolved: that is an outcome.
 */
export async function resolveSafely(
  host: string,
  port: number | undefined,
  rule: AddressRule,
  lookup: Lookup = lookupBySystem,
): Promise<readonly SafeAddress[]> {
  const literal = parseAddress(host);
  const answers = literal === null ? await lookup(host) : [literal.toString()];
  const safe = answers.filter((answer) => rule.check(answer, port) === null).flatMap(safeAddress);
  if (safe.length > 0) return safe;
  const [first] = answers;
  if (first === undefined) throw Object.assign(new Error(`host ${host} has no address`), { code: 'ENOTFOUND' });
  throw new AddressRefusedError(host, first, rule.check(first, port) ?? 'no IP address');
}

function safeAddress(text: string): SafeAddress[] {
  const parsed = parseAddress(text);
  return parsed === null ? [] : [{ address: parsed.toString(), family: parsed.kind() === 'ipv4' ? 4 : 6 }];
}
