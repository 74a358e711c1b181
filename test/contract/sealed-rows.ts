import { newId } from '#libs/domain';
import { type Queryable } from '#libs/persistence';

/** One row in each table that keeps its rows for good, with what they refer to. */
export async function aSealedCapture(tx: Queryable): Promise<void> {
  const ids = {
    platform: newId(),
    target: newId(),
    run: newId(),
    task: newId(),
    page: newId(),
    visit: newId(),
    finding: newId(),
  };
  const insert = (text: string, ...values: unknown[]) => tx.query(`insert into ${text}`, values);
  await insert("platform (id, name, region) values ($1, $2, '4403')", ids.platform, `平台 ${ids.platform}`);
  await insert(
    "target (id, platform_id, channel, url) values ($1, $2, 'website', 'http://a/')",
    ids.target,
    ids.platform,
  );
  await insert("crawl_run values ($1, 'manual', '{}', 'p', 'v', now())", ids.run);
  await insert(
    "crawl_task (id, run_id, target_id, host, priority, state) values ($1, $2, $3, 'a', 3, 'looking')",
    ids.task,
    ids.run,
    ids.target,
  );
  await insert("page values ($1, $2, 'website', 'http://a/', 'http://a/', 'desktop')", ids.page, ids.platform);
  await insert(
    `visit (id, task_id, page_id, requested_url, final_url, outcome, is_rendered, persona, started_at, duration_ms)
     values ($1, $2, $3, 'http://a/', 'http://a/', 'ok', false, 'desktop', now(), 1)`,
    ...[ids.visit, ids.task, ids.page],
  );
  await insert(
    `evidence select coalesce(max(log_index) + 1, 0), $1, $2, now(), sha256($3), '{}' from evidence`,
    ...[newId(), ids.visit, Buffer.from(ids.visit)],
  );
  await insert(
    `finding (id, number, platform_id, rule_id, fingerprint, fingerprint_version, rule_version, severity, verdict, score, first_seen_at, last_seen_at)
     values ($1, $2, $3, 'r', 'f', 1, 'v', 'S1', 'flag', 1, now(), now())`,
    ...[ids.finding, ids.finding, ids.platform],
  );
  await insert("finding_event (id, finding_id, name, at) values ($1, $2, 'seen', now())", newId(), ids.finding);
  await insert(
    "casework_event (id, subject_kind, subject_id, name, at) values ($1, 'case', $1, 'opened', now())",
    newId(),
  );
}
