import {
  type About,
  type Cue,
  type Decision,
  type EvidenceId,
  type FindingId,
  type PageId,
  type PlatformId,
  type Presence,
  type Rectification,
  type RegionScope,
  type RunId,
  type Severity,
  type Verdict,
} from '#libs/domain';
import { type Queryable } from '../queryable';

/** Which findings are wanted; what is left out does not restrict. */
export interface FindingFilter {
  readonly platformId?: PlatformId;
  readonly ruleId?: string;
  readonly severities?: readonly Severity[];
  readonly decisions?: readonly Decision[];
  readonly presences?: readonly Presence[];
  readonly verdict?: 'flag' | 'review';
  /** Findings whose latest look, at any place, was in this run. */
  readonly runId?: RunId;
}

/** Where a page of the list ended. The three are never changed together by later work, so pages neither skip nor repeat. */
export interface FindingKey {
  readonly severity: string;
  /** RFC 3339 in UTC with microseconds, as the database has it: a `Date` would lose three digits. */
  readonly firstSeenAt: string;
  readonly id: string;
}

/** A finding as a list shows it, with what it is about at the place that was seen last. */
export interface ListedFinding {
  readonly id: FindingId;
  readonly number: string;
  readonly platformId: PlatformId;
  readonly platformName: string;
  readonly region: string;
  readonly ruleId: string;
  readonly ruleVersion: string;
  readonly severity: Severity;
  readonly verdict: Exclude<Verdict, 'drop'>;
  readonly score: number;
  readonly legalBasis: readonly string[];
  readonly decision: Decision;
  readonly presence: Presence;
  readonly rectification: Rectification;
  readonly duplicateOf: FindingId | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly revision: number;
  readonly placeCount: number;
  readonly occurrences: number;
  /** Null when no place of it is kept. */
  readonly about: About | null;
  readonly url: string | null;
}

/** One page that shows a finding, with the hit and the evidence of the latest look that did. */
export interface FindingPlace {
  readonly pageId: PageId;
  readonly url: string;
  readonly runId: RunId;
  readonly evidenceId: EvidenceId;
  readonly hasScreenshot: boolean;
  readonly occurrences: number;
  readonly seenAt: Date;
  readonly ruleVersion: string;
  readonly verdict: Verdict;
  readonly score: number;
  readonly about: About;
  readonly cues: readonly Cue[];
}

/** One line of a finding's history. */
export interface FindingEvent {
  readonly name: string;
  /** Display name; null for the machine. */
  readonly by: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

interface FindingRow {
  id: string;
  number: string;
  platform_id: string;
  platform_name: string;
  region: string;
  rule_id: string;
  rule_version: string;
  severity: Severity;
  verdict: Exclude<Verdict, 'drop'>;
  score: number;
  legal_basis: string[];
  decision: Decision;
  presence: Presence;
  rectification: Rectification;
  duplicate_of: string | null;
  first_seen_at: Date;
  last_seen_at: Date;
  revision: number;
  first_seen_key: string;
  place_count: number;
  occurrences: number;
  about: About | null;
  url: string | null;
}

const toListed = (row: FindingRow): ListedFinding => ({
  id: row.id as FindingId,
  number: row.number,
  platformId: row.platform_id as PlatformId,
  platformName: row.platform_name,
  region: row.region,
  ruleId: row.rule_id,
  ruleVersion: row.rule_version,
  severity: row.severity,
  verdict: row.verdict,
  score: row.score,
  legalBasis: row.legal_basis,
  decision: row.decision,
  presence: row.presence,
  rectification: row.rectification,
  duplicateOf: row.duplicate_of as FindingId | null,
  firstSeenAt: row.first_seen_at,
  lastSeenAt: row.last_seen_at,
  revision: row.revision,
  placeCount: row.place_count,
  occurrences: row.occurrences,
  about: row.about,
  url: row.url,
});

const ORDER = 'severity, first_seen_at desc, id desc';

/** The findings in `chosen`, each with its count of places and what the latest look at it showed. */
const WITH_LATEST_PLACE = `
  select c.*, to_char(c.first_seen_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as first_seen_key,
         latest.about, latest.url, coalesce(counted.place_count, 0)::int as place_count,
         coalesce(counted.occurrences, 0)::int as occurrences
    from chosen c
    left join lateral (
      select h.about, pg.url from finding_place fp join hit h on h.id = fp.hit_id join page pg on pg.id = fp.page_id
       where fp.finding_id = c.id order by fp.seen_at desc, fp.page_id limit 1) latest on true
    left join lateral (
      select count(*) as place_count, sum(fp.occurrences) as occurrences
        from finding_place fp where fp.finding_id = c.id) counted on true`;

const FINDING_COLUMNS = `f.id, f.number, f.platform_id, p.name as platform_name, p.region, f.rule_id, f.rule_version, f.severity,
  f.verdict, f.score, f.legal_basis, f.decision, f.presence, f.rectification, f.duplicate_of, f.first_seen_at,
  f.last_seen_at, f.revision`;

/** The conditions of a filter, with their values; `$1` is the scope. */
function conditionsOf(filter: FindingFilter, scope: RegionScope): { sql: string; values: unknown[] } {
  const values: unknown[] = [scope.prefix];
  const parts = ['starts_with(p.region, $1)'];
  const when = (value: unknown, sql: (place: string) => string): void => {
    if (value !== undefined) parts.push(sql(`$${values.push(value)}`));
  };
  when(filter.platformId, (place) => `f.platform_id = ${place}`);
  when(filter.ruleId, (place) => `f.rule_id = ${place}`);
  when(filter.severities, (place) => `f.severity = any(${place}::text[])`);
  when(filter.decisions, (place) => `f.decision = any(${place}::text[])`);
  when(filter.presences, (place) => `f.presence = any(${place}::text[])`);
  when(filter.verdict, (place) => `f.verdict = ${place}`);
  when(
    filter.runId,
    (place) =>
      `exists (select 1 from finding_place fp join crawl_task t on t.id = fp.task_id
                where fp.finding_id = f.id and t.run_id = ${place})`,
  );
  return { sql: parts.join(' and '), values };
}

/** Reads findings for people. Everything takes the scope of who asks; what lies outside is as if it were not there. */
export class FindingListRepository {
  constructor(private readonly db: Queryable) {}

