import {
  type About,
  type Account,
  type Capture,
  type CapturePart,
  type EvidenceId,
  type FindingId,
  newId,
  type PageId,
  type PlatformId,
  type RunId,
  type TargetId,
  type TaskId,
  type Visit,
  type VisitId,
} from '#libs/domain';
import { type EvidenceStore } from '#libs/evidence';
import { AccountRepository, type Queryable } from '#libs/persistence';

const SEEN_AT = new Date('2018-03-01T17:31:00.000Z');

/** One look at one page, as its rows name it. */
export interface SeededVisit {
  readonly task: TaskId;
  readonly page: PageId;
  readonly visit: VisitId;
  readonly url: string;
}

/** A part that is no exchange. */
export function aPart(name: 'screenshot' | 'dom', mediaType: string, bytes: Uint8Array): CapturePart {
  return { name, kind: 'resource', mediaType, bytes };
}

/** Rows as the line leaves them, written by plain SQL so that what reads them is tested apart from what writes them. */
export class Seed {
  private numbers = 0;

  constructor(
    private readonly db: Queryable,
    private readonly archive: EvidenceStore,
  ) {}

  async account(passwordHash: string, more: Partial<Account> = {}): Promise<Account> {
    const account: Account = {
      id: newId(),
      name: 'li.na',
      displayName: '李娜',
      roles: ['monitor'],
      region: '',
      ...more,
    };
    await new AccountRepository(this.db).add(account, passwordHash);
    return account;
  }

  async platform(name: string, region = '440305'): Promise<PlatformId> {
    const id = newId<PlatformId>();
    await this.db.query(`insert into platform (id, name, region) values ($1, $2, $3)`, [id, name, region]);
    return id;
  }

  async run(startedAt = new Date('2018-03-01T17:30:00Z')): Promise<RunId> {
    const id = newId<RunId>();
    await this.db.query(
      `insert into crawl_run (id, trigger, orders, rule_pack, rule_pack_version, started_at, finished_at)
       values ($1, 'nightly', '{}', 'notice-57', '0123456789abcdef', $2, $3)`,
      [id, startedAt, new Date(startedAt.getTime() + 600_000)],
    );
    return id;
  }

  async task(runId: RunId, platformId: PlatformId, url = 'https://p2p.example/'): Promise<TaskId> {
    const target = newId<TargetId>();
    const { rows } = await this.db.query<{ id: string }>(
      `insert into target (id, platform_id, channel, url) values ($1, $2, 'website', $3)
       on conflict (platform_id, channel, url) do update set url = excluded.url returning id`,
      [target, platformId, url],
    );
    const id = newId<TaskId>();
    await this.db.query(
      `insert into crawl_task (id, run_id, target_id, host, priority, state) values ($1, $2, $3, $4, 4, 'done')`,
      [id, runId, rows[0]?.id, new URL(url).host],
    );
    return id;
  }

  /** A page of a task, seen once, without evidence. */
  async visit(task: TaskId, platformId: PlatformId, url: string, place: string | null = null): Promise<SeededVisit> {
    const [page, visit] = [newId<PageId>(), newId<VisitId>()];
    await this.db.query(
      `insert into page (id, platform_id, channel, url_key, url, persona) values ($1, $2, 'website', $3, $3, 'desktop')`,
      [page, platformId, url],
    );
    await this.db.query(
      `insert into crawl_page (task_id, page_id, depth, priority, state, place) values ($1, $2, 0, 1, 'seen', $3)`,
      [task, page, place],
    );
    await this.db.query(
      `insert into visit (id, task_id, page_id, requested_url, final_url, outcome, http_status, is_rendered, persona, started_at, duration_ms)
       values ($1, $2, $3, $4, $4, 'ok', 200, true, 'desktop', $5, 420)`,
      [visit, task, page, url, SEEN_AT],
    );
    return { task, page, visit, url };
  }

