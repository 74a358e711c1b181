-- Hits that say the same thing on one platform are one finding; people, visits and papers each mark it apart.
create table finding (
  id                   uuid        primary key,
  number               text        not null unique,
  platform_id          uuid        not null references platform (id),
  rule_id              text        not null,
  fingerprint          text        not null,
  fingerprint_version  integer     not null,
  rule_version         text        not null,
  severity             text        not null check (severity in ('S1', 'S2', 'S3', 'S4')),
  verdict              text        not null check (verdict in ('flag', 'review')),
  score                double precision not null,
  legal_basis          jsonb       not null default '[]',
  decision             text        not null default 'undecided' check (decision in ('undecided', 'confirmed', 'dismissed', 'duplicate-of', 'parked')),
  presence             text        not null default 'live' check (presence in ('live', 'not-seen', 'gone', 'back')),
  rectification        text        not null default 'none' check (rectification in ('none', 'notified', 'claimed')),
  duplicate_of         uuid        references finding (id),
  missed_since         timestamptz,
  first_seen_at        timestamptz not null,
  last_seen_at         timestamptz not null,
  revision             integer     not null default 1,
  constraint the_same_thing_is_one_finding unique (platform_id, rule_id, fingerprint, fingerprint_version)
);
create index findings_by_platform on finding (platform_id, severity, last_seen_at desc);

-- One place of one finding: which page shows it, with the hit and the evidence of the latest look that did.
create table finding_place (
  finding_id    uuid        not null references finding (id),
  page_id       uuid        not null references page (id),
  hit_id        uuid        not null references hit (id),
  evidence_id   uuid        not null references evidence (id),
  task_id       uuid        not null references crawl_task (id),
  occurrences   integer     not null default 1 check (occurrences > 0),
  seen_at       timestamptz not null,
  primary key (finding_id, page_id)
);
create index places_of_a_task on finding_place (task_id);

create table finding_event (
  id          uuid        primary key,
  finding_id  uuid        not null references finding (id),
  account_id  uuid,
  name        text        not null,
  facts       jsonb       not null default '{}',
  at          timestamptz not null
);
comment on column finding_event.account_id is 'who did it; null for the machine';
create index events_of_a_finding on finding_event (finding_id, at, id);
create trigger finding_events_are_kept before update or delete on finding_event for each row execute function refuse_change();
create trigger finding_events_are_not_emptied before truncate on finding_event for each statement execute function refuse_emptying();
