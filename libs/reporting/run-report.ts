import { type Channel, type CoveragePlace, type RunId, type TaskId } from '#libs/domain';
import { type Queryable, RunRepository, VisitRepository } from '#libs/persistence';
import { findingsOf } from './run-findings';
import { type RunReport, type TargetReport } from './run-report.schema';

interface TaskRow {
  id: string;
  url: string;
  channel: Channel;
  platform: string;
  state: string;
  facts: { listing?: Record<string, unknown>; ad?: Record<string, unknown>; places?: CoveragePlace[] };
}

/**
 * What one run saw, found and did not see, target by target in the order of platform, channel and address. A run
 * that is still under way is told as far as it is.
 *
 * @param log The state of the evidence log; the caller reads it, since reading it is the evidence store's work.
 * @throws {NotFoundError} when there is no such run.
 */
export async function buildRunReport(
  db: Queryable,
  runId: RunId,
  log: { treeSize: number; root: string },
): Promise<RunReport> {
  const run = await new RunRepository(db).get(runId);
  const { rows } = await db.query<TaskRow>(
    `select t.id, g.url, g.channel, p.name as platform, t.state, t.facts
       from crawl_task t join target g on g.id = t.target_id join platform p on p.id = g.platform_id
      where t.run_id = $1 order by p.name, g.channel, g.url`,
    [runId],
  );
  const targets: TargetReport[] = [];
  for (const row of rows) targets.push(await targetReport(db, row));
  return {
    run: {
      id: run.id,
      trigger: run.trigger,
      startedAt: run.startedAt.toISOString(),
      finishedAt: run.finishedAt?.toISOString() ?? null,
      rulePack: run.rulePack,
      rulePackVersion: run.rulePackVersion,
      asOf: run.orders.asOf,
      pacePerSecond: run.orders.pacePerSecond,
    },
    targets,
    evidence: { ...(await warcOf(db, runId)), treeSize: log.treeSize, root: log.root },
  };
}

async function targetReport(db: Queryable, row: TaskRow): Promise<TargetReport> {
  const taskId = row.id as TaskId;
  return {
    url: row.url,
    channel: row.channel,
    platform: row.platform,
    state: row.state,
    visits: await visitsOf(db, taskId),
    findings: await findingsOf(db, taskId),
    disclosure: await disclosureOf(db, taskId),
    ...(row.facts.listing ? { listing: row.facts.listing } : {}),
    ...(row.facts.ad ? { ad: row.facts.ad } : {}),
    coverage: await coverageOf(db, taskId, row.facts.places ?? []),
  };
}

async function visitsOf(db: Queryable, taskId: TaskId): Promise<TargetReport['visits']> {
  const { rows } = await db.query<TargetReport['visits'][number]>(
    `select v.requested_url as url, v.final_url as "finalUrl", v.outcome, v.http_status as "httpStatus",
            v.is_rendered as rendered, v.persona, e.id as "evidenceId", v.duration_ms as ms, v.detail
       from visit v left join evidence e on e.visit_id = v.id where v.task_id = $1 order by v.started_at, v.id`,
    [taskId],
  );
  return rows;
}

async function disclosureOf(db: Queryable, taskId: TaskId): Promise<TargetReport['disclosure']> {
  const { rows } = await db.query<TargetReport['disclosure'][number]>(
    `select item, state, value, as_of as "asOf", url, evidence_id as "evidenceId", reason
       from disclosure_state where task_id = $1 order by item`,
    [taskId],
  );
  return rows;
}

async function coverageOf(db: Queryable, taskId: TaskId, places: CoveragePlace[]): Promise<TargetReport['coverage']> {
  const { rows } = await db.query<{ known: number; seen: number }>(
    `select count(*)::int as known, count(*) filter (where state = 'seen')::int as seen
       from crawl_page where task_id = $1 and role = 'page'`,
    [taskId],
  );
  const { known, seen } = rows[0] ?? { known: 0, seen: 0 };
  const gaps = await new VisitRepository(db).gapsOf(taskId);
  return {
    score: known === 0 ? 0 : Math.round((seen / known) * 1000) / 1000,
    pagesKnown: known,
    pagesSeen: seen,
    places,
    gaps: gaps.map(({ url, code, detail }) => ({ url, code, detail })),
  };
}

async function warcOf(db: Queryable, runId: RunId): Promise<{ warcFiles: number; bytes: number }> {
  const { rows } = await db.query<{ files: number; bytes: number }>(
    'select count(*)::int as files, coalesce(sum(committed_length), 0)::float8 as bytes from warc_file where run_id = $1',
    [runId],
  );
  return { warcFiles: rows[0]?.files ?? 0, bytes: rows[0]?.bytes ?? 0 };
}
