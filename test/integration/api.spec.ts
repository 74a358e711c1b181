import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureFirstAdministrator } from '#apps/api';
import { newId } from '#libs/domain';
import { aClient, anApi, type ApiWorld, bodyOf, type Client, type Json, PASSWORD } from '../support/api-world';

jest.setTimeout(60_000);

let world: ApiWorld;
beforeAll(async () => (world = await anApi()), 120_000);
afterAll(() => world.close());

const signedIn = (): Promise<Client> => world.signedIn();

describe('the first administrator', () => {
  it('is made once, by whoever starts first, with a password that opens the door', async () => {
    const both = await Promise.all([
      ensureFirstAdministrator(world.store.pool),
      ensureFirstAdministrator(world.store.pool),
    ]);
    const [first, ...others] = both.filter((one) => one !== null);
    expect(others).toEqual([]);
    expect(first).toEqual({ name: 'admin', password: expect.stringMatching(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/) });
    const answer = await aClient(world.url).post('/api/session', first);
    expect(await bodyOf(answer)).toMatchObject({ account: { roles: ['administrator'], region: '' } });
    expect(world.lines.join('')).not.toContain(first?.password);
  });

  it('is not made where there are accounts', async () => {
    expect(await ensureFirstAdministrator(world.store.pool)).toBeNull();
  });
});

describe('signing in', () => {
  it('gives a cookie that scripts and other sites do not get, and keeps only its digest', async () => {
    await world.account({ name: 'wang.wu', displayName: '王五', region: '44' });
    const answer = await aClient(world.url).post('/api/session', { name: 'wang.wu', password: PASSWORD });
    expect(await bodyOf(answer)).toMatchObject({ account: { name: 'wang.wu', displayName: '王五', region: '44' } });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^mingcha_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const token = /=([\w-]{43});/.exec(cookie)?.[1] ?? '';
    const { rows } = await world.store.pool.query<{ token_sha256: string }>('select token_sha256 from session');
    expect(rows.map((row) => row.token_sha256)).not.toContain(token);
    expect(world.lines.join('')).not.toContain(token);
  });

  it('answers an unknown name and a wrong password alike', async () => {
    await world.account({ name: 'known' });
    const wrong = await aClient(world.url).post('/api/session', { name: 'known', password: 'x' });
    const unknown = await aClient(world.url).post('/api/session', { name: 'unknown', password: 'x' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await bodyOf(wrong)).toEqual(await bodyOf(unknown));
  });

  it('refuses the sixth wrong password, also when all come at once, and the right one after them', async () => {
    await world.account({ name: 'pressed' });
    const attempts = Array.from({ length: 12 }, () =>
      aClient(world.url).post('/api/session', { name: 'pressed', password: 'x' }),
    );
    const statuses = (await Promise.all(attempts)).map((answer) => answer.status).sort();
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429, 429, 429, 429]);
    const right = await aClient(world.url).post('/api/session', { name: 'pressed', password: PASSWORD });
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await bodyOf(right)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
  });

  it('lets nobody in whose account was closed, and ends the sessions they hold', async () => {
    const client = await signedIn();
    await world.store.pool.query(`update account set is_active = false where name = $1`, [client.name]);
    expect((await client.get('/api/session')).status).toBe(401);
  });

  it('ends a session at sign-out, and twice is once', async () => {
    const client = await signedIn();
    const out = () =>
      fetch(`${world.url}/api/session`, { method: 'DELETE', headers: { cookie: client.cookie, origin: world.url } });
    expect([(await out()).status, (await out()).status]).toEqual([204, 204]);
    expect((await client.get('/api/session')).status).toBe(401);
  });

  it('ends a session twelve hours after its last use', async () => {
    const client = await signedIn();
    world.pass(11 * 3_600_000);
    expect((await client.get('/api/session')).status).toBe(200);
    world.pass(11 * 3_600_000);
    expect((await client.get('/api/session')).status).toBe(200);
    world.pass(12 * 3_600_000);
    expect((await client.get('/api/session')).status).toBe(401);
  });

  it('ends a session after a week, however often it was used', async () => {
    const client = await signedIn();
    const statuses = [];
    for (let i = 0; i < 17; i += 1) {
      world.pass(10 * 3_600_000);
      statuses.push((await client.get('/api/session')).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 16 }, () => 200), 401]);
  });

  it.each(['/api/findings', '/api/runs', '/api/platforms', '/api/session', `/api/evidence/${newId()}/screenshot`])(
    'is asked for by %s',
    async (address) => {
      const answer = await aClient(world.url, 'mingcha_session=stolen').get(address);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    },
  );
});

