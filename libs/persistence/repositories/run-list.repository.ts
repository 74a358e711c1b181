import {
  type Channel,
  type CoverageGap,
  type CoveragePlace,
  type DisclosureState,
  type Outcome,
  type PlatformId,
  type RegionScope,
  type RunId,
  type TaskId,
  type TaskState,
  type Trigger,
} from '#libs/domain';
import { type Queryable } from '../queryable';

/** Where a page of the list of runs ended. */
export interface RunKey {
  /** RFC 3339 in UTC with microseconds. */
  readonly startedAt: string;
  readonly id: string;
}

/** A run as a list shows it; every figure counts only what lies inside the scope of who asks. */
export interface ListedRun {
  readonly id: RunId;
  readonly trigger: Trigger;
  readonly rulePack: string;
  readonly rulePackVersion: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly tasks: number;
  readonly tasksDone: number;
  readonly tasksFailed: number;
  readonly pagesKnown: number;
  readonly pagesSeen: number;
  readonly gaps: number;
  readonly findings: number;
}

/** One target of a run with what was seen of it. */
export interface ListedTask {
  readonly id: TaskId;
  readonly platformId: PlatformId;
  readonly platformName: string;
  readonly channel: Channel;
  readonly url: string;
  readonly state: TaskState;
  readonly failure: string | null;
  readonly pagesKnown: number;
  readonly pagesSeen: number;
  readonly findings: number;
}

interface RunRow {
  id: string;
  trigger: Trigger;
  rule_pack: string;
  rule_pack_version: string;
  started_at: Date;
  started_key: string;
  finished_at: Date | null;
  tasks: number;
  tasks_done: number;
  tasks_failed: number;
  pages_known: number;
  pages_seen: number;
  gaps: number;
  findings: number;
}

const toRun = (row: RunRow): ListedRun => ({
  id: row.id as RunId,
  trigger: row.trigger,
  rulePack: row.rule_pack,
  rulePackVersion: row.rule_pack_version,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  tasks: row.tasks,
  tasksDone: row.tasks_done,
  tasksFailed: row.tasks_failed,
  pagesKnown: row.pages_known,
  pagesSeen: row.pages_seen,
  gaps: row.gaps,
  findings: row.findings,
});

interface TaskRow {
  id: string;
  platform_id: string;
  platform_name: string;
  channel: Channel;
  url: string;
  state: TaskState;
  failure: string | null;
  pages_known: number;
  pages_seen: number;
  findings: number;
}

const toTask = (row: TaskRow): ListedTask => ({
  id: row.id as TaskId,
  platformId: row.platform_id as PlatformId,
  platformName: row.platform_name,
  channel: row.channel,
  url: row.url,
  state: row.state,
  failure: row.failure,
  pagesKnown: row.pages_known,
  pagesSeen: row.pages_seen,
  findings: row.findings,
});

/** `$1` is the scope. A run without any target is shown to those who see everything. */
const TASKS_IN_SCOPE = `
  select t.* from crawl_task t join target g on g.id = t.target_id join platform p on p.id = g.platform_id
   where t.run_id = r.id and starts_with(p.region, $1)`;

const RUN_FIGURES = `
  select r.id, r.trigger, r.rule_pack, r.rule_pack_version, r.started_at, r.finished_at,
         to_char(r.started_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as started_key,
         (select count(*)::int from (${TASKS_IN_SCOPE}) t) as tasks,
         (select count(*)::int from (${TASKS_IN_SCOPE}) t where t.state = 'done') as tasks_done,
         (select count(*)::int from (${TASKS_IN_SCOPE}) t where t.state = 'failed') as tasks_failed,
         (select count(*)::int from (${TASKS_IN_SCOPE}) t join crawl_page cp on cp.task_id = t.id where cp.role = 'page') as pages_known,
         (select count(*)::int from (${TASKS_IN_SCOPE}) t join crawl_page cp on cp.task_id = t.id
           where cp.role = 'page' and cp.state = 'seen') as pages_seen,
         (select count(*)::int from (${TASKS_IN_SCOPE}) t join coverage_gap cg on cg.task_id = t.id) as gaps,
         (select count(distinct fp.finding_id)::int from (${TASKS_IN_SCOPE}) t
            join finding_place fp on fp.task_id = t.id) as findings
    from crawl_run r`;

const IS_VISIBLE = `($1 = '' or exists (${TASKS_IN_SCOPE}))`;

