import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { request } from 'undici';
import { AddressRefusedError } from '#libs/domain';
import { addressRule } from './address-rule';
import { GuardedDispatcher } from './guarded-dispatcher';

const timeouts = { connectTimeoutMs: 5_000, headersTimeoutMs: 5_000 };

describe('the guarded dispatcher', () => {
  let server: Server;
  let port: number;
  let hits = 0;
  const open: GuardedDispatcher[] = [];

  const dispatcherFor = (allow: string[], lookup: (host: string) => Promise<string[]>): GuardedDispatcher => {
    const dispatcher = new GuardedDispatcher({ rule: addressRule(allow), lookup, ...timeouts });
    open.push(dispatcher);
    return dispatcher;
  };

  beforeAll(async () => {
    server = createServer((_request, response) => {
      hits += 1;
      response.end('hello');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => (hits = 0));
  afterEach(async () => {
    await Promise.all(open.splice(0).map((dispatcher) => dispatcher.destroy()));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('connects to an allowed address by the name that was asked for', async () => {
    const dispatcher = dispatcherFor(['127.0.0.0/8'], () => Promise.resolve(['127.0.0.1']));
    const answer = await request(`http://site.test:${port}/`, { dispatcher });
    expect(await answer.body.text()).toBe('hello');
    expect(dispatcher.connectionTo(`http://site.test:${port}`)).toEqual({ remoteAddress: '127.0.0.1', tls: null });
  });

  it.each(['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]'])(
    'sends nothing to %s',
    async (host) => {
      const dispatcher = dispatcherFor([], () => Promise.resolve(['127.0.0.1']));
      await expect(request(`http://${host}:${port}/`, { dispatcher })).rejects.toThrow(AddressRefusedError);
      expect(hits).toBe(0);
    },
  );

  it('resolves anew for every connection, so a name that turns to loopback is refused then', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const lookup = jest.fn(() => Promise.resolve(answers.shift() ?? []));
    const dispatcher = dispatcherFor(['127.0.0.1/32'], lookup);
    await (await request(`http://rebind.test:${port}/`, { dispatcher, headers: { connection: 'close' } })).body.dump();
    await expect(request(`http://rebind.test:${port}/`, { dispatcher })).rejects.toThrow(AddressRefusedError);
    expect(lookup).toHaveBeenCalledTimes(2);
    expect(hits).toBe(1);
  });

  it('tries the next address when the first does not answer', async () => {
    const dispatcher = dispatcherFor(['127.0.0.0/8'], () => Promise.resolve(['127.0.0.2', '127.0.0.1']));
    const answer = await request(`http://two.test:${port}/`, { dispatcher });
    await answer.body.dump();
    expect(answer.statusCode).toBe(200);
  });

  it('hands on that a name is unknown', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    await expect(request('http://nowhere.test/', { dispatcher: dispatcherFor([], lookup) })).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });
});