describe('a request that changes something', () => {
  it.each([
    ['another site', { origin: 'http://evil.example' }],
    ['nowhere', { origin: '' }],
    ['a sandboxed frame', { origin: 'null' }],
  ])('is refused from %s', async (_, headers) => {
    const answer = await aClient(world.url).post('/api/session', { name: 'a', password: 'b' }, headers);
    expect(answer.status).toBe(403);
    expect(await bodyOf(answer)).toMatchObject({ code: 'ORIGIN_REFUSED' });
  });
});

describe('failures', () => {
  it('name every bad field, and unknown ones', async () => {
    const answer = await aClient(world.url).post('/api/session', { name: '', password: 7, admin: true });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const body = await bodyOf(answer);
    expect(body).toMatchObject({ type: 'urn:mingcha:problem:REQUEST_INVALID', status: 400, code: 'REQUEST_INVALID' });
    expect(body.title).toMatch(/[\u4e00-\u9fff]/);
    expect((body.fields as { field: string }[]).map(({ field }) => field).sort()).toEqual([
      'admin',
      'name',
      'password',
    ]);
  });

  it.each([
    ['a body that is no JSON', '{', 400, 'BODY_UNREADABLE'],
    ['a body of two megabytes', JSON.stringify({ name: 'x'.repeat(2_000_000) }), 413, 'BODY_TOO_LARGE'],
    ['a body that is a list', '[]', 400, 'REQUEST_INVALID'],
  ])('tell of %s', async (_, body, status, code) => {
    const answer = await aClient(world.url).post('/api/session', body);
    expect(await bodyOf(answer)).toMatchObject({ status, code });
  });

  it('tell of an address that is none, and of an id that is none', async () => {
    const client = await signedIn();
    expect(await bodyOf(await client.get('/api/nothing'))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const odd = await client.get('/api/findings/..%2F..%2Fetc');
    expect(await bodyOf(odd)).toMatchObject({ status: 400, fields: [{ field: 'id' }] });
  });

  it('tell nothing of the inside, and the log tells all', async () => {
    const client = await signedIn();
    const run = await world.seed.run();
    const answer = await client.get(`/api/runs/${run}/report`);
    expect(await bodyOf(answer)).toEqual({
      ...{
        type: 'urn:mingcha:problem:INTERNAL',
        title: '系统内部错误，已记录，请联系运维人员',
        status: 500,
        code: 'INTERNAL',
      },
    });
    expect(world.lines.filter((line) => line.includes('no report here'))).toHaveLength(1);
  });
});

describe('every answer', () => {
  it('carries the headers that keep a browser in bounds', async () => {
    const { headers } = await fetch(`${world.url}/health/live`);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'; img-src 'self' data: blob:");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('health', () => {
  it('is told without signing in', async () => {
    expect((await fetch(`${world.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${world.url}/health/ready`)).status).toBe(200);
  });
});

describe('the description of the service', () => {
  const document = (): Promise<Json> => fetch(`${world.url}/api/openapi.json`).then(bodyOf);

  it('is that of docs/openapi.json', async () => {
    const file = readFileSync(path.resolve(__dirname, '../../docs/openapi.json'), 'utf8');
    expect(await document()).toEqual(JSON.parse(file));
  });

  it('is OpenAPI 3.1 whose references all lead somewhere', async () => {
    const described = await document();
    expect(described.openapi).toBe('3.1.0');
    const schemas = Object.keys((described.components as { schemas: object }).schemas);
    const references = [...JSON.stringify(described).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(10);
    for (const [, name] of references) expect(schemas).toContain(name);
  });

  it('gives every operation a name, an answer with a schema and the shape of failures', async () => {
    const paths = (await document()).paths as Record<string, Record<string, Json>>;
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map((one) => one.operationId)).size).toBe(operations.length);
    expect(operations.length).toBeGreaterThanOrEqual(14);
    for (const { operationId, responses } of operations) {
      const answers = responses as Record<string, { content?: Record<string, { schema?: object }> }>;
      expect(answers.default?.content?.['application/problem+json']?.schema).toBeDefined();
      const good = Object.entries(answers).find(([status]) => status.startsWith('2'));
      expect(good).toBeDefined();
      if (operationId !== 'signOut') expect(Object.values(good?.[1].content ?? {})[0]?.schema).toBeDefined();
    }
  });
});
