-- What a run was told to do, what it planned and every attempt it made.
create table crawl_run (
  id                 uuid        primary key,
  trigger            text        not null check (trigger in ('nightly', 'complaint', 'publicity', 'manual')),
  orders             jsonb       not null,
  rule_pack          text        not null,
  rule_pack_version  text        not null,
  started_at         timestamptz not null,
  finished_at        timestamptz
);
create index runs_by_start on crawl_run (started_at desc, id desc);

create table crawl_task (
  id           uuid        primary key,
  run_id       uuid        not null references crawl_run (id),
  target_id    uuid        not null references target (id),
  host         text        not null,
  priority     smallint    not null check (priority between 1 and 4),
  state        text        not null check (state in ('planned', 'looking', 'rendering', 'judging', 'done', 'failed')),
  attempts     integer     not null default 0,
  lease_owner  uuid,
  lease_until  timestamptz,
  failure      text,
  facts        jsonb       not null default '{}',
  constraint a_run_takes_a_target_once unique (run_id, target_id)
);
comment on column crawl_task.lease_owner is 'the process that works on it; free when lease_until has passed';
comment on column crawl_task.facts is 'what the channel adapter read: {listing} or {ad}, as in the run report';
create index unfinished_tasks on crawl_task (state) where state not in ('done', 'failed');

create table page (
  id           uuid        primary key,
  platform_id  uuid        not null references platform (id),
  channel      text        not null,
  url_key      text        not null,
  url          text        not null,
  persona      text        not null check (persona in ('desktop', 'mobile')),
  created_at   timestamptz not null default now(),
  constraint an_address_is_one_page_per_persona unique (platform_id, channel, url_key, persona)
);

create table crawl_page (
  task_id        uuid     not null references crawl_task (id),
  page_id        uuid     not null references page (id),
  role           text     not null default 'page' check (role in ('page', 'robots', 'sitemap')),
  depth          integer  not null,
  priority       integer  not null,
  state          text     not null check (state in ('planned', 'render', 'seen', 'unseen', 'passed-over')),
  render_reason  text     check (render_reason in ('script', 'tabs', 'second-look', 'asked')),
  link_text      text     not null default '',
  place          text,
  primary key (task_id, page_id)
);
comment on column crawl_page.place is 'home, disclosure, about … when this page is a place where disclosure is looked for';
create index pages_to_visit on crawl_page (task_id, priority, depth) where state in ('planned', 'render');

create table visit (
  id             uuid        primary key,
  task_id        uuid        not null references crawl_task (id),
  page_id        uuid        not null references page (id),
  requested_url  text        not null,
  final_url      text        not null,
  redirects      jsonb       not null default '[]',
  outcome        text        not null check (outcome in ('ok', 'not-modified', 'partial', 'blocked', 'captcha', 'login-wall',
                   'error-page', 'empty', 'timeout', 'too-large', 'unreachable', 'tls-error', 'throttled', 'redirect-loop',
                   'parked', 'maintenance', 'download', 'refused-by-robots', 'refused-address', 'gone')),
  detail         text        not null default '',
  http_status    integer,
  is_rendered    boolean     not null,
  persona        text        not null,
  started_at     timestamptz not null,
  duration_ms    integer     not null check (duration_ms >= 0)
);
create index visits_of_a_task on visit (task_id, started_at, id);

create table coverage_gap (
  id       uuid        primary key,
  task_id  uuid        not null references crawl_task (id),
  url      text        not null,
  code     text        not null,
  detail   text        not null,
  at       timestamptz not null,
  constraint a_gap_is_said_once unique (task_id, url, code)
);
