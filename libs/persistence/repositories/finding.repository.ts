import {
  type AccountId,
  type Decision,
  type EvidenceId,
  type Finding,
  type FindingId,
  type HitId,
  newId,
  NotFoundError,
  type PageId,
  type PlatformId,
  type Presence,
  type Severity,
  type TaskId,
  type Verdict,
} from '#libs/domain';
import { type Queryable } from '../queryable';

/** What hits say together: the thing that a finding is unique by, and how grave it is. */
export interface FiledFinding {
  readonly platformId: PlatformId;
  readonly ruleId: string;
  readonly ruleVersion: string;
  readonly fingerprint: string;
  readonly fingerprintVersion: number;
  readonly severity: Severity;
  readonly verdict: Exclude<Verdict, 'drop'>;
  readonly score: number;
  readonly legalBasis: readonly string[];
  readonly at: Date;
}

/** Where a finding was seen tonight. */
export interface FiledPlace {
  readonly findingId: FindingId;
  readonly pageId: PageId;
  readonly hitId: HitId;
  readonly evidenceId: EvidenceId;
  readonly taskId: TaskId;
  readonly occurrences: number;
  readonly at: Date;
}

interface FindingRow {
  id: string;
  number: string;
  platform_id: string;
  rule_id: string;
  fingerprint: string;
  fingerprint_version: number;
  severity: Severity;
  verdict: FiledFinding['verdict'];
  decision: Decision;
  presence: Presence;
  rectification: Finding['rectification'];
  first_seen_at: Date;
  last_seen_at: Date;
  revision: number;
}

const toFinding = (row: FindingRow): Finding => ({
  id: row.id as FindingId,
  number: row.number,
  platformId: row.platform_id as PlatformId,
  ruleId: row.rule_id,
  fingerprint: row.fingerprint,
  fingerprintVersion: row.fingerprint_version,
  severity: row.severity,
  verdict: row.verdict,
  decision: row.decision,
  presence: row.presence,
  rectification: row.rectification,
  firstSeenAt: row.first_seen_at,
  lastSeenAt: row.last_seen_at,
  revision: row.revision,
});

/** Findings with their places and events; which marks may follow which is the domain's and the casework's business. */
export class FindingRepository {
  constructor(private readonly db: Queryable) {}

  /** The finding of this fingerprint, locked until the transaction ends; null when there is none yet. */
  async sameAs(
    filed: Pick<FiledFinding, 'platformId' | 'ruleId' | 'fingerprint' | 'fingerprintVersion'>,
  ): Promise<Finding | null> {
    const { rows } = await this.db.query<FindingRow>(
      `select * from finding where platform_id = $1 and rule_id = $2 and fingerprint = $3 and fingerprint_version = $4 for update`,
      [filed.platformId, filed.ruleId, filed.fingerprint, filed.fingerprintVersion],
    );
    return rows[0] ? toFinding(rows[0]) : null;
  }

  /** Adds a finding under its number; null when another transaction added the same thing first. */
  async add(filed: FiledFinding, number: string): Promise<FindingId | null> {
    const { rows } = await this.db.query<{ id: string }>(
      `insert into finding (id, number, platform_id, rule_id, fingerprint, fingerprint_version, rule_version, severity,
                            verdict, score, legal_basis, first_seen_at, last_seen_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
       on conflict (platform_id, rule_id, fingerprint, fingerprint_version) do nothing returning id`,
      [
        newId(filed.at),
        number,
        filed.platformId,
        filed.ruleId,
        filed.fingerprint,
        filed.fingerprintVersion,
        filed.ruleVersion,
        filed.severity,
        filed.verdict,
        filed.score,
        JSON.stringify(filed.legalBasis),
        filed.at,
      ],
    );
    return (rows[0]?.id as FindingId | undefined) ?? null;
  }

  /** Notes that the thing was seen again: the stronger verdict stays, the newer rule version and the instant are kept. */
  async seeAgain(id: FindingId, filed: FiledFinding, presence: Presence): Promise<void> {
    await this.db.query(
      `update finding set last_seen_at = greatest(last_seen_at, $2), rule_version = $3, severity = $4, legal_basis = $5,
              verdict = case when verdict = 'flag' or $6 = 'flag' then 'flag' else 'review' end,
              score = greatest(score, $7), presence = $8, missed_since = null, revision = revision + 1
        where id = $1`,
      [
        id,
        filed.at,
        filed.ruleVersion,
        filed.severity,
        JSON.stringify(filed.legalBasis),
        filed.verdict,
        filed.score,
        presence,
      ],
    );
  }

