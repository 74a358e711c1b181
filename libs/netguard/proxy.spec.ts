import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { addressRule } from './address-rule';
import { FilteringProxy, type ProxyOptions } from './proxy';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly isWhole: boolean;
}

const open: { close(): unknown }[] = [];

async function aProxy(options: Partial<ProxyOptions> = {}): Promise<FilteringProxy> {
  const proxy = await FilteringProxy.open({ rule: addressRule(['127.0.0.0/8']), ...options });
  open.push(proxy);
  return proxy;
}

async function aServer(answer: Parameters<typeof createServer>[1]): Promise<{ port: number; hits: () => number }> {
  let hits = 0;
  const server: Server = createServer(answer);
  server.on('connection', () => (hits += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return { port: (server.address() as AddressInfo).port, hits: () => hits };
}

function credentialOf(proxy: FilteringProxy): string {
  return `Basic ${Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64')}`;
}

function ask(proxy: FilteringProxy, url: string, credential = credentialOf(proxy)): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { host: new URL(url).host, 'proxy-authorization': credential, connection: 'close' };
    const asked = request({ host: '127.0.0.1', port: proxy.port, path: url, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', () => undefined);
      answer.on('close', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          rawHeaders: answer.rawHeaders,
          body: Buffer.concat(chunks).toString(),
          isWhole: answer.complete,
        }),
      );
    });
    asked.on('error', reject).end();
  });
}

