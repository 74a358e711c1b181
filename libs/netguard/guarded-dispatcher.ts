import { type Socket } from 'node:net';
import { type TLSSocket } from 'node:tls';
import { Agent, buildConnector } from 'undici';
import { type AddressRule } from './address-rule';
import { lookupBySystem, resolveSafely, type Lookup } from './resolve';

/** What is known of the connections to one origin: for the evidence, not for control. */
export interface ConnectionFacts {
  readonly remoteAddress: string;
  /** Null over plain HTTP. */
  readonly tls: {
    readonly protocol: string;
    readonly subject: string;
    readonly issuer: string;
    readonly certificateSha256: string;
    readonly validTo: string;
  } | null;
}

export interface GuardedDispatcherOptions {
  readonly rule: AddressRule;
  /** Time for name resolution and handshakes together, per address tried. */
  readonly connectTimeoutMs: number;
  /** Time until the response's headers. */
  readonly headersTimeoutMs: number;
  /** Connections to one origin at most; one when absent. */
  readonly connections?: number;
  readonly lookup?: Lookup;
}

const nameIn = (entity: unknown): string =>
  entity !== null && typeof entity === 'object'
    ? Object.entries(entity)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(', ')
    : '';

function factsOf(socket: Socket): ConnectionFacts {
  const remoteAddress = socket.remoteAddress ?? '';
  if (!('getPeerCertificate' in socket)) return { remoteAddress, tls: null };
  const secure = socket as TLSSocket;
  const certificate = secure.getPeerCertificate();
  return {
    remoteAddress,
    tls: {
      protocol: secure.getProtocol() ?? '',
      subject: nameIn(certificate.subject),
      issuer: nameIn(certificate.issuer),
      certificateSha256: (certificate.fingerprint256 ?? '').replaceAll(':', '').toLowerCase(),
      validTo: certificate.valid_to ?? '',
    },
  };
}

/**
 * An undici dispatcher whose every connection is checked at the moment it is made, those of redirects included: the
 * name is resolved once and the checked number is what is connected to. Requests to a refused address fail with
 * {@link AddressRefusedError}. Follows no redirect by itself and keeps no cookies.
 */
export class GuardedDispatcher extends Agent {
  readonly #facts: Map<string, ConnectionFacts>;

  constructor(options: GuardedDispatcherOptions) {
    const facts = new Map<string, ConnectionFacts>();
    super({
      connect: guardedConnector(options, facts),
      connections: options.connections ?? 1,
      headersTimeout: options.headersTimeoutMs,
      bodyTimeout: 0, // the body as a whole is timed by whoever reads it
      maxHeaderSize: 64 * 1024,
      pipelining: 1,
    });
    this.#facts = facts;
  }

  /** What is known of the latest connection made to an origin (`https://host:port`); null when there was none. */
  connectionTo(origin: string): ConnectionFacts | null {
    return this.#facts.get(origin) ?? null;
  }
}

/** Origins whose facts are remembered; beyond it the oldest go. */
const MAX_ORIGINS = 5_000;

function remember(facts: Map<string, ConnectionFacts>, origin: string, socket: Socket): void {
  facts.delete(origin);
  facts.set(origin, factsOf(socket));
  const oldest = facts.keys().next();
  if (facts.size > MAX_ORIGINS && oldest.done !== true) facts.delete(oldest.value);
}

function guardedConnector(
  options: GuardedDispatcherOptions,
  facts: Map<string, ConnectionFacts>,
): buildConnector.connector {
  const connect = buildConnector({ timeout: options.connectTimeoutMs });
  const lookup = options.lookup ?? lookupBySystem;
  return (target, callback) => {
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    const origin = new URL(`${target.protocol}//${target.host ?? target.hostname}`).origin;
    resolveSafely(target.hostname, port, options.rule, lookup)
      .then((addresses) =>
        connectToOneOf(
          addresses.map((entry) => entry.address),
          target,
          connect,
        ),
      )
      .then(
        (socket) => {
          remember(facts, origin, socket);
          callback(null, socket);
        },
        (error: Error) => callback(error, null),
      );
  };
}

/** Addresses tried before giving up: a name may list hundreds. */
const MAX_TRIES = 4;

async function connectToOneOf(
  addresses: readonly string[],
  target: buildConnector.Options,
  connect: buildConnector.connector,
): Promise<Socket> {
  let failure: unknown = new Error('no address to connect to');
  for (const address of addresses.slice(0, MAX_TRIES)) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        connect({ ...target, hostname: address }, (error, socket) => (error ? reject(error) : resolve(socket)));
      });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
