import { type FindingId, newId, type PlatformId, type Role } from '#libs/domain';
import { anApi, type ApiWorld, bodyOf, type Client, type Json } from '../support/api-world';
import { aPicture } from '../support/picture';
import { aPart, aQuote } from '../support/seed';

jest.setTimeout(60_000);

let world: ApiWorld;
beforeAll(async () => (world = await anApi()), 120_000);
afterAll(() => world.close());

const signedIn = (region?: string, roles?: readonly Role[]): Promise<Client> => world.signedIn(region, roles);

describe('findings', () => {
  let shenzhen: PlatformId;
  const made: FindingId[] = [];

  beforeAll(async () => {
    shenzhen = await world.seed.platform('样例甲', '440305');
    const hangzhou = await world.seed.platform('样例乙', '330106');
    for (let i = 0; i < 23; i += 1) {
      // two microseconds apart at most, some alike: what a millisecond clock cannot order
      const firstSeenAt = `2018-03-01T17:31:00.12345${i % 3}Z`;
      const severity = (['S1', 'S2', 'S1', 'S3'] as const)[i % 4];
      made.push(await world.seed.finding(shenzhen, { firstSeenAt, severity, verdict: i % 2 ? 'review' : 'flag' }));
    }
    await world.seed.finding(hangzhou, { severity: 'S2' });
  });

  const walk = async (client: Client, query: string, between: () => Promise<void> = () => Promise.resolve()) => {
    const seen: Json[] = [];
    let next: unknown = null;
    do {
      const cursor = typeof next === 'string' ? `&cursor=${next}` : '';
      const page = await bodyOf(await client.get(`/api/findings?${query}${cursor}`));
      seen.push(...(page.findings as Json[]));
      next = page.next;
      await between();
    } while (next !== null);
    return seen;
  };

  it('come page by page, each once, the gravest first, then the newest', async () => {
    const seen = await walk(await signedIn('44'), 'limit=4');
    expect(new Set(seen.map((row) => row.id))).toEqual(new Set(made));
    expect(seen).toHaveLength(made.length);
    const order = seen.map((row) => String(row.severity));
    expect(order).toEqual([...order].sort());
  });

  it('come each once though new ones arrive between the pages', async () => {
    const late: unknown[] = [];
    const arrive = async (): Promise<void> =>
      void late.push(await world.seed.finding(shenzhen, { firstSeenAt: '2018-03-02T17:00:00Z' }));
    const seen = await walk(await signedIn('44'), 'limit=5', arrive);
    const old = seen.map((row) => row.id).filter((id) => !late.includes(id));
    expect(new Set(old)).toEqual(new Set(made));
    expect(old).toHaveLength(made.length);
    await world.store.pool.query('delete from finding where id = any($1::uuid[])', [late]);
  });

  it('of other regions are neither listed nor shown nor decided', async () => {
    const outside = await signedIn('33');
    expect(await walk(outside, 'limit=50')).toMatchObject([{ platform: { name: '样例乙' } }]);
    expect((await outside.get(`/api/findings/${made[0]}`)).status).toBe(404);
    const headers = { 'if-match': '"1"' };
    const refused = await outside.post(`/api/findings/${made[0]}/decision`, { decision: 'confirmed' }, headers);
    expect(refused.status).toBe(404);
    expect(world.decided).toEqual([]);
  });

  it('are counted by severity under the same filter', async () => {
    const client = await signedIn('44');
    const page = await bodyOf(await client.get('/api/findings?severity=S1,S3&verdict=flag&limit=1'));
    expect(page.counts).toEqual({ S1: 12, S2: 0, S3: 0, S4: 0, total: 12 });
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['severity=S9', 'severity.0'],
    ['platform=x', 'platform'],
    ['cursor=rubbish', 'cursor'],
    ['cursor=e30', 'cursor'],
    ['colour=red', 'colour'],
  ])('asked for by %s are refused by the name of the field', async (query, field) => {
    const answer = await (await signedIn()).get(`/api/findings?${query}`);
    expect(await bodyOf(answer)).toMatchObject({ status: 400, fields: [{ field }] });
  });

  it('show the quote in its sentence, its rule, basis, cues and history', async () => {
    const run = await world.seed.run();
    const task = await world.seed.task(run, shenzhen);
    const visit = await world.seed.visit(task, shenzhen, 'https://p2p.example/');
    const evidence = await world.seed.seal(visit, [aPart('screenshot', 'image/png', aPicture(20, 10))]);
    const id = await world.seed.finding(shenzhen);
    const about = aQuote('平台已设立5000万元风险备付金，逾期先行垫付。', '风险备付金', { x: 10, y: 20, w: 30, h: 8 });
    await world.seed.place(id, visit, evidence, about);
    const answer = await (await signedIn('44')).get(`/api/findings/${id}`);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(await bodyOf(answer)).toMatchObject({
      ...{ id, severity: 'S1', standing: 'suspected', placeCount: 1 },
      rule: { id: 'risk-reserve-advertising', title: '以风险备付金进行宣传' },
      gist: { kind: 'quote', before: '平台已设立5000万元', quote: '风险备付金', after: '，逾期先行垫付。' },
      legalBasis: [expect.stringContaining('附件第2条'), expect.anything()],
      places: [
        {
          ...{ url: 'https://p2p.example/', screenshotUrl: `/api/evidence/${evidence}/screenshot` },
          about: { start: 11, end: 16, quote: '风险备付金', box: { x: 10, y: 20, w: 30, h: 8 } },
          cues: [{ name: 'amount', weight: 0.8, quote: '5000万元' }, {}],
        },
      ],
      history: [],
    });
  });
});

