import {
  type CoverageGap,
  type EvidenceId,
  newId,
  type Outcome,
  type PageId,
  type PageKind,
  type PageState,
  type RenderReason,
  type TaskId,
  type Visit,
} from '#libs/domain';
import { type Queryable } from '../queryable';

/** What a task knows of one of its pages: the best look at it and how it was read. */
export interface SeenPage {
  readonly pageId: PageId;
  readonly url: string;
  readonly state: PageState;
  readonly renderReason: RenderReason | null;
  readonly linkText: string;
  readonly depth: number;
  /** Of the last visit; null when there was none. */
  readonly outcome: Outcome | null;
  /** Whether a rendered visit of this task ended `ok`. */
  readonly isRendered: boolean;
  /** Of the last judged capture. */
  readonly evidenceId: EvidenceId | null;
  readonly pageKind: PageKind | null;
  readonly title: string;
}

/** Attempts to see pages, and what was not seen. Rows are only ever added. */
export class VisitRepository {
  constructor(private readonly db: Queryable) {}

  async add(visit: Visit): Promise<void> {
    await this.db.query(
      `insert into visit (id, task_id, page_id, requested_url, final_url, redirects, outcome, detail, http_status,
                          is_rendered, persona, started_at, duration_ms)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        visit.id,
        visit.taskId,
        visit.pageId,
        visit.requestedUrl,
        visit.finalUrl,
        JSON.stringify(visit.redirects),
        visit.outcome,
        visit.detail,
        visit.httpStatus,
        visit.isRendered,
        visit.persona,
        visit.startedAt,
        Math.round(visit.durationMs),
      ],
    );
  }

  /** Whether plain HTTP saw this page in this task. */
  async wasSeenByHttp(taskId: TaskId, pageId: PageId): Promise<boolean> {
    const { rows } = await this.db.query<{ seen: boolean }>(
      `select exists (select 1 from visit where task_id = $1 and page_id = $2 and not is_rendered
                         and outcome in ('ok', 'not-modified')) as seen`,
      [taskId, pageId],
    );
    return rows[0]?.seen ?? false;
  }

  /** Says a gap once per address and code; the same said again is not added. */
  async addGap(gap: CoverageGap): Promise<void> {
    await this.db.query(
      `insert into coverage_gap (id, task_id, url, code, detail, at) values ($1, $2, $3, $4, $5, $6)
       on conflict (task_id, url, code) do nothing`,
      [newId(gap.at), gap.taskId, gap.url, gap.code, gap.detail.slice(0, 500), gap.at],
    );
  }

  /** Gaps of a task in the order they were met. */
  async gapsOf(taskId: TaskId): Promise<CoverageGap[]> {
    const { rows } = await this.db.query<{ url: string; code: CoverageGap['code']; detail: string; at: Date }>(
      'select url, code, detail, at from coverage_gap where task_id = $1 order by at, id',
      [taskId],
    );
    return rows.map((row) => ({ taskId, ...row }));
  }

  /** Pages of a task (robots and sitemaps left out), most urgent first. */
  async seenPagesOf(taskId: TaskId): Promise<SeenPage[]> {
    const { rows } = await this.db.query<SeenPageRow>(
      `select c.page_id, p.url, c.state, c.render_reason, c.link_text, c.depth, last.outcome, last.evidence_id, last.reading,
              exists (select 1 from visit r where r.task_id = c.task_id and r.page_id = c.page_id
                         and r.is_rendered and r.outcome = 'ok') as is_rendered
         from crawl_page c join page p on p.id = c.page_id
         left join lateral (
           select v.outcome, e.id as evidence_id, jsonb_build_object('title', g.body -> 'title', 'pageKind', g.body -> 'pageKind') as reading
             from visit v left join evidence e on e.visit_id = v.id left join judgement j on j.evidence_id = e.id
             left join reading g on g.id = j.reading_id
            where v.task_id = c.task_id and v.page_id = c.page_id
            order by (g.id is not null) desc, v.started_at desc, v.id desc limit 1) last on true
        where c.task_id = $1 and c.role = 'page' order by c.priority, c.depth, c.page_id`,
      [taskId],
    );
    return rows.map((row) => ({
      pageId: row.page_id as PageId,
      url: row.url,
      state: row.state,
      renderReason: row.render_reason,
      linkText: row.link_text,
      depth: row.depth,
      outcome: row.outcome,
      isRendered: row.is_rendered,
      evidenceId: row.evidence_id as EvidenceId | null,
      pageKind: row.reading?.pageKind ?? null,
      title: row.reading?.title ?? '',
    }));
  }
}

interface SeenPageRow {
  page_id: string;
  url: string;
  state: PageState;
  render_reason: RenderReason | null;
  link_text: string;
  depth: number;
  outcome: Outcome | null;
  is_rendered: boolean;
  evidence_id: string | null;
  reading: { title: string | null; pageKind: PageKind | null } | null;
}
