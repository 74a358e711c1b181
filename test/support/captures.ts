import {
  type Capture,
  type CapturePart,
  type Exchange,
  newId,
  type PageId,
  type RunId,
  type TaskId,
  type Visit,
  type VisitId,
} from '#libs/domain';
import { type SealTransaction } from '#libs/evidence';
import { type Store } from '#libs/persistence';

/** A run with one target and one page of it, as far as evidence needs them. */
export interface RunInStore {
  readonly runId: RunId;
  readonly taskId: TaskId;
  readonly pageId: PageId;
}

/** Writes a run, its platform, target, task and one page; every call makes new ones, but for ids that are given. */
export async function aRunInStore(db: SealTransaction, ids: Partial<RunInStore> = {}): Promise<RunInStore> {
  const [platformId, targetId, url] = [newId(), newId(), 'http://p2p.example/'];
  const run: RunInStore = { runId: newId(), taskId: newId(), pageId: newId(), ...ids };
  await db.query(`insert into platform (id, name, region) values ($1, $2, '440305')`, [
    platformId,
    `网贷 ${platformId}`,
  ]);
  await db.query(`insert into target (id, platform_id, channel, url) values ($1, $2, 'website', $3)`, [
    targetId,
    platformId,
    url,
  ]);
  await db.query(
    `insert into crawl_run (id, trigger, orders, rule_pack, rule_pack_version, started_at)
     values ($1, 'manual', '{}', 'notice-57', '0123456789abcdef', now())`,
    [run.runId],
  );
  await db.query(
    `insert into crawl_task (id, run_id, target_id, host, priority, state) values ($1, $2, $3, 'p2p.example', 3, 'looking')`,
    [run.taskId, run.runId, targetId],
  );
  await db.query(
    `insert into page (id, platform_id, channel, url_key, url, persona) values ($1, $2, 'website', $3, $3, 'desktop')`,
    [run.pageId, platformId, url],
  );
  return run;
}

/** One answer of a server, whole and plain unless told otherwise. */
export function anExchange(more: Partial<Exchange> = {}): Exchange {
  return {
    url: 'http://p2p.example/',
    method: 'GET',
    requestHeaders: [
      ['Host', 'p2p.example'],
      ['User-Agent', 'mingcha'],
    ],
    status: 200,
    statusText: 'OK',
    responseHeaders: [['Content-Type', 'text/html; charset=utf-8']],
    body: Buffer.from('<html><title>平台</title><p>本平台不设风险备付金</p></html>'),
    truncated: null,
    isBodyDecoded: false,
    remoteAddress: '127.0.0.1',
    startedAt: new Date('2018-03-01T01:30:00.000Z'),
    ...more,
  };
}

/** What a capture is made of; whatever is left out is one exchange at the run's page. */
interface CaptureWishes {
  readonly run: RunInStore;
  readonly visit?: Partial<Visit>;
  readonly parts?: readonly CapturePart[];
  readonly html?: string;
  readonly incomplete?: readonly string[];
}

/** One capture of a run's page; its visit row is for {@link visitRows} to write. */
export function aCapture({ run, visit = {}, parts, html, incomplete = [] }: CaptureWishes): Capture {
  const body = html === undefined ? {} : { body: Buffer.from(html) };
  return {
    visit: {
      id: newId<VisitId>(),
      taskId: run.taskId,
      pageId: run.pageId,
      requestedUrl: 'http://p2p.example/',
      finalUrl: 'http://p2p.example/',
      redirects: [],
      outcome: 'ok',
      detail: '',
      httpStatus: 200,
      isRendered: false,
      persona: 'desktop',
      startedAt: new Date('2018-03-01T01:30:00.000Z'),
      durationMs: 12,
      ...visit,
    },
    capturedAt: new Date('2018-03-01T01:30:00.250Z'),
    parts: parts ?? [{ name: 'exchange-0', kind: 'exchange', exchange: anExchange(body) }],
    incomplete,
  };
}

/** What a stage does alongside a seal: writes the rows of the visits. */
export function visitRows(captures: readonly Capture[]): (tx: SealTransaction) => Promise<void> {
  return async (tx) => {
    for (const { visit } of captures) {
      await tx.query(
        `insert into visit (id, task_id, page_id, requested_url, final_url, outcome, http_status, is_rendered, persona,
                            started_at, duration_ms)
         values ($1, $2, $3, 'http://p2p.example/', 'http://p2p.example/', $4, $5, $6, $7, $8, $9)`,
        [
          ...[visit.id, visit.taskId, visit.pageId, visit.outcome, visit.httpStatus, visit.isRendered, visit.persona],
          ...[visit.startedAt, visit.durationMs],
        ],
      );
    }
  };
}

/**
 * Takes out everything that evidence stands on, past the triggers that forbid it: only the owner of the database can,
 * and only between tests.
 */
export async function emptyEvidence(store: Store): Promise<void> {
  await store.inTransaction(async (tx) => {
    await tx.query(`set local session_replication_role = 'replica'`);
    await tx.query('truncate evidence, warc_file, visit, page, crawl_task, crawl_run, target, platform cascade');
  });
}
