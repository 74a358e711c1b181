import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { type Duplex } from 'node:stream';
import { type AddressRule } from './address-rule';
import { dial, failureCodeOf, type Dialled } from './proxy-dial';
import { endToEnd } from './proxy-headers';
import { ProxyLedger, type ProxyFailureCode } from './proxy-ledger';
import { type Lookup } from './resolve';

export { type ProxyFailure, type ProxyFailureCode, type ProxyLedger } from './proxy-ledger';

export interface ProxyOptions {
  readonly rule: AddressRule;
  readonly lookup?: Lookup;
  /** Time to connect to one address; 10 s when absent. */
  readonly connectTimeoutMs?: number;
  /** A connection on which nothing moves for so long is cut; 60 s when absent. */
  readonly idleTimeoutMs?: number;
  /** A connection is cut when it is that old; 10 min when absent. */
  readonly lifetimeMs?: number;
  /** Bytes that one answer, or one tunnel, may bring; 256 MiB when absent. */
  readonly maxBytes?: number;
  /** Awaited before a tunnel is opened: whoever paces may hold back what it did not let go itself. */
  readonly beforeTunnel?: (host: string, port: number) => Promise<void>;
}

const CONNECTIONS_AT_ONCE = 256;
const STATUS: Readonly<Record<ProxyFailureCode, number>> = {
  'refused-address': 403,
  'name-not-resolved': 502,
  unreachable: 502,
  timeout: 504,
  'too-large': 502,
};

/** Turns `host:port` apart; null when it is none. */
function authorityOf(text: string): { host: string; port: number } | null {
  const match = /^(\[[0-9a-f:.%]+\]|[^:[\]/@\s]+):(\d{1,5})$/i.exec(text);
  const port = Number(match?.[2]);
  return match?.[1] !== undefined && port > 0 && port < 65_536 ? { host: match[1], port } : null;
}

/** The address of a plain request to a proxy; null when it is no absolute http address. */
function plainTargetOf(text: string | undefined): { url: URL; host: string; port: number } | null {
  if (text === undefined || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'http:' || url.hostname === '') return null;
  return { url, host: url.hostname, port: url.port === '' ? 80 : Number(url.port) };
}

/**
 * A forward proxy on a random port of 127.0.0.1 that reaches nothing but what the rule lets pass. Names are resolved
 * once; the address that was checked is the address connected to. Serves whoever knows the credential, which is made
 * anew for each proxy, so that no other user of the machine can borrow it.
 *
 * An answer of the proxy itself carries the header {@link verdictHeader}; the same header from a host is taken out.
 */
export class FilteringProxy {
  readonly username = randomBytes(12).toString('hex');
  readonly password = randomBytes(24).toString('hex');
  /** A name no host can guess: what carries it was said by the proxy. */
  readonly verdictHeader = `x-verdict-${randomBytes(16).toString('hex')}`;
  readonly ledger = new ProxyLedger();
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #expected: Buffer;
  readonly #dropped: ReadonlySet<string>;