describe('a decision', () => {
  let finding: FindingId;
  const decide = (client: Client, body: unknown, headers: Record<string, string> = { 'if-match': '"1"' }) =>
    client.post(`/api/findings/${finding}/decision`, body, headers);

  beforeEach(async () => {
    finding = await world.seed.finding(await world.seed.platform(`样例 ${newId()}`));
  });

  it('changes the revision and stands in the history', async () => {
    const client = await signedIn();
    const answer = await decide(client, { decision: 'dismissed', reason: 'quotation', note: ' 引用监管规定 ' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(await bodyOf(answer)).toEqual({ id: finding, decision: 'dismissed', revision: 2 });
    const shown = await bodyOf(await client.get(`/api/findings/${finding}`));
    expect(shown).toMatchObject({
      decision: 'dismissed',
      history: [{ by: '李娜', facts: { reason: 'quotation', note: '引用监管规定' } }],
    });
  });

  it('on an old revision is refused and changes nothing', async () => {
    const client = await signedIn();
    await decide(client, { decision: 'confirmed' });
    const late = await decide(client, { decision: 'dismissed', reason: 'news' });
    expect(await bodyOf(late)).toMatchObject({ status: 409, code: 'REVISION_CONFLICT' });
    expect(await bodyOf(await client.get(`/api/findings/${finding}`))).toMatchObject({
      decision: 'confirmed',
      revision: 2,
    });
  });

  it.each<Record<string, string>>([{}, { 'if-match': '1' }, { 'if-match': '*' }, { 'if-match': '"1", "2"' }])(
    'without one plain revision is refused: %j',
    async (headers) => {
      const answer = await decide(await signedIn(), { decision: 'confirmed' }, headers);
      expect(await bodyOf(answer)).toMatchObject({ status: 400, fields: [{ field: 'If-Match' }] });
    },
  );

  it('sent five times at once under one key is done once, and answered alike', async () => {
    const client = await signedIn();
    const headers = { 'if-match': '"1"', 'idempotency-key': 'key-of-one-keystroke' };
    const before = world.decided.length;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => decide(client, { decision: 'confirmed' }, headers)),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    for (const answer of answers) expect(await bodyOf(answer)).toMatchObject({ revision: 2 });
    expect(world.decided.length - before).toBe(1);
  });

  it('under a key that named another request is refused', async () => {
    const client = await signedIn();
    const headers = { 'if-match': '"1"', 'idempotency-key': 'used-before' };
    await decide(client, { decision: 'parked' }, headers);
    const other = await decide(client, { decision: 'confirmed' }, headers);
    expect(await bodyOf(other)).toMatchObject({ status: 400, fields: [{ field: 'Idempotency-Key' }] });
  });

  it('that failed may be sent again under its key', async () => {
    const client = await signedIn();
    const key = { 'idempotency-key': 'tried-too-early' };
    expect((await decide(client, { decision: 'parked' }, { ...key, 'if-match': '"9"' })).status).toBe(409);
    expect((await decide(client, { decision: 'parked' }, { ...key, 'if-match': '"1"' })).status).toBe(200);
  });

  it.each([
    [{ decision: 'dismissed' }, ['reason']],
    [{ decision: 'confirmed', reason: 'news' }, ['reason']],
    [{ decision: 'duplicate-of' }, ['duplicateOf']],
    [{ decision: 'guilty', note: 7, colour: 'red' }, ['colour', 'decision', 'note']],
  ])('of %j is refused by the names of its fields', async (body, fields) => {
    const answer = await bodyOf(await decide(await signedIn(), body));
    expect((answer.fields as { field: string }[]).map(({ field }) => field).sort()).toEqual(fields);
  });

  it('is not open to those who only run the machine', async () => {
    const answer = await decide(await signedIn('', ['operator']), { decision: 'confirmed' });
    expect(await bodyOf(answer)).toMatchObject({ status: 403, code: 'ROLE_MISSING' });
  });
});
