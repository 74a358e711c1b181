import {
  type Channel,
  newId,
  type PageId,
  type PageRole,
  type PageState,
  type Persona,
  type PlannedPage,
  type PlatformId,
  type RenderReason,
  type TaskId,
} from '#libs/domain';
import { type Queryable } from '../queryable';

/** An address to be planned. */
export interface NewPage {
  readonly url: string;
  readonly urlKey: string;
  readonly role: PageRole;
  readonly depth: number;
  readonly priority: number;
  readonly linkText: string;
  readonly persona: Persona;
}

interface PlannedRow {
  task_id: string;
  page_id: string;
  url: string;
  url_key: string;
  role: PageRole;
  depth: number;
  priority: number;
  state: PageState;
  render_reason: RenderReason | null;
  link_text: string;
  persona: Persona;
}

const toPlanned = (row: PlannedRow): PlannedPage => ({
  taskId: row.task_id as TaskId,
  pageId: row.page_id as PageId,
  url: row.url,
  urlKey: row.url_key,
  role: row.role,
  depth: row.depth,
  priority: row.priority,
  state: row.state,
  renderReason: row.render_reason,
  linkText: row.link_text,
  persona: row.persona,
});

const PLANNED = `select c.*, p.url, p.url_key, p.persona from crawl_page c join page p on p.id = c.page_id`;

/** Pages across nights, and the part each plays in one task. */
export class PageRepository {
  constructor(private readonly db: Queryable) {}

  /**
   * Makes addresses pages of a task, in the state `first` when they are new to it; gives all of them back as they
   * stand now, in the order given. An address that is listed twice comes back twice.
   */
  async plan(
    of: { taskId: TaskId; platformId: PlatformId; channel: Channel },
    pages: readonly NewPage[],
    first: { state: 'planned' | 'render'; renderReason: RenderReason | null },
  ): Promise<PlannedPage[]> {
    if (pages.length === 0) return [];
    const column = <K extends keyof NewPage>(key: K) => pages.map((page) => page[key]);
    const ids = await this.db.query<{ id: string; url_key: string; persona: Persona }>(
      `insert into page (id, platform_id, channel, url_key, url, persona)
       select distinct on (url_key, persona) id, $2, $3, url_key, url, persona
         from unnest($1::uuid[], $4::text[], $5::text[], $6::text[]) as n (id, url_key, url, persona)
       on conflict (platform_id, channel, url_key, persona) do update set url = page.url
       returning id, url_key, persona`,
      [pages.map(() => newId<PageId>()), of.platformId, of.channel, column('urlKey'), column('url'), column('persona')],
    );
    const idOf = new Map(ids.rows.map((row) => [`${row.persona} ${row.url_key}`, row.id]));
    const pageIds = pages.map((page) => idOf.get(`${page.persona} ${page.urlKey}`));
    await this.db.query(
      `insert into crawl_page (task_id, page_id, role, depth, priority, state, render_reason, link_text)
       select $1, page_id, role, depth, priority, case when role = 'page' then $7 else 'planned' end,
              case when role = 'page' then $8 end, link_text
         from unnest($2::uuid[], $3::text[], $4::int[], $5::int[], $6::text[]) as n (page_id, role, depth, priority, link_text)
       on conflict (task_id, page_id) do nothing`,
      [
        of.taskId,
        pageIds,
        column('role'),
        column('depth'),
        column('priority'),
        column('linkText'),
        first.state,
        first.renderReason,
      ],
    );
    const { rows } = await this.db.query<PlannedRow>(
      `${PLANNED} where c.task_id = $1 and c.page_id = any($2::uuid[])`,
      [of.taskId, pageIds],
    );
    const byId = new Map(rows.map((row) => [row.page_id, toPlanned(row)]));
    return pageIds.flatMap((id) => byId.get(id ?? '') ?? []);
  }

  /** Pages of a task in one state, most urgent first, then by depth, then in the order they were found. */
  async inState(taskId: TaskId, state: PageState): Promise<PlannedPage[]> {
    const { rows } = await this.db.query<PlannedRow>(
      `${PLANNED} where c.task_id = $1 and c.state = $2 order by c.priority, c.depth, c.page_id`,
      [taskId, state],
    );
    return rows.map(toPlanned);
  }

  /** How many pages (robots and sitemaps not counted) a task has visited. */
  async visitedCount(taskId: TaskId): Promise<number> {
    const { rows } = await this.db.query<{ n: number }>(
      `select count(*)::int as n from crawl_page where task_id = $1 and role = 'page' and state in ('seen', 'unseen', 'render')`,
      [taskId],
    );
    return rows[0]?.n ?? 0;
  }

  async setState(
    taskId: TaskId,
    pageId: PageId,
    state: PageState,
    renderReason: RenderReason | null = null,
  ): Promise<void> {
    await this.db.query(
      'update crawl_page set state = $3, render_reason = coalesce($4, render_reason) where task_id = $1 and page_id = $2',
      [taskId, pageId, state, renderReason],
    );
  }

  /** Turns what still waits into `passed-over`; gives their addresses. */
  async passOver(taskId: TaskId): Promise<string[]> {
    const { rows } = await this.db.query<{ url: string }>(
      `update crawl_page c set state = 'passed-over' from page p
        where p.id = c.page_id and c.task_id = $1 and c.state = 'planned' returning p.url`,
      [taskId],
    );
    return rows.map((row) => row.url);
  }

  /** Pages of this platform and channel on which a finding stands: they are looked at again whether linked or not. */
  async withFindings(
    platformId: PlatformId,
    channel: Channel,
  ): Promise<{ url: string; urlKey: string; persona: Persona }[]> {
    const { rows } = await this.db.query<{ url: string; url_key: string; persona: Persona }>(
      `select distinct p.url, p.url_key, p.persona from page p join finding_place f on f.page_id = p.id
        where p.platform_id = $1 and p.channel = $2 order by p.url_key`,
      [platformId, channel],
    );
    return rows.map((row) => ({ url: row.url, urlKey: row.url_key, persona: row.persona }));
  }
}
