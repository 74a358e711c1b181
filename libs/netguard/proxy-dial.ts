import { connect, type Socket } from 'node:net';
import { AddressRefusedError } from '#libs/domain';
import { type AddressRule } from './address-rule';
import { type ProxyFailureCode } from './proxy-ledger';
import { lookupBySystem, resolveSafely, type Lookup } from './resolve';

/** Addresses tried before giving up: a name may list hundreds. */
const MAX_TRIES = 4;

/** A connection to the very address that passed the rule. */
export interface Dialled {
  readonly socket: Socket;
  readonly address: string;
}

/** Where to and by which rule. */
export interface DialOrders {
  readonly rule: AddressRule;
  readonly lookup?: Lookup;
  readonly connectTimeoutMs: number;
}

function open(address: string, port: number, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, noDelay: true });
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error(`no connection within ${timeoutMs} ms`), { code: 'ETIMEDOUT' }));
    }, timeoutMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeListener('error', reject);
      resolve(socket);
    });
    socket.once('error', reject).once('close', () => clearTimeout(timer));
  });
}

/**
 * Resolves once, checks, and connects to a checked address by number.
 *
 * @throws {AddressRefusedError} when the host has addresses and none may be reached.
 * @throws the resolver's or the socket's own error otherwise; {@link failureCodeOf} names it.
 */
export async function dial(host: string, port: number, orders: DialOrders): Promise<Dialled> {
  const safe = await resolveSafely(host, port, orders.rule, orders.lookup ?? lookupBySystem);
  let failure: unknown = new Error(`host ${host} has no address`);
  for (const { address } of safe.slice(0, MAX_TRIES)) {
    try {
      return { socket: await open(address, port, orders.connectTimeoutMs), address };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

const NAME_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_FAIL', 'EAI_NONAME', 'EBADNAME']);

/** The word for what {@link dial} threw. */
export function failureCodeOf(error: unknown): ProxyFailureCode {
  if (error instanceof AddressRefusedError) return 'refused-address';
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (NAME_CODES.has(code)) return 'name-not-resolved';
  return code === 'ETIMEDOUT' ? 'timeout' : 'unreachable';
}
