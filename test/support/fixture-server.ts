import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import { commit, type Fault } from './fixture-faults';
import { encodeGbk } from './gbk';

/** A page given in the test itself; a plain string is HTML with status 200. */
export type FixturePage =
  | string
  | {
      readonly body?: string | Uint8Array;
      readonly status?: number;
      /** Defaults to what the path's ending says, else HTML. */
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string | string[]>>;
    };

export interface FixtureServerOptions {
  /** A folder of files; a path that ends in a slash shows its `index.html`. */
  readonly directory?: string;
  /** Pages by path with query (`/list?p=2`), or by path alone; they go before files. */
  readonly pages?: Readonly<Record<string, FixturePage>>;
  /** Faults by path; they go before pages. */
  readonly faults?: Readonly<Record<string, Fault>>;
  /** How text is encoded and declared; UTF-8 when absent. */
  readonly serveAs?: 'UTF-8' | 'GBK';
  /** A free one when absent. */
  readonly port?: number;
  /** 127.0.0.1 when absent. */
  readonly host?: string;
}

/** One request as it arrived. */
export interface LoggedRequest {
  /** Milliseconds since 1970 at which the request's headers were there. */
  readonly at: number;
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  readonly userAgent: string;
  readonly rawHeaders: readonly string[];
}

export interface FixtureServer {
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly origin: string;
  readonly port: number;
  /** In order of arrival; grows while the server runs. */
  readonly log: readonly LoggedRequest[];
  /** Ends every connection, also those that hang. A second call does nothing. */
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.htm': 'text/html',
  '.txt': 'text/plain',
  '.xml': 'application/xml',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.pdf': 'application/pdf',
  '.gz': 'application/gzip',
};

const typeOf = (pathname: string): string => TYPES[path.extname(pathname).toLowerCase()] ?? 'text/html';
const isText = (type: string): boolean => /^text\/|xml|json|javascript/.test(type);

interface Body {
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** Texts get the charset asked for, in their bytes, their header and their `meta`. */
function encode(body: string | Uint8Array, type: string, charset: 'UTF-8' | 'GBK'): Body {
  if (!isText(type) || type.includes('charset=')) return { bytes: Buffer.from(body), type };
  const declared = `${type}; charset=${charset.toLowerCase()}`;
  if (charset === 'UTF-8') return { bytes: Buffer.from(body), type: declared };
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  return { bytes: encodeGbk(text.replace(/(<meta[^>]*charset=["']?)utf-8/gi, '$1gbk')), type: declared };
}

async function fileAt(directory: string, pathname: string): Promise<Buffer | null> {
  const wanted = path.join(directory, decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '');
  if (!wanted.startsWith(path.resolve(directory) + path.sep)) return null;
  try {
    return await readFile(wanted);
  } catch {
    return null; // answered with 404 below
  }
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string | string[]>>;
}

const NOT_FOUND = '<!doctype html><title>404 Not Found</title><h1>Not Found</h1>';

async function replyTo(options: FixtureServerOptions, target: string, pathname: string): Promise<Reply> {
  const given = options.pages?.[target] ?? options.pages?.[pathname];
  const type = typeOf(pathname);
  if (typeof given === 'string') return { status: 200, type, body: given, headers: {} };
  if (given) return { status: 200, type, body: '', headers: {}, ...given };
  const file = options.directory ? await fileAt(path.resolve(options.directory), pathname) : null;
  return file
    ? { status: 200, type, body: file, headers: {} }
    : { status: 404, type: 'text/html', body: NOT_FOUND, headers: {} };
}

async function answer(
  options: FixtureServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = request.url ?? '/';
  const { pathname } = new URL(target, 'http://fixture');
  const fault = options.faults?.[pathname];
  if (fault) return commit(fault, request, response);
  const reply = await replyTo(options, target, pathname);
  const { bytes, type } = encode(reply.body, reply.type, options.serveAs ?? 'UTF-8');
  response.writeHead(reply.status, { 'content-type': type, 'content-length': bytes.length, ...reply.headers });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/**
 * Serves pages on loopback and writes down every request as it arrives.
 *
 * @throws when the port is taken.
 */
export async function startFixtureServer(options: FixtureServerOptions = {}): Promise<FixtureServer> {
  const log: LoggedRequest[] = [];
  const host = options.host ?? '127.0.0.1';
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    log.push({
      at: Date.now(),
      method: request.method ?? '',
      path: request.url ?? '',
      userAgent: request.headers['user-agent'] ?? '',
      rawHeaders: request.rawHeaders,
    });
    answer(options, request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${host}:${port}`,
    port,
    log,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
