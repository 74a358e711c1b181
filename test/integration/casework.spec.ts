import { createHash } from 'node:crypto';
import { decideFinding, fileHits, type HitToFile, settlePresence } from '#libs/casework';
import {
  type AccountId,
  type EvidenceId,
  type FindingId,
  type Hit,
  newId,
  type PageId,
  type PlatformId,
  type TaskId,
} from '#libs/domain';
import { JudgementRepository, type Store } from '#libs/persistence';
import { aRunInStore, type RunInStore } from '../support/captures';
import { aMigratedStore } from '../support/stores';

const RULE = 'risk-reserve-advertising';
const rules = new Map([[RULE, { severity: 'S1' as const, legalBasis: ['网贷整治办函(2017)57号 附件2'] }]]);

const aHit = (clause: string, over: Partial<Hit> = {}): Hit => ({
  ruleId: RULE,
  ruleVersion: 'aaaaaaaaaaaaaaaa',
  verdict: 'flag',
  score: 0.9,
  clause,
  cues: [],
  about: {
    ...{ kind: 'quote', path: '/p[1]', segmentText: clause, source: 'visible', region: 'main', pageKind: 'home' },
    ...{ start: 0, end: 2, quote: clause.slice(0, 2), box: null },
  },
  ...over,
});

describe.each(['embedded', 'postgres'] as const)('filing hits on %s', (kind) => {
  let store: Store;
  beforeAll(async () => {
    store = await aMigratedStore(kind);
  }, 120_000);
  afterAll(() => store.close());

  /** A finished look at the run's page: the row of its visit and of its evidence. */
  async function aLook(run: RunInStore, taskId: TaskId = run.taskId): Promise<EvidenceId> {
    const [visitId, evidenceId] = [newId(), newId<EvidenceId>()];
    const { pool } = store;
    await pool.query(
      `insert into crawl_page (task_id, page_id, depth, priority, state) values ($1, $2, 0, 0, 'seen') on conflict do nothing`,
      [taskId, run.pageId],
    );
    await pool.query(
      `insert into visit (id, task_id, page_id, requested_url, final_url, outcome, is_rendered, persona, started_at, duration_ms)
       values ($1, $2, $3, 'http://p2p.example/', 'http://p2p.example/', 'ok', false, 'desktop', now(), 1)`,
      [visitId, taskId, run.pageId],
    );
    await pool.query(
      `insert into evidence (log_index, id, visit_id, captured_at, leaf_hash, record)
       select count(*), $1, $2, now(), $3, '{}' from evidence`,
      [evidenceId, visitId, createHash('sha256').update(evidenceId).digest()],
    );
    return evidenceId;
  }

  async function file(run: RunInStore, hits: readonly Hit[], at: Date, taskId: TaskId = run.taskId): Promise<void> {
    const evidenceId = await aLook(run, taskId);
    const platformId = await platformOf(run.pageId);
    await store.inTransaction(async (tx) => {
      const kept = await new JudgementRepository(tx).addHits(taskId, null, hits);
      const items: HitToFile[] = kept.map(({ id, hit }) => ({ hitId: id, hit, pageId: run.pageId, evidenceId }));
      await fileHits(tx, { platformId, taskId, at, rules }, items);
    });
  }

  async function platformOf(pageId: PageId): Promise<PlatformId> {
    const { rows } = await store.pool.query<{ platform_id: PlatformId }>('select platform_id from page where id = $1', [
      pageId,
    ]);
    return rows[0]?.platform_id as PlatformId;
  }

  /** Another night's task on the same target. */
  async function nextTask(run: RunInStore): Promise<TaskId> {
    const [runId, taskId] = [newId(), newId<TaskId>()];
    await store.pool.query(
      `insert into crawl_run (id, trigger, orders, rule_pack, rule_pack_version, started_at) values ($1, 'nightly', '{}', 'notice-57', 'x', now())`,
      [runId],
    );
    await store.pool.query(
      `insert into crawl_task (id, run_id, target_id, host, priority, state) select $1, $2, target_id, host, 4, 'judging' from crawl_task where id = $3`,
      [taskId, runId, run.taskId],
    );
    return taskId;
  }

  interface Row {
    id: FindingId;
    number: string;
    verdict: string;
    presence: string;
    decision: string;
    revision: number;
    occurrences: number;
  }
  async function findingsOf(run: RunInStore): Promise<Row[]> {
    const { rows } = await store.pool.query<Row>(
      `select f.id, f.number, f.verdict, f.presence, f.decision, f.revision, x.occurrences from finding f
         join finding_place x on x.finding_id = f.id where f.platform_id = (select platform_id from page where id = $1) order by f.number`,
      [run.pageId],
    );
    return rows;
  }

  const at = (hours: number) => new Date(Date.UTC(2018, 2, 1, hours));

  it('folds hits that say the same thing into one finding and leaves dropped ones out', async () => {
    const run = await aRunInStore(store.pool);
    await file(
      run,
      [aHit('甲'), aHit('甲', { verdict: 'review', score: 0.5 }), aHit('乙'), aHit('丙', { verdict: 'drop' })],
      at(0),
    );
    const found = await findingsOf(run);
    expect(found.map((row) => [row.verdict, row.occurrences]).sort()).toEqual([
      ['flag', 1],
      ['flag', 2],
    ]);
  });

  it('numbers findings for people in the year of China, each number once', async () => {
    const run = await aRunInStore(store.pool);
    await file(run, [aHit('一'), aHit('二')], new Date('2018-12-31T16:30:00Z'));
    const numbers = (await findingsOf(run)).map((row) => row.number);
    expect(numbers.every((number) => /^线2019-\d{4}$/.test(number))).toBe(true);
    expect(new Set(numbers).size).toBe(2);
  });

  it('makes no new finding of the same clause under a new rule version, and keeps what a person decided', async () => {
    const run = await aRunInStore(store.pool);
    await file(run, [aHit('同一句')], at(0));
    const [first] = await findingsOf(run);
    const order = {
      reason: 'denial',
      note: null,
      duplicateOf: null,
      accountId: newId<AccountId>(),
      at: at(1),
    } as const;
    await store.inTransaction((tx) =>
      decideFinding(tx, {
        ...order,
        findingId: first?.id as FindingId,
        decision: 'dismissed',
        revision: first?.revision ?? 0,
      }),
    );
    await file(run, [aHit('同一句', { ruleVersion: 'bbbbbbbbbbbbbbbb' })], at(24), await nextTask(run));
    expect(await findingsOf(run)).toMatchObject([{ number: first?.number, decision: 'dismissed' }]);
  });

  it('calls a finding gone only after two whole looks a day apart, and back when it shows again', async () => {
    const run = await aRunInStore(store.pool);
    await file(run, [aHit('来去')], at(0));
    const presences: (string | undefined)[] = [];
    const lookWithout = async (hours: number) => {
      const taskId = await nextTask(run);
      await aLook(run, taskId);
      await store.inTransaction((tx) => settlePresence(tx, taskId, at(hours)));
      presences.push((await findingsOf(run))[0]?.presence);
    };
    await lookWithout(24);
    await lookWithout(47);
    await lookWithout(48);
    await file(run, [aHit('来去')], at(72), await nextTask(run));
    presences.push((await findingsOf(run))[0]?.presence);
    expect(presences).toEqual(['not-seen', 'not-seen', 'gone', 'back']);
  });

  it('says nothing of a finding whose page was not visited', async () => {
    const run = await aRunInStore(store.pool);
    await file(run, [aHit('未访')], at(0));
    const taskId = await nextTask(run);
    await store.inTransaction((tx) => settlePresence(tx, taskId, at(24)));
    expect(await findingsOf(run)).toMatchObject([{ presence: 'live' }]);
  });

  it('files nothing when its transaction is undone', async () => {
    const run = await aRunInStore(store.pool);
    const undone = store.inTransaction(async (tx) => {
      const [kept] = await new JudgementRepository(tx).addHits(run.taskId, null, [aHit('撤回')]);
      expect(kept).toBeDefined();
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await findingsOf(run)).toEqual([]);
  });
});
