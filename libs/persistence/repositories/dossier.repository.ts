import {
  type Channel,
  type EvidenceId,
  type FindingId,
  type Hit,
  type PageId,
  type RunId,
  type RunOrders,
} from '#libs/domain';
import { type Queryable } from '../queryable';
import { type UnjudgedCapture } from './judgement.repository';

/** Everything that is said with one finding, for handing it to somebody who has no access to the store. */
export interface DossierFinding {
  readonly id: FindingId;
  readonly number: string;
  readonly platform: string;
  readonly ruleId: string;
  readonly ruleVersion: string;
  readonly severity: string;
  readonly verdict: string;
  readonly decision: string;
  readonly presence: string;
  readonly legalBasis: readonly string[];
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** The latest look of each page that shows it, oldest first. */
  readonly places: readonly DossierPlace[];
}

/** One page that shows a finding. */
export interface DossierPlace {
  readonly pageId: PageId;
  readonly url: string;
  readonly evidenceId: EvidenceId;
  readonly seenAt: Date;
  readonly occurrences: number;
  readonly hit: Hit;
}

/** A look with the circumstances under which it was judged. */
export interface JudgedLook extends UnjudgedCapture {
  readonly channel: Channel;
  readonly platform: string;
  readonly asOf: string;
  readonly render: RunOrders['render'];
  readonly packVersion: string;
}

type FindingRow = Omit<DossierFinding, 'places'>;
type PlaceRow = DossierPlace & { readonly findingId: FindingId };

const FINDINGS = `select f.id, f.number, p.name as platform, f.rule_id as "ruleId", f.rule_version as "ruleVersion", f.severity,
  f.verdict, f.decision, f.presence, f.legal_basis as "legalBasis", f.first_seen_at as "firstSeenAt",
  f.last_seen_at as "lastSeenAt" from finding f join platform p on p.id = f.platform_id`;

const PLACES = `select fp.finding_id as "findingId", fp.page_id as "pageId", pg.url, fp.evidence_id as "evidenceId",
  fp.seen_at as "seenAt", fp.occurrences,
  jsonb_build_object('ruleId', h.rule_id, 'ruleVersion', h.rule_version, 'verdict', h.verdict, 'score', h.score,
                     'about', h.about, 'clause', h.clause, 'cues', h.cues) as hit
  from finding_place fp join hit h on h.id = fp.hit_id join page pg on pg.id = fp.page_id
  join crawl_task t on t.id = fp.task_id`;

/** Reads what leaves the house with evidence; writes nothing. */
export class DossierRepository {
  constructor(private readonly db: Queryable) {}

  /** One finding with all its places; empty when there is none of this id. */
  ofFinding(id: FindingId): Promise<DossierFinding[]> {
    return this.findings(`${FINDINGS} where f.id = $1`, `${PLACES} where fp.finding_id = $1`, id);
  }

  /** The findings that a run saw last, by number, with the places it saw. */
  ofRun(id: RunId): Promise<DossierFinding[]> {
    return this.findings(
      `${FINDINGS} where exists (select 1 from finding_place fp join crawl_task t on t.id = fp.task_id
         where fp.finding_id = f.id and t.run_id = $1) order by f.number`,
      `${PLACES} where t.run_id = $1`,
      id,
    );
  }

  private async findings(findings: string, places: string, id: string): Promise<DossierFinding[]> {
    const { rows } = await this.db.query<FindingRow>(findings, [id]);
    const shown = await this.db.query<PlaceRow>(`${places} order by fp.seen_at, fp.page_id`, [id]);
    return rows.map((row) => ({
      ...row,
      places: shown.rows.filter(({ findingId }) => findingId === row.id).map(({ findingId: _, ...place }) => place),
    }));
  }

  /** Everything a run sealed, in the order of the log. */
  async evidenceOfRun(id: RunId): Promise<EvidenceId[]> {
    const { rows } = await this.db.query<{ id: EvidenceId }>(
      `select e.id from evidence e join visit v on v.id = e.visit_id join crawl_task t on t.id = v.task_id
        where t.run_id = $1 order by e.log_index`,
      [id],
    );
    return rows.map((row) => row.id);
  }

  /** The looks that pieces of evidence come from, in the order of the log. */
  async looksOf(evidence: readonly EvidenceId[]): Promise<JudgedLook[]> {
    const { rows } = await this.db.query<JudgedLook>(
      `select e.id as "evidenceId", v.page_id as "pageId", coalesce(c.role, 'page') as role,
              coalesce(c.link_text, '') as "linkText", coalesce(c.depth, 0) as depth, pg.url, v.final_url as "finalUrl",
              v.outcome, v.is_rendered as "isRendered", g.channel, p.name as platform, r.orders ->> 'asOf' as "asOf",
              r.orders ->> 'render' as render, r.rule_pack_version as "packVersion"
         from evidence e join visit v on v.id = e.visit_id join page pg on pg.id = v.page_id
         join crawl_task t on t.id = v.task_id join crawl_run r on r.id = t.run_id join target g on g.id = t.target_id
         join platform p on p.id = g.platform_id
         left join crawl_page c on c.task_id = v.task_id and c.page_id = v.page_id
        where e.id = any($1::uuid[]) order by e.log_index`,
      [evidence],
    );
    return rows;
  }
}
