import {
  type About,
  type Cue,
  type DisclosureSighting,
  type DisclosureState,
  type EvidenceId,
  type Hit,
  type HitId,
  type JudgementId,
  newId,
  type Outcome,
  type PageId,
  type PageRole,
  type Reading,
  type ReadingId,
  type TaskId,
} from '#libs/domain';
import { type Queryable } from '../queryable';

/** What was judged of one capture. */
export interface NewJudgement {
  readonly taskId: TaskId;
  readonly evidenceId: EvidenceId;
  readonly readingId: ReadingId | null;
  readonly packVersion: string;
  readonly readerVersion: string;
  readonly asOf: string;
  readonly judgedAt: Date;
  readonly hits: readonly Hit[];
  readonly sightings: readonly DisclosureSighting[];
}

/** A hit as it was kept, with the page and the evidence it rests on. */
export interface KeptHit {
  readonly id: HitId;
  readonly hit: Hit;
  readonly evidenceId: EvidenceId;
  readonly pageId: PageId;
  readonly judgementId: JudgementId | null;
}

/** A capture that was sealed in a task and that nobody has judged yet, with what its visit and its page say. */
export interface UnjudgedCapture {
  readonly evidenceId: EvidenceId;
  readonly pageId: PageId;
  readonly role: PageRole;
  readonly linkText: string;
  readonly depth: number;
  readonly url: string;
  readonly finalUrl: string;
  readonly outcome: Outcome;
  readonly isRendered: boolean;
}

interface HitRow {
  id: string;
  judgement_id: string | null;
  rule_id: string;
  rule_version: string;
  verdict: Hit['verdict'];
  score: number;
  about: About;
  clause: string;
  cues: Cue[];
  evidence_id: string;
  page_id: string;
}

const toKeptHit = (row: HitRow): KeptHit => ({
  id: row.id as HitId,
  judgementId: row.judgement_id as JudgementId | null,
  evidenceId: row.evidence_id as EvidenceId,
  pageId: row.page_id as PageId,
  hit: {
    ruleId: row.rule_id,
    ruleVersion: row.rule_version,
    verdict: row.verdict,
    score: row.score,
    about: row.about,
    clause: row.clause,
    cues: row.cues,
  },
});

/** Readings, judgements and their hits. */
export class JudgementRepository {
  constructor(private readonly db: Queryable) {}

  /** Keeps a reading once per content and reader; gives the id of the one that is kept. */
  async keepReading(reading: Reading): Promise<ReadingId> {
    const { contentSha256, readerVersion, ...body } = reading;
    const { rows } = await this.db.query<{ id: string }>(
      `insert into reading (id, content_sha256, reader_version, body) values ($1, $2, $3, $4)
       on conflict (content_sha256, reader_version) do update set content_sha256 = excluded.content_sha256 returning id`,
      [newId(), contentSha256, readerVersion, JSON.stringify(body)],
    );
    return rows[0]?.id as ReadingId;
  }

  /**
   * Keeps a judgement with its hits; null when this capture was judged before by the same pack, reader and day, in
   * which case nothing is added.
   */
  async add(judgement: NewJudgement): Promise<readonly { id: HitId; hit: Hit }[] | null> {
    const { rows } = await this.db.query<{ id: string }>(
      `insert into judgement (id, evidence_id, reading_id, pack_version, reader_version, as_of, sightings, judged_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (evidence_id, pack_version, reader_version, as_of) do nothing returning id`,
      [
        newId(judgement.judgedAt),
        judgement.evidenceId,
        judgement.readingId,
        judgement.packVersion,
        judgement.readerVersion,
        judgement.asOf,
        JSON.stringify(judgement.sightings),
        judgement.judgedAt,
      ],
    );
    const id = rows[0]?.id as JudgementId | undefined;
    return id === undefined ? null : this.addHits(judgement.taskId, id, judgement.hits);
  }