  /**
   * The gravest first, among equals the newest first, then by id: a total order that later runs do not disturb.
   *
   * @param page.after Where the page before ended; null for the first page.
   */
  async findings(
    filter: FindingFilter,
    scope: RegionScope,
    page: { limit: number; after: FindingKey | null },
  ): Promise<{ findings: ListedFinding[]; next: FindingKey | null }> {
    const { sql, values } = conditionsOf(filter, scope);
    let beyond = '';
    if (page.after !== null) {
      const [s, t, i] = [page.after.severity, page.after.firstSeenAt, page.after.id].map((v) => `$${values.push(v)}`);
      beyond = ` and (f.severity > ${s} or (f.severity = ${s} and (f.first_seen_at, f.id) < (${t}::timestamptz, ${i}::uuid)))`;
    }
    const limit = `$${values.push(page.limit + 1)}`;
    const { rows } = await this.db.query<FindingRow>(
      `with chosen as (select ${FINDING_COLUMNS} from finding f join platform p on p.id = f.platform_id
         where ${sql}${beyond} order by f.severity, f.first_seen_at desc, f.id desc limit ${limit})
       ${WITH_LATEST_PLACE} order by ${ORDER}`,
      values,
    );
    const shown = rows.slice(0, page.limit);
    const last = shown.at(-1);
    const isMore = rows.length > page.limit && last !== undefined;
    return {
      findings: shown.map(toListed),
      next: isMore ? { severity: last.severity, firstSeenAt: last.first_seen_key, id: last.id } : null,
    };
  }

  /** How many findings a filter leaves, by severity; severities without any are left out. */
  async countBySeverity(filter: FindingFilter, scope: RegionScope): Promise<ReadonlyMap<Severity, number>> {
    const { sql, values } = conditionsOf(filter, scope);
    const { rows } = await this.db.query<{ severity: Severity; count: number }>(
      `select f.severity, count(*)::int as count from finding f join platform p on p.id = f.platform_id
        where ${sql} group by f.severity`,
      values,
    );
    return new Map(rows.map((row) => [row.severity, row.count]));
  }

  /** One finding; null when it is not there or outside the scope. */
  async finding(id: FindingId, scope: RegionScope): Promise<ListedFinding | null> {
    const { rows } = await this.db.query<FindingRow>(
      `with chosen as (select ${FINDING_COLUMNS} from finding f join platform p on p.id = f.platform_id
         where starts_with(p.region, $1) and f.id = $2) ${WITH_LATEST_PLACE}`,
      [scope.prefix, id],
    );
    return rows[0] === undefined ? null : toListed(rows[0]);
  }

  /** Its places, those with a picture that shows the hit first, then the latest first. Ask inside a scope before. */
  async placesOf(id: FindingId, limit: number): Promise<FindingPlace[]> {
    const { rows } = await this.db.query<PlaceRow>(
      `select fp.page_id, pg.url, t.run_id, fp.evidence_id, fp.occurrences, fp.seen_at, h.rule_version, h.verdict, h.score,
              h.about, h.cues, e.record @> '{"parts":[{"name":"screenshot"}]}' as has_screenshot
         from finding_place fp join hit h on h.id = fp.hit_id join page pg on pg.id = fp.page_id
         join crawl_task t on t.id = fp.task_id join evidence e on e.id = fp.evidence_id
        where fp.finding_id = $1
        order by (e.record @> '{"parts":[{"name":"screenshot"}]}' and jsonb_typeof(h.about->'box') = 'object') desc,
                 fp.seen_at desc, fp.page_id limit $2`,
      [id, limit],
    );
    return rows.map(toPlace);
  }

  /** What happened to it, oldest first. Ask inside a scope before. */
  async eventsOf(id: FindingId): Promise<FindingEvent[]> {
    const { rows } = await this.db.query<FindingEvent>(
      `select ev.name, a.display_name as by, ev.facts, ev.at from finding_event ev
         left join account a on a.id = ev.account_id where ev.finding_id = $1 order by ev.at, ev.id`,
      [id],
    );
    return rows;
  }
}

interface PlaceRow {
  page_id: string;
  url: string;
  run_id: string;
  evidence_id: string;
  has_screenshot: boolean;
  occurrences: number;
  seen_at: Date;
  rule_version: string;
  verdict: Verdict;
  score: number;
  about: About;
  cues: Cue[];
}

const toPlace = (row: PlaceRow): FindingPlace => ({
  pageId: row.page_id as PageId,
  url: row.url,
  runId: row.run_id as RunId,
  evidenceId: row.evidence_id as EvidenceId,
  hasScreenshot: row.has_screenshot,
  occurrences: row.occurrences,
  seenAt: row.seen_at,
  ruleVersion: row.rule_version,
  verdict: row.verdict,
  score: row.score,
  about: row.about,
  cues: row.cues,
});
