import { newId } from '#libs/domain';
import { anApi, type ApiWorld, bodyOf, type Client, type Json } from '../support/api-world';
import { aPicture } from '../support/picture';
import { aPart } from '../support/seed';

jest.setTimeout(60_000);

let world: ApiWorld;
beforeAll(async () => (world = await anApi()), 120_000);
afterAll(() => world.close());

const signedIn = (region?: string): Promise<Client> => world.signedIn(region);

describe('runs and platforms', () => {
  it('count only what lies inside the scope', async () => {
    const run = await world.seed.run(new Date('2018-04-01T17:30:00Z'));
    for (const [name, region] of [
      ['批次甲', '440305'],
      ['批次乙', '330106'],
    ] as const) {
      const platform = await world.seed.platform(name, region);
      const task = await world.seed.task(run, platform, `https://${region}.example/`);
      await world.seed.visit(task, platform, `https://${region}.example/`, 'home');
      await world.store.pool.query(
        `insert into coverage_gap (id, task_id, url, code, detail, at) values ($1, $2, 'https://x/', 'timeout', 'no answer in 30 s', now())`,
        [newId(), task],
      );
    }
    const inside = await signedIn('33');
    expect(await bodyOf(await inside.get(`/api/runs/${run}`))).toMatchObject({
      ...{ tasks: { total: 1, done: 1 }, gaps: 1, coverage: { score: 1, pagesKnown: 1, pagesSeen: 1 } },
      targets: [
        {
          platform: { name: '批次乙' },
          visits: [{ outcome: 'ok', count: 1 }],
          coverage: { places: [{ place: 'home', state: 'seen', url: 'https://330106.example/' }] },
          gaps: { total: 1, first: [{ code: 'timeout', detail: 'no answer in 30 s' }] },
        },
      ],
    });
    const runs = (await bodyOf(await inside.get('/api/runs?limit=200'))).runs as Json[];
    expect(runs.map((row) => row.id)).toEqual([run]);
    expect((await (await signedIn('11')).get(`/api/runs/${run}`)).status).toBe(404);
    const platforms = (await bodyOf(await inside.get('/api/platforms'))).platforms as Json[];
    expect(platforms.every((row) => String(row.region).startsWith('33'))).toBe(true);
    expect(platforms).toContainEqual(
      expect.objectContaining({ name: '批次乙', lastRun: expect.objectContaining({ id: run }) }),
    );
  });
});

describe('a run report', () => {
  it('leaves out the targets that lie outside the scope', async () => {
    const run = await world.seed.run(new Date('2018-05-01T17:30:00Z'));
    const tasks = { inside: '330106', outside: '440305' };
    for (const [name, region] of Object.entries(tasks)) {
      await world.seed.task(run, await world.seed.platform(`report-${name}`, region));
    }
    world.reports.set(run, aReport(run, ['report-inside', 'report-outside']));
    const body = await bodyOf(await (await signedIn('33')).get(`/api/runs/${run}/report`));
    expect(body).toMatchObject({ run: { id: run }, targets: [{ platform: 'report-inside' }] });
    expect(body.targets).toHaveLength(1);
  });

  it('that does not keep its shape is a failure of ours, not half an answer', async () => {
    const run = await world.seed.run(new Date('2018-05-02T17:30:00Z'));
    world.reports.set(run, { ...aReport(run, []), evidence: undefined });
    const answer = await (await signedIn()).get(`/api/runs/${run}/report`);
    expect(await bodyOf(answer)).toMatchObject({ status: 500, code: 'INTERNAL' });
  });
});

describe('evidence', () => {
  const keep = async (mediaType: string) => {
    const platform = await world.seed.platform(`证据 ${newId()}`);
    const task = await world.seed.task(await world.seed.run(), platform);
    return world.seed.seal(await world.seed.visit(task, platform, 'https://p2p.example/'), [
      aPart('screenshot', mediaType, aPicture(20, 10)),
      aPart('dom', 'text/html', Buffer.from('<script>alert(1)</script>')),
    ]);
  };

  it('tells its record, leaf hash and place in the log', async () => {
    const id = await keep('image/png');
    const body = await bodyOf(await (await signedIn()).get(`/api/evidence/${id}`));
    expect(body).toMatchObject({
      ...{ id, leafHash: expect.stringMatching(/^[0-9a-f]{64}$/), index: expect.any(Number) },
      ...{ screenshotUrl: `/api/evidence/${id}/screenshot`, domUrl: `/api/evidence/${id}/dom` },
      record: {
        evidenceId: id,
        parts: [{ name: 'screenshot', sha256: expect.any(String), sm3: expect.any(String) }, {}],
      },
    });
  });

  it('sends a picture as it was sealed, under headers that let nothing of it run', async () => {
    const answer = await (await signedIn()).get(`/api/evidence/${await keep('image/png')}/screenshot`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(aPicture(20, 10));
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['image/svg+xml', 'text/html', 'application/xhtml+xml'])(
    'sends a picture of type %s as bytes to be saved',
    async (type) => {
      const answer = await (await signedIn()).get(`/api/evidence/${await keep(type)}/screenshot`);
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    },
  );

  it('sends captured markup as text to be saved, never as a page', async () => {
    const answer = await (await signedIn()).get(`/api/evidence/${await keep('image/png')}/dom`);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('of other regions is as if it were not there', async () => {
    const id = await keep('image/png');
    const outside = await signedIn('33');
    for (const part of ['', '/screenshot', '/dom']) {
      expect((await outside.get(`/api/evidence/${id}${part}`)).status).toBe(404);
    }
  });

  it('without a picture says so', async () => {
    const platform = await world.seed.platform(`证据 ${newId()}`);
    const task = await world.seed.task(await world.seed.run(), platform);
    const visit = await world.seed.visit(task, platform, 'https://p2p.example/');
    const id = await world.seed.seal(visit, [aPart('dom', 'text/html', Buffer.from('<p>'))]);
    const answer = await (await signedIn()).get(`/api/evidence/${id}/screenshot`);
    expect(await bodyOf(answer)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});

function aReport(run: string, platforms: readonly string[]) {
  const coverage = { score: 1, pagesKnown: 1, pagesSeen: 1, places: [], gaps: [] };
  const at = '2018-05-01T17:30:00.000Z';
  return {
    run: {
      ...{ id: run, trigger: 'nightly', startedAt: at, finishedAt: null, rulePack: 'p', rulePackVersion: 'v' },
      ...{ asOf: '2018-05-02', pacePerSecond: 1 },
    },
    targets: platforms.map((platform) => ({
      ...{ platform, url: 'https://p2p.example/', channel: 'website', state: 'done', coverage },
      ...{ visits: [], findings: [], disclosure: [] },
    })),
    evidence: { warcFiles: 0, bytes: 0, treeSize: 0, root: '0'.repeat(64) },
  };
}