  /** Keeps hits of a judgement, or platform-wide ones (`judgementId` null); gives each its id, in their order. */
  async addHits(
    taskId: TaskId,
    judgementId: JudgementId | null,
    hits: readonly Hit[],
  ): Promise<{ id: HitId; hit: Hit }[]> {
    const kept = hits.map((hit) => ({ id: newId<HitId>(), hit }));
    if (kept.length === 0) return kept;
    await this.db.query(
      `insert into hit (id, judgement_id, task_id, rule_id, rule_version, verdict, score, about, clause, cues)
       select id, $2, $3, rule_id, rule_version, verdict, score, about, clause, cues
         from jsonb_to_recordset($1::jsonb) as n (id uuid, rule_id text, rule_version text, verdict text,
              score double precision, about jsonb, clause text, cues jsonb)`,
      [
        JSON.stringify(
          kept.map(({ id, hit }) => ({
            id,
            rule_id: hit.ruleId,
            rule_version: hit.ruleVersion,
            verdict: hit.verdict,
            score: hit.score,
            about: hit.about,
            clause: hit.clause,
            cues: hit.cues,
          })),
        ),
        judgementId,
        taskId,
      ],
    );
    return kept;
  }

  /** Hits with verdict `flag` or `review` on one page in one task, from looks of the kind asked for. */
  async accusationsOf(taskId: TaskId, pageId: PageId, isRendered: boolean): Promise<KeptHit[]> {
    const { rows } = await this.db.query<HitRow>(
      `select h.*, j.evidence_id, v.page_id from hit h join judgement j on j.id = h.judgement_id
         join evidence e on e.id = j.evidence_id join visit v on v.id = e.visit_id
        where h.task_id = $1 and v.page_id = $2 and v.is_rendered = $3 and h.verdict in ('flag', 'review') order by h.id`,
      [taskId, pageId, isRendered],
    );
    return rows.map(toKeptHit);
  }

  /** What every judged capture of a task showed of disclosure; order is that of the log. */
  async sightingsOf(taskId: TaskId): Promise<{ url: string; evidenceId: EvidenceId; sighting: DisclosureSighting }[]> {
    const { rows } = await this.db.query<{ url: string; evidence_id: string; sightings: DisclosureSighting[] }>(
      `select v.final_url as url, e.id as evidence_id, j.sightings from judgement j join evidence e on e.id = j.evidence_id
         join visit v on v.id = e.visit_id where v.task_id = $1 order by e.log_index`,
      [taskId],
    );
    return rows.flatMap((row) =>
      row.sightings.map((sighting) => ({ url: row.url, evidenceId: row.evidence_id as EvidenceId, sighting })),
    );
  }

  /** Captures of a task that were sealed and never judged; in the order of the log. */
  async unjudgedOf(taskId: TaskId): Promise<UnjudgedCapture[]> {
    const { rows } = await this.db.query<UnjudgedCapture>(
      `select e.id as "evidenceId", v.page_id as "pageId", c.role, c.link_text as "linkText", c.depth, p.url,
              v.final_url as "finalUrl", v.outcome, v.is_rendered as "isRendered"
         from evidence e join visit v on v.id = e.visit_id join page p on p.id = v.page_id
         join crawl_page c on c.task_id = v.task_id and c.page_id = v.page_id
        where v.task_id = $1 and not exists (select 1 from judgement j where j.evidence_id = e.id) order by e.log_index`,
      [taskId],
    );
    return rows;
  }

  /** Puts the disclosure states of a task in place of those it had. */
  async keepDisclosure(taskId: TaskId, states: readonly DisclosureState[]): Promise<void> {
    await this.db.query('delete from disclosure_state where task_id = $1', [taskId]);
    if (states.length === 0) return;
    await this.db.query(
      `insert into disclosure_state (task_id, item, state, value, as_of, url, evidence_id, reason)
       select $1, item, state, value, "asOf", url, "evidenceId", reason from jsonb_to_recordset($2::jsonb)
         as n (item text, state text, value text, "asOf" text, url text, "evidenceId" uuid, reason text)`,
      [taskId, JSON.stringify(states)],
    );
  }
}
