import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { startFixtureServer, type FixtureServer, type FixtureServerOptions } from './fixture-server';

/** Where the canary sits: loopback in several places, and every address of this machine that has no zone. */
const ownAddresses = (): string[] => [
  ...['127.0.0.1', '127.0.0.3', '127.255.255.254', '::1'],
  ...Object.values(networkInterfaces())
    .flat()
    .flatMap((entry) =>
      entry === undefined || entry.internal || entry.address.startsWith('fe80') ? [] : entry.address,
    ),
];

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\nconnection: close\r\n\r\nsecret';

async function listenOn(address: string, port: number, hear: (what: string) => void): Promise<Server> {
  const server = createServer((socket) => {
    hear(`tcp ${address}`);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(ANSWER));
  });
  server.listen(port, address);
  await once(server, 'listening');
  return server;
}

async function bindOn(address: string, port: number, hear: (what: string) => void): Promise<DatagramSocket> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4', () => hear(`udp ${address}`));
  socket.bind(port, address);
  await once(socket, 'listening');
  return socket;
}

/**
 * Listens where nobody may come, on the port of a site that everybody may visit: the site stands on 127.0.0.2, the
 * canary on every other address of this machine, over TCP and UDP. A connection counts as soon as it is accepted.
 */
export class Canary {
  private constructor(
    readonly site: FixtureServer,
    /** Arrivals since they were last taken, as `tcp ADDRESS` or `udp ADDRESS`. */
    private readonly heard: string[],
    private readonly listeners: readonly { close(done: () => void): unknown }[],
  ) {}

  /** @param options Of the site that may be visited; what stands in it may change while it runs. */
  static async beside(options: FixtureServerOptions): Promise<Canary> {
    const site = await startFixtureServer({ ...options, host: '127.0.0.2' });
    const heard: string[] = [];
    const hear = (what: string) => heard.push(what);
    const listeners: (Server | DatagramSocket)[] = [];
    for (const address of ownAddresses()) {
      listeners.push(await listenOn(address, site.port, hear));
      listeners.push(await bindOn(address, site.port, hear));
    }
    return new Canary(site, heard, listeners);
  }

  get port(): number {
    return this.site.port;
  }

  take(): string[] {
    return this.heard.splice(0);
  }

  async close(): Promise<void> {
    await this.site.close();
    for (const listener of this.listeners) await new Promise<void>((resolve) => listener.close(resolve));
  }
}
