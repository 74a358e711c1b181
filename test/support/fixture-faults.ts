import { type IncomingMessage, type ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { encodeGbk } from './gbk';

/** What a hostile or broken server does at one path. */
export type Fault =
  | 'hang'
  | 'reset'
  | 'reset-midway'
  | 'status-500'
  | 'drip'
  | 'huge'
  | 'gzip-bomb'
  | 'brotli-bomb'
  | 'bad-gzip'
  | 'endless-redirect'
  | 'redirect-loop'
  | 'gbk-as-utf8'
  | 'utf8-as-gbk'
  | 'broken-html'
  | 'empty'
  | 'captcha'
  | 'throttled';

/** The page that faults of charset and markup show; it says 校园 in every one of them. */
export const FAULT_TEXT = '校园专享，零门槛，每天只还一元。';

const HTML = 'text/html; charset=utf-8';
const page = (charset: string): string =>
  `<!doctype html><html><head><meta charset="${charset}"><title>分期</title></head><body><h1>分期</h1><p>${FAULT_TEXT.repeat(3)}</p></body></html>`;
const MB = 1024 * 1024;
let gzipBomb: Buffer | null = null;
let brotliBomb: Buffer | null = null;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const send =
  (status: number, headers: Record<string, string>, body: string | Uint8Array): Answer =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };

/** Writes on as long as the other side reads, so that nothing piles up here. */
function pour(response: ServerResponse, chunk: Buffer, times: number): void {
  let left = times;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(chunk)) return;
    }
    if (!response.destroyed) response.end();
  };
  response.on('drain', more);
  more();
}

const drip: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': HTML });
  response.write('<!doctype html><title>drip</title><p>');
  const timer = setInterval(() => response.write('.'), 50);
  response.on('close', () => clearInterval(timer));
};

const endlessRedirect: Answer = (request, response) => {
  const url = new URL(request.url ?? '/', 'http://fixture');
  const next = Number(url.searchParams.get('n') ?? '0') + 1;
  response.writeHead(302, { location: `${url.pathname}?n=${next}` }).end();
};

const redirectLoop: Answer = (request, response) => {
  const url = new URL(request.url ?? '/', 'http://fixture');
  response.writeHead(302, { location: url.search === '' ? `${url.pathname}?back` : url.pathname }).end();
};

const resetMidway: Answer = (request, response) => {
  response.writeHead(200, { 'content-type': HTML, 'content-length': '100000' });
  response.write(page('utf-8'), () => request.socket.resetAndDestroy());
};

const ANSWERS: Readonly<Record<Fault, Answer>> = {
  hang: () => undefined,
  reset: (request) => request.socket.resetAndDestroy(),
  'reset-midway': resetMidway,
  'status-500': send(500, { 'content-type': HTML }, '<title>500</title><h1>Internal Server Error</h1>'),
  drip,
  huge: (_request, response) => {
    response.writeHead(200, { 'content-type': HTML });
    pour(response, Buffer.alloc(MB, '<p>贷</p>'), 200);
  },
  'gzip-bomb': (_request, response) => {
    // One member: of several strung together a browser reads the first alone.
    gzipBomb ??= gzipSync(Buffer.alloc(80 * MB, 'a'), { level: 1 });
    response.writeHead(200, { 'content-type': HTML, 'content-encoding': 'gzip' }).end(gzipBomb);
  },
  'brotli-bomb': (_request, response) => {
    brotliBomb ??= brotliCompressSync(Buffer.alloc(80 * MB, 'a'), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
    });
    response.writeHead(200, { 'content-type': HTML, 'content-encoding': 'br' }).end(brotliBomb);
  },
  'bad-gzip': send(200, { 'content-type': HTML, 'content-encoding': 'gzip' }, page('utf-8')),
  'endless-redirect': endlessRedirect,
  'redirect-loop': redirectLoop,
  'gbk-as-utf8': send(200, { 'content-type': HTML }, encodeGbk(page('utf-8'))),
  'utf8-as-gbk': send(200, { 'content-type': 'text/html; charset=gbk' }, page('gbk')),
  'broken-html': send(
    200,
    { 'content-type': HTML },
    `<html><body><div><p>${FAULT_TEXT.repeat(3)}<table><a href="/linked.html">more<td><b><i`,
  ),
  empty: send(200, { 'content-type': HTML }, ''),
  captcha: send(
    200,
    { 'content-type': HTML },
    '<title>安全验证</title><body><p>请完成安全验证</p><p>请输入验证码</p><img src="/captcha.jpg"></body>',
  ),
  throttled: send(429, { 'content-type': HTML, 'retry-after': '1' }, '<p>Too Many Requests</p>'),
};

/** Answers one request the way the fault does. */
export function commit(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  ANSWERS[fault](request, response);
}