/** The bytes that come back over a tunnel until it ends. */
function tunnel(proxy: FilteringProxy, target: string, words = '', credential = credentialOf(proxy)): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(proxy.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => undefined).on('close', () => resolve(text));
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: ${credential}\r\n\r\n${words}`);
  });
}

afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

describe('the filtering proxy', () => {
  it('brings back what the host said and keeps its own headers away from it', async () => {
    const seen: string[] = [];
    const { port } = await aServer((asked, answer) => {
      seen.push(...asked.rawHeaders.map((text) => text.toLowerCase()));
      answer.writeHead(201, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Odd', 'é']).end('风险');
    });
    const proxy = await aProxy();
    const answer = await ask(proxy, `http://127.0.0.1:${port}/a?b=c`);
    expect(answer).toMatchObject({ status: 201, body: '风险', isWhole: true });
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(seen.filter((text) => text.startsWith('proxy'))).toEqual([]);
    expect(proxy.ledger.remoteAddressOf('127.0.0.1', port)).toBe('127.0.0.1');
  });

  it.each(['', 'Basic eDp5', 'Bearer x'])('serves nobody who comes with the credential %j', async (credential) => {
    const { port, hits } = await aServer((_asked, answer) => answer.end('secret'));
    const proxy = await aProxy();
    expect((await ask(proxy, `http://127.0.0.1:${port}/`, credential)).status).toBe(407);
    expect(await tunnel(proxy, `127.0.0.1:${port}`, '', credential)).toMatch(/^HTTP\/1\.1 407 /);
    expect(hits()).toBe(0);
  });

  it('has another credential each time', async () => {
    const [one, other] = [await aProxy(), await aProxy()];
    expect(one.password).not.toBe(other.password);
    expect(one.verdictHeader).not.toBe(other.verdictHeader);
  });

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', 'localhost', 'inside.example'])(
    'refuses %s when loopback is not allowed, plain and tunnelled, and says so in its ledger',
    async (host) => {
      const { port, hits } = await aServer((_asked, answer) => answer.end('secret'));
      const proxy = await aProxy({ rule: addressRule([]), lookup: () => Promise.resolve(['127.0.0.1', '::1']) });
      const answer = await ask(proxy, `http://${host}:${port}/`);
      expect(answer.status).toBe(403);
      expect(answer.headers[proxy.verdictHeader]).toBe('refused-address');
      expect(await tunnel(proxy, `${host}:${port}`)).toMatch(/^HTTP\/1\.1 403 /);
      expect(proxy.ledger.refusals.map((refusal) => refusal.code)).toEqual(['refused-address', 'refused-address']);
      expect(hits()).toBe(0);
    },
  );

  it('refuses a name whose second answer turns private, whatever the first was', async () => {
    const { port, hits } = await aServer((_asked, answer) => answer.end('secret'));
    const answers = [['127.0.0.2'], ['127.0.0.1']];
    const lookup = (): Promise<string[]> => Promise.resolve(answers.shift() ?? []);
    const proxy = await aProxy({ rule: addressRule(['127.0.0.2/32']), lookup, connectTimeoutMs: 500 });
    const first = await ask(proxy, `http://turns.example:${port}/`);
    const second = await ask(proxy, `http://turns.example:${port}/`);
    expect(first.headers[proxy.verdictHeader]).toBe('unreachable'); // 127.0.0.2 was dialled: nobody listens there
    expect(second.headers[proxy.verdictHeader]).toBe('refused-address');
    expect(hits()).toBe(0);
  });

  it('asks for a name once per connection and dials the number that was checked', async () => {
    const { port } = await aServer((_asked, answer) => answer.end('ok'));
    const names: string[] = [];
    const proxy = await aProxy({
      lookup: (name) => {
        names.push(name);
        return Promise.resolve([names.length === 1 ? '127.0.0.1' : '10.0.0.1']);
      },
    });
    expect((await ask(proxy, `http://once.example:${port}/`)).body).toBe('ok');
    expect(names).toEqual(['once.example']);
  });

  it('tells a name that does not exist from a host that does not answer', async () => {
    const missing = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const proxy = await aProxy({ lookup: () => Promise.reject(missing) });
    const nameless = await ask(proxy, 'http://nowhere.example/');
    expect([nameless.status, nameless.headers[proxy.verdictHeader]]).toEqual([502, 'name-not-resolved']);
    const silent = await ask(proxy, 'http://127.0.0.1:1/');
    expect(silent.headers[proxy.verdictHeader]).toBe('unreachable');
    expect(proxy.ledger.failureOf('127.0.0.1', 1)?.detail).toContain('ECONNREFUSED');
  });

  it('does not let a host speak in its name', async () => {
    let name = 'x';
    const { port } = await aServer((_asked, answer) => answer.writeHead(200, { [name]: 'refused-address' }).end('ok'));
    const proxy = await aProxy();
    name = proxy.verdictHeader;
    expect((await ask(proxy, `http://127.0.0.1:${port}/`)).headers[proxy.verdictHeader]).toBeUndefined();
  });

  it.each(['ftp://127.0.0.1/', 'file:///etc/passwd', '/', 'https://127.0.0.1/', '/http://a/'])(
    'answers 400 to %s',
    async (path) => {
      const proxy = await aProxy();
      const status = await new Promise((resolve, reject) => {
        const headers = { 'proxy-authorization': credentialOf(proxy), connection: 'close' };
        request({ host: '127.0.0.1', port: proxy.port, path, headers }, (answer) => {
          answer.resume().on('end', () => resolve(answer.statusCode));
        })
          .on('error', reject)
          .end();
      });
      expect(status).toBe(400);
    },
  );

  it('cuts an answer at its cap, so that it looks cut', async () => {
    const { port } = await aServer((_asked, answer) => {
      answer.on('error', () => undefined);
      answer.writeHead(200);
      const more = (): void =>
        void (answer.write(Buffer.alloc(64 * 1024)) ? setImmediate(more) : answer.once('drain', more));
      more();
    });
    const proxy = await aProxy({ maxBytes: 1024 * 1024 });
    const answer = await ask(proxy, `http://127.0.0.1:${port}/`);
    expect(answer.isWhole).toBe(false);
    expect(answer.body.length).toBeLessThan(4 * 1024 * 1024);
  });

  it('shows an answer that broke off as broken off', async () => {
    const { port } = await aServer((_asked, answer) => {
      answer.writeHead(200, { 'content-length': 100 });
      answer.write('half', () => answer.destroy());
    });
    const proxy = await aProxy();
    const answer = await ask(proxy, `http://127.0.0.1:${port}/`);
    expect(answer).toMatchObject({ body: 'half', isWhole: false });
    expect(proxy.ledger.wasCut(`http://127.0.0.1:${port}/`)).toBe(true);
    expect(proxy.ledger.wasCut(`http://127.0.0.1:${port}/other`)).toBe(false);
  });

  it('carries a tunnel both ways and cuts it when nothing moves', async () => {
    const echo = createTcpServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => echo.close(resolve)) });
    const asked: string[] = [];
    const proxy = await aProxy({
      idleTimeoutMs: 200,
      beforeTunnel: (host, port) => Promise.resolve(void asked.push(`${host}:${port}`)),
    });
    const target = `127.0.0.1:${(echo.address() as AddressInfo).port}`;
    expect(await tunnel(proxy, target, 'ping')).toBe('HTTP/1.1 200 Connection established\r\n\r\nping');
    expect(asked).toEqual([target]);
  });

  it('answers 400 to a tunnel without a port and drops rubbish', async () => {
    const proxy = await aProxy();
    expect(await tunnel(proxy, 'example.com')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await tunnel(proxy, 'a@b:80')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('cuts every connection when it closes, and closes twice', async () => {
    const silent = createTcpServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => silent.close(resolve)) });
    const proxy = await aProxy();
    const target = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const held = new Promise<string>((resolve) => {
      const socket = connect(proxy.port, '127.0.0.1');
      let text = '';
      socket.on('error', () => undefined).on('close', () => resolve(text));
      socket.on('data', (chunk) => {
        text += chunk.toString();
        void proxy.close().then(() => proxy.close());
      });
      socket.write(`CONNECT ${target} HTTP/1.1\r\nProxy-Authorization: ${credentialOf(proxy)}\r\n\r\n`);
    });
    expect(await held).toContain('200 Connection established');
  });
});