  /** Seals parts as what was seen at a visit. */
  async seal(at: SeededVisit, parts: readonly CapturePart[]): Promise<EvidenceId> {
    const { rows } = await this.db.query<{ run_id: RunId }>('select run_id from crawl_task where id = $1', [at.task]);
    const visit: Visit = {
      ...{ id: at.visit, taskId: at.task, pageId: at.page, requestedUrl: at.url, finalUrl: at.url, redirects: [] },
      ...{ outcome: 'ok', detail: '', httpStatus: 200, isRendered: true, persona: 'desktop', durationMs: 420 },
      startedAt: SEEN_AT,
    };
    const capture: Capture = { visit, capturedAt: SEEN_AT, parts, incomplete: [] };
    const run = rows[0]?.run_id;
    if (run === undefined) throw new Error(`task ${at.task} has no run`);
    const [sealed] = await this.archive.append(run, [capture], () => Promise.resolve());
    if (sealed === undefined) throw new Error('nothing was sealed');
    return sealed.id;
  }

  /** A finding without any place. */
  async finding(platformId: PlatformId, more: Partial<FindingSeed> = {}): Promise<FindingId> {
    const id = newId<FindingId>();
    this.numbers += 1;
    const seed = { ...A_FINDING, ...more };
    await this.db.query(
      `insert into finding (id, number, platform_id, rule_id, fingerprint, fingerprint_version, rule_version, severity, verdict,
         score, legal_basis, decision, first_seen_at, last_seen_at)
       values ($1, $2, $3, $4, $5, 1, 'fedcba9876543210', $6, $7, 0.93, $8, $9, $10, $10)`,
      [
        ...[id, `线2018-${String(this.numbers).padStart(4, '0')}`, platformId, seed.ruleId, `f-${this.numbers}`],
        ...[seed.severity, seed.verdict, JSON.stringify(seed.legalBasis), seed.decision, seed.firstSeenAt],
      ],
    );
    return id;
  }

  /** Lets a page show a finding. */
  async place(finding: FindingId, at: SeededVisit, evidence: EvidenceId, about: About): Promise<void> {
    const hit = newId<never>();
    const cues = [
      { name: 'amount', weight: 0.8, quote: '5000万元' },
      { name: 'own-brand', weight: 0.2, quote: null },
    ];
    await this.db.query(
      `insert into hit (id, task_id, rule_id, rule_version, verdict, score, about, clause, cues)
       values ($1, $2, 'risk-reserve-advertising', 'fedcba9876543210', 'flag', 0.93, $3, 'x', $4)`,
      [hit, at.task, JSON.stringify(about), JSON.stringify(cues)],
    );
    await this.db.query(
      `insert into finding_place (finding_id, page_id, hit_id, evidence_id, task_id, occurrences, seen_at)
       values ($1, $2, $3, $4, $5, 1, $6)`,
      [finding, at.page, hit, evidence, at.task, SEEN_AT],
    );
  }
}

interface FindingSeed {
  ruleId: string;
  severity: 'S1' | 'S2' | 'S3' | 'S4';
  verdict: 'flag' | 'review';
  decision: string;
  legalBasis: readonly string[];
  firstSeenAt: string;
}

const A_FINDING: FindingSeed = {
  ruleId: 'risk-reserve-advertising',
  severity: 'S1',
  verdict: 'flag',
  decision: 'undecided',
  legalBasis: ['网贷整治办函〔2017〕57号 附件第2条', '《网络借贷信息中介机构业务活动管理暂行办法》第十条第（三）项'],
  firstSeenAt: '2018-03-01T17:31:00.123456Z',
};

/** A quote of `quote` in `text`, drawn at `box`. */
export function aQuote(
  text: string,
  quote: string,
  box: { x: number; y: number; w: number; h: number } | null = null,
): About {
  const start = text.indexOf(quote);
  return {
    ...{ kind: 'quote', path: '/html/body/main/p[1]', segmentText: text, source: 'visible', region: 'main' },
    ...{ pageKind: 'home', start, end: start + quote.length, quote, box },
  };
}