/** Reads runs and what each saw, for people. */
export class RunListRepository {
  constructor(private readonly db: Queryable) {}

  /** The latest first, then by id. */
  async runs(
    scope: RegionScope,
    page: { limit: number; after: RunKey | null },
  ): Promise<{ runs: ListedRun[]; next: RunKey | null }> {
    const values: unknown[] = [scope.prefix, page.limit + 1];
    let beyond = '';
    if (page.after !== null) {
      values.push(page.after.startedAt, page.after.id);
      beyond = ' and (r.started_at, r.id) < ($3::timestamptz, $4::uuid)';
    }
    const { rows } = await this.db.query<RunRow>(
      `${RUN_FIGURES} where ${IS_VISIBLE}${beyond} order by r.started_at desc, r.id desc limit $2`,
      values,
    );
    const shown = rows.slice(0, page.limit);
    const last = shown.at(-1);
    const isMore = rows.length > page.limit && last !== undefined;
    return { runs: shown.map(toRun), next: isMore ? { startedAt: last.started_key, id: last.id } : null };
  }

  /** One run; null when it is not there or has no target inside the scope. */
  async run(id: RunId, scope: RegionScope): Promise<ListedRun | null> {
    const { rows } = await this.db.query<RunRow>(`${RUN_FIGURES} where ${IS_VISIBLE} and r.id = $2`, [
      scope.prefix,
      id,
    ]);
    return rows[0] === undefined ? null : toRun(rows[0]);
  }

  /** Its targets inside the scope, by name of the platform, then channel and address. */
  async tasksOf(id: RunId, scope: RegionScope): Promise<ListedTask[]> {
    const { rows } = await this.db.query<TaskRow>(
      `select t.id, p.id as platform_id, p.name as platform_name, g.channel, g.url, t.state, t.failure,
              (select count(*)::int from crawl_page cp where cp.task_id = t.id and cp.role = 'page') as pages_known,
              (select count(*)::int from crawl_page cp where cp.task_id = t.id and cp.role = 'page' and cp.state = 'seen') as pages_seen,
              (select count(distinct fp.finding_id)::int from finding_place fp where fp.task_id = t.id) as findings
         from crawl_task t join target g on g.id = t.target_id join platform p on p.id = g.platform_id
        where t.run_id = $2 and starts_with(p.region, $1) order by p.name, g.channel, g.url, t.id`,
      [scope.prefix, id],
    );
    return rows.map(toTask);
  }

  /** How the attempts of a task ended, the most frequent first. */
  async outcomesOf(id: TaskId): Promise<{ outcome: Outcome; count: number }[]> {
    const { rows } = await this.db.query<{ outcome: Outcome; count: number }>(
      `select outcome, count(*)::int as count from visit where task_id = $1 group by outcome order by count desc, outcome`,
      [id],
    );
    return rows;
  }

  /** What a task did not see, in the order it turned out; `limit` at most. */
  async gapsOf(id: TaskId, limit: number): Promise<{ gaps: Omit<CoverageGap, 'taskId'>[]; total: number }> {
    const { rows } = await this.db.query<Omit<CoverageGap, 'taskId'> & { total: number }>(
      `select url, code, detail, at, count(*) over ()::int as total from coverage_gap
        where task_id = $1 order by at, id limit $2`,
      [id, limit],
    );
    return { gaps: rows.map(({ url, code, detail, at }) => ({ url, code, detail, at })), total: rows[0]?.total ?? 0 };
  }

  /** The places where disclosure is looked for and whether each was seen; those never found have no row here. */
  async placesOf(id: TaskId): Promise<Pick<CoveragePlace, 'place' | 'state' | 'url'>[]> {
    const { rows } = await this.db.query<{ place: string; state: 'seen' | 'not-seen'; url: string }>(
      `select cp.place, case when cp.state = 'seen' then 'seen' else 'not-seen' end as state, pg.url
         from crawl_page cp join page pg on pg.id = cp.page_id
        where cp.task_id = $1 and cp.place is not null order by cp.place, pg.url`,
      [id],
    );
    return rows;
  }

  /** What was found of every checklist item, in the order of the checklist. */
  async disclosureOf(id: TaskId): Promise<DisclosureState[]> {
    const { rows } = await this.db.query<DisclosureState>(
      `select item, state, value, as_of as "asOf", url, evidence_id as "evidenceId", reason from disclosure_state
        where task_id = $1 order by item`,
      [id],
    );
    return rows;
  }
}