  /** Keeps where it was seen; the latest look at a page stands. */
  async keepPlace(place: FiledPlace): Promise<void> {
    await this.db.query(
      `insert into finding_place (finding_id, page_id, hit_id, evidence_id, task_id, occurrences, seen_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (finding_id, page_id) do update set hit_id = excluded.hit_id, evidence_id = excluded.evidence_id,
         task_id = excluded.task_id, occurrences = excluded.occurrences, seen_at = excluded.seen_at`,
      [place.findingId, place.pageId, place.hitId, place.evidenceId, place.taskId, place.occurrences, place.at],
    );
  }

  async addEvent(event: {
    findingId: FindingId;
    accountId: AccountId | null;
    name: string;
    facts: Readonly<Record<string, unknown>>;
    at: Date;
  }): Promise<void> {
    await this.db.query(
      'insert into finding_event (id, finding_id, account_id, name, facts, at) values ($1, $2, $3, $4, $5, $6)',
      [newId(event.at), event.findingId, event.accountId, event.name, JSON.stringify(event.facts), event.at],
    );
  }

  /** The next number of a series in a year, for people: 线2018-0042. Gapless unless its transaction is undone. */
  async nextNumber(series: string, year: number): Promise<string> {
    const { rows } = await this.db.query<{ last: number }>(
      `insert into number_series (series, year, last) values ($1, $2, 1)
       on conflict (series, year) do update set last = number_series.last + 1 returning last`,
      [series, year],
    );
    return `${series}${year}-${String(rows[0]?.last ?? 0).padStart(4, '0')}`;
  }

  /**
   * Locks a finding until the transaction ends.
   *
   * @throws {NotFoundError} when there is no such finding.
   */
  async lock(id: FindingId): Promise<Finding> {
    const { rows } = await this.db.query<FindingRow>('select * from finding where id = $1 for update', [id]);
    if (!rows[0]) throw new NotFoundError('finding', id);
    return toFinding(rows[0]);
  }

  async decide(id: FindingId, decision: Decision, duplicateOf: FindingId | null): Promise<number> {
    const { rows } = await this.db.query<{ revision: number }>(
      'update finding set decision = $2, duplicate_of = $3, revision = revision + 1 where id = $1 returning revision',
      [id, decision, duplicateOf],
    );
    return rows[0]?.revision ?? 0;
  }

  /**
   * Findings of the task's platform and channel whose every place was visited whole in this task and none showed it.
   * Only these may be called missed; a place that was not visited proves nothing.
   */
  async missedBy(taskId: TaskId): Promise<{ id: FindingId; presence: Presence; missedSince: Date | null }[]> {
    const { rows } = await this.db.query<{ id: string; presence: Presence; missed_since: Date | null }>(
      `select f.id, f.presence, f.missed_since
         from finding f join crawl_task t on t.id = $1 join target g on g.id = t.target_id and g.platform_id = f.platform_id
        where f.presence <> 'gone'
          and exists (select 1 from finding_place x join page p on p.id = x.page_id where x.finding_id = f.id and p.channel = g.channel)
          and not exists (
            select 1 from finding_place x where x.finding_id = f.id and (x.task_id = $1 or not exists (
              select 1 from crawl_page c join visit v on v.task_id = c.task_id and v.page_id = c.page_id
               where c.task_id = $1 and c.page_id = x.page_id and c.state = 'seen' and v.outcome = 'ok')))
        order by f.id for update of f`,
      [taskId],
    );
    return rows.map((row) => ({ id: row.id as FindingId, presence: row.presence, missedSince: row.missed_since }));
  }

  async setPresence(id: FindingId, presence: Presence, missedSince: Date | null): Promise<void> {
    await this.db.query(
      'update finding set presence = $2, missed_since = $3, revision = revision + 1 where id = $1 and (presence, missed_since) is distinct from ($2, $3::timestamptz)',
      [id, presence, missedSince],
    );
  }
}
