import {
  type CrawlRun,
  type CrawlTask,
  NotFoundError,
  type Platform,
  type PlatformId,
  type Priority,
  type RunId,
  type RunOrders,
  type Target,
  type TargetId,
  type TaskId,
  type TaskState,
  type Trigger,
} from '#libs/domain';
import { type Queryable } from '../queryable';

interface RunRow {
  id: string;
  trigger: Trigger;
  orders: RunOrders;
  rule_pack: string;
  rule_pack_version: string;
  started_at: Date;
  finished_at: Date | null;
}

const toRun = (row: RunRow): CrawlRun => ({
  id: row.id as RunId,
  trigger: row.trigger,
  orders: row.orders,
  rulePack: row.rule_pack,
  rulePackVersion: row.rule_pack_version,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});

/** A task with everything a stage must know to work on it. */
export interface TaskOrders {
  readonly task: CrawlTask;
  readonly run: CrawlRun;
  readonly target: Target;
  readonly platform: Platform;
  readonly priority: Priority;
}

interface TaskOrdersRow extends Omit<RunRow, 'id'> {
  id: string;
  run_id: string;
  target_id: string;
  state: TaskState;
  attempts: number;
  priority: Priority;
  platform_id: string;
  channel: Target['channel'];
  url: string;
  name: string;
  uscc: string | null;
  region: string;
}

/** Keeps runs and their tasks. Who works on a task is the task repository's subject. */
export class RunRepository {
  constructor(private readonly db: Queryable) {}

  async add(run: CrawlRun): Promise<void> {
    await this.db.query(
      `insert into crawl_run (id, trigger, orders, rule_pack, rule_pack_version, started_at) values ($1, $2, $3, $4, $5, $6)`,
      [run.id, run.trigger, JSON.stringify(run.orders), run.rulePack, run.rulePackVersion, run.startedAt],
    );
  }

  /** Adds one planned task. `host` keeps two workers off one host. */
  async addTask(task: {
    id: TaskId;
    runId: RunId;
    targetId: TargetId;
    host: string;
    priority: Priority;
  }): Promise<void> {
    await this.db.query(
      `insert into crawl_task (id, run_id, target_id, host, priority, state) values ($1, $2, $3, $4, $5, 'planned')`,
      [task.id, task.runId, task.targetId, task.host, task.priority],
    );
  }

  /** @throws {NotFoundError} when there is no such run. */
  async get(id: RunId): Promise<CrawlRun> {
    const { rows } = await this.db.query<RunRow>('select * from crawl_run where id = $1', [id]);
    if (!rows[0]) throw new NotFoundError('run', id);
    return toRun(rows[0]);
  }

  /** @throws {NotFoundError} when there is no such task. */
  async ordersOf(taskId: TaskId): Promise<TaskOrders> {
    const { rows } = await this.db.query<TaskOrdersRow>(
      `select t.id, t.run_id, t.target_id, t.state, t.attempts, t.priority,
              r.trigger, r.orders, r.rule_pack, r.rule_pack_version, r.started_at, r.finished_at,
              g.platform_id, g.channel, g.url, p.name, p.uscc, p.region
         from crawl_task t join crawl_run r on r.id = t.run_id join target g on g.id = t.target_id
         join platform p on p.id = g.platform_id
        where t.id = $1`,
      [taskId],
    );
    const row = rows[0];
    if (!row) throw new NotFoundError('task', taskId);
    return toTaskOrders(row);
  }

  /** Marks a run finished when none of its tasks is under way any more; says whether it is finished. */
  async finishWhenDone(id: RunId, at: Date): Promise<boolean> {
    await this.db.query(
      `update crawl_run set finished_at = $2 where id = $1 and finished_at is null
          and not exists (select 1 from crawl_task where run_id = $1 and state not in ('done', 'failed'))`,
      [id, at],
    );
    return (await this.get(id)).finishedAt !== null;
  }

  /** Runs that have not ended, oldest first. */
  async unfinished(): Promise<RunId[]> {
    const { rows } = await this.db.query<{ id: string }>(
      'select id from crawl_run where finished_at is null order by started_at, id',
    );
    return rows.map((row) => row.id as RunId);
  }

  /** How far a run is: its tasks by state, and pages seen and waiting. */
  async progressOf(id: RunId): Promise<{ tasks: number; ended: number; pagesSeen: number; pagesWaiting: number }> {
    const { rows } = await this.db.query<{ tasks: number; ended: number; seen: number; waiting: number }>(
      `select (select count(*)::int from crawl_task where run_id = $1) as tasks,
              (select count(*)::int from crawl_task where run_id = $1 and state in ('done', 'failed')) as ended,
              (select count(*)::int from crawl_page c join crawl_task t on t.id = c.task_id
                where t.run_id = $1 and c.state in ('seen', 'unseen')) as seen,
              (select count(*)::int from crawl_page c join crawl_task t on t.id = c.task_id
                where t.run_id = $1 and c.state in ('planned', 'render')) as waiting`,
      [id],
    );
    const row = rows[0];
    return {
      tasks: row?.tasks ?? 0,
      ended: row?.ended ?? 0,
      pagesSeen: row?.seen ?? 0,
      pagesWaiting: row?.waiting ?? 0,
    };
  }
}

function toTaskOrders(row: TaskOrdersRow): TaskOrders {
  const platformId = row.platform_id as PlatformId;
  const targetId = row.target_id as TargetId;
  return {
    task: { id: row.id as TaskId, runId: row.run_id as RunId, targetId, state: row.state, attempts: row.attempts },
    run: toRun({ ...row, id: row.run_id }),
    target: { id: targetId, platformId, channel: row.channel, url: row.url },
    platform: { id: platformId, name: row.name, uscc: row.uscc, region: row.region },
    priority: row.priority,
  };
}