  private constructor(private readonly options: ProxyOptions) {
    this.#expected = Buffer.from(`Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`);
    this.#dropped = new Set([this.verdictHeader]);
    this.#server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 30_000 });
    this.#server.maxConnections = CONNECTIONS_AT_ONCE;
    this.#server.on('connection', (socket) => this.#watch(socket));
    this.#server.on('request', (incoming, outgoing) => void this.#forward(incoming, outgoing));
    this.#server.on('connect', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      void this.#tunnel(incoming, socket as Socket, head);
    });
    this.#server.on('upgrade', (_incoming, socket: Duplex) => socket.destroy());
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Opens a proxy; resolves when it listens. */
  static async open(options: ProxyOptions): Promise<FilteringProxy> {
    const proxy = new FilteringProxy(options);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Stops serving and cuts every connection; twice is once. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** Keeps a connection in sight: cut when idle, when old, and when the proxy closes. */
  #watch(socket: Socket): void {
    this.#sockets.add(socket);
    const life = setTimeout(() => socket.destroy(), this.options.lifetimeMs ?? 600_000);
    socket.setTimeout(this.options.idleTimeoutMs ?? 60_000, () => socket.destroy());
    socket.on('error', () => socket.destroy()); // a peer that resets has said all it will say
    socket.once('close', () => {
      clearTimeout(life);
      this.#sockets.delete(socket);
    });
  }

  #isKnown(incoming: IncomingMessage): boolean {
    const given = Buffer.from(incoming.headers['proxy-authorization'] ?? '');
    return given.length === this.#expected.length && timingSafeEqual(given, this.#expected);
  }

  async #dial(host: string, port: number): Promise<Dialled> {
    const dialled = await dial(host.replace(/^\[|\]$/g, ''), port, {
      rule: this.options.rule,
      lookup: this.options.lookup,
      connectTimeoutMs: this.options.connectTimeoutMs ?? 10_000,
    });
    this.#watch(dialled.socket);
    this.ledger.noteReached(host, port, dialled.address);
    return dialled;
  }

  #fail(host: string, port: number, error: unknown): ProxyFailureCode {
    const code = failureCodeOf(error);
    const detail = String(error).replace(/^\w*Error: /, '');
    this.ledger.noteFailure({ at: new Date(), host, port, code, detail });
    return code;
  }

  async #forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    incoming.on('error', () => outgoing.destroy());
    if (!this.#isKnown(incoming)) {
      outgoing.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"', 'content-length': 0 }).end();
      return;
    }
    const target = plainTargetOf(incoming.url);
    if (target === null) {
      outgoing.writeHead(400, { [this.verdictHeader]: 'unreachable', 'content-length': 0 }).end();
      return;
    }
    try {
      const { socket } = await this.#dial(target.host, target.port);
      this.#relay(incoming, outgoing, { ...target, socket });
    } catch (error) {
      this.#answer(outgoing, this.#fail(target.host, target.port, error));
    }
  }

  #answer(outgoing: ServerResponse, code: ProxyFailureCode): void {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(STATUS[code], { [this.verdictHeader]: code, 'content-length': 0 }).end();
  }

  #relay(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    target: { url: URL; host: string; port: number; socket: Socket },
  ): void {
    const hasBody = incoming.headers['transfer-encoding'] !== undefined;
    const headers = endToEnd(incoming.rawHeaders, this.#dropped, new Set(hasBody ? ['transfer-encoding'] : []));
    const upstream = request({
      createConnection: () => target.socket,
      method: incoming.method,
      path: `${target.url.pathname}${target.url.search}`,
      headers: [...headers, 'Connection', 'close'],
      setHost: false,
      maxHeaderSize: 64 * 1024,
    });
    outgoing.once('close', () => target.socket.destroy());
    upstream.on('error', (error) => this.#answer(outgoing, this.#fail(target.host, target.port, error)));
    upstream.on('response', (answer) => this.#giveBack(answer, outgoing, target.url.href));
    incoming.pipe(upstream);
  }

  #giveBack(answer: IncomingMessage, outgoing: ServerResponse, url: string): void {
    const most = this.options.maxBytes ?? 256 * 1024 * 1024;
    let bytes = 0;
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) answer.destroy();
    });
    answer.on('error', () => outgoing.destroy());
    answer.once('close', () => {
      this.ledger.noteEnd(url, answer.complete);
      if (!answer.complete) outgoing.destroy(); // an answer cut short must look cut short, not finished
    });
    outgoing.sendDate = false;
    outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders, this.#dropped));
    outgoing.flushHeaders();
    answer.pipe(outgoing);
  }

  async #tunnel(incoming: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
    if (!this.#isKnown(incoming)) {
      const lines = ['HTTP/1.1 407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="proxy"'];
      client.end(`${lines.join('\r\n')}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    const target = authorityOf(incoming.url ?? '');
    if (target === null) {
      client.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    try {
      await this.options.beforeTunnel?.(target.host, target.port);
      const { socket } = await this.#dial(target.host, target.port);
      this.#join(client, socket, head);
    } catch (error) {
      const status = STATUS[this.#fail(target.host, target.port, error)];
      client.end(`HTTP/1.1 ${status} Not reached\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    }
  }

  #join(client: Socket, upstream: Socket, head: Buffer): void {
    const most = this.options.maxBytes ?? 256 * 1024 * 1024;
    client.once('close', () => upstream.destroySoon());
    upstream.once('close', () => client.destroySoon()); // what is still on its way is delivered first
    upstream.on('data', () => {
      if (upstream.bytesRead > most) upstream.destroy();
    });
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) upstream.write(head);
    client.pipe(upstream);
    upstream.pipe(client);
  }
}
