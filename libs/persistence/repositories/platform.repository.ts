import {
  type Channel,
  type Platform,
  type PlatformId,
  type RegionScope,
  type RunId,
  type Severity,
  type TargetId,
} from '#libs/domain';
import { type Queryable } from '../queryable';

/** A platform as a list shows it. */
export interface ListedPlatform extends Platform {
  readonly targets: readonly { readonly id: TargetId; readonly channel: Channel; readonly url: string }[];
  /** Findings that nobody has decided yet, by severity; severities without any are left out. */
  readonly undecided: Readonly<Partial<Record<Severity, number>>>;
  readonly confirmed: number;
  /** The latest run that had one of its targets; null when it was never looked at. */
  readonly lastRun: { readonly id: RunId; readonly startedAt: Date } | null;
}

interface PlatformRow {
  id: string;
  name: string;
  uscc: string | null;
  region: string;
  targets: { id: string; channel: Channel; url: string }[] | null;
  undecided: Partial<Record<Severity, number>> | null;
  confirmed: number;
  run_id: string | null;
  run_started_at: Date | null;
}

const toListed = (row: PlatformRow): ListedPlatform => ({
  id: row.id as PlatformId,
  name: row.name,
  uscc: row.uscc,
  region: row.region,
  targets: (row.targets ?? []).map((target) => ({ ...target, id: target.id as TargetId })),
  undecided: row.undecided ?? {},
  confirmed: row.confirmed,
  lastRun:
    row.run_id === null || row.run_started_at === null
      ? null
      : { id: row.run_id as RunId, startedAt: row.run_started_at },
});

/** Reads the platforms under supervision, for people. */
export class PlatformRepository {
  constructor(private readonly db: Queryable) {}

  /** Those inside the scope, by name; offices have some hundreds, so the list comes whole. */
  async platforms(scope: RegionScope): Promise<ListedPlatform[]> {
    const { rows } = await this.db.query<PlatformRow>(
      `with counted as (
         select f.platform_id, f.decision, f.severity, count(*)::int as count
           from finding f group by f.platform_id, f.decision, f.severity),
       latest as (
         select distinct on (g.platform_id) g.platform_id, r.id, r.started_at
           from crawl_run r join crawl_task t on t.run_id = r.id join target g on g.id = t.target_id
          order by g.platform_id, r.started_at desc, r.id desc)
       select p.id, p.name, p.uscc, p.region,
              (select jsonb_agg(jsonb_build_object('id', g.id, 'channel', g.channel, 'url', g.url) order by g.channel, g.url)
                 from target g where g.platform_id = p.id and g.is_active) as targets,
              (select jsonb_object_agg(c.severity, c.count) from counted c
                where c.platform_id = p.id and c.decision = 'undecided') as undecided,
              coalesce((select sum(c.count)::int from counted c
                where c.platform_id = p.id and c.decision = 'confirmed'), 0) as confirmed,
              latest.id as run_id, latest.started_at as run_started_at
         from platform p left join latest on latest.platform_id = p.id
        where starts_with(p.region, $1) order by p.name, p.id`,
      [scope.prefix],
    );
    return rows.map(toListed);
  }

  /** Which platform a piece of evidence shows; null when there is no such evidence, or outside the scope. */
  async shownBy(
    evidenceId: string,
    scope: RegionScope,
  ): Promise<{ id: PlatformId; name: string; runId: RunId } | null> {
    const { rows } = await this.db.query<{ id: PlatformId; name: string; runId: RunId }>(
      `select p.id, p.name, t.run_id as "runId" from evidence e join visit v on v.id = e.visit_id
         join crawl_task t on t.id = v.task_id join target g on g.id = t.target_id join platform p on p.id = g.platform_id
        where e.id = $1 and starts_with(p.region, $2)`,
      [evidenceId, scope.prefix],
    );
    return rows[0] ?? null;
  }
}
