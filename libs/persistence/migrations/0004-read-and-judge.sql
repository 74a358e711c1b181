-- What was read from sealed bytes, and what each rule version said of it.
create table reading (
  id              uuid        primary key,
  content_sha256  text        not null,
  reader_version  text        not null,
  body            jsonb       not null,
  created_at      timestamptz not null default now(),
  constraint a_content_is_read_once_per_reader unique (content_sha256, reader_version)
);
comment on column reading.body is '{title, pageKind, segments, rows}';

create table judgement (
  id              uuid        primary key,
  evidence_id     uuid        not null references evidence (id),
  reading_id      uuid        references reading (id),
  pack_version    text        not null,
  reader_version  text        not null,
  as_of           date        not null,
  sightings       jsonb       not null default '[]',
  judged_at       timestamptz not null,
  constraint a_capture_is_judged_once unique (evidence_id, pack_version, reader_version, as_of)
);
comment on column judgement.reading_id is 'null when the capture holds nothing to read; the reason is a coverage gap';
comment on column judgement.sightings is 'disclosure sightings of this page, in the order of the page';

create table hit (
  id             uuid             primary key,
  judgement_id   uuid             references judgement (id),
  task_id        uuid             not null references crawl_task (id),
  rule_id        text             not null,
  rule_version   text             not null,
  verdict        text             not null check (verdict in ('flag', 'review', 'drop')),
  score          double precision not null check (score between 0 and 1),
  about          jsonb            not null,
  clause         text             not null,
  cues           jsonb            not null default '[]'
);
comment on column hit.judgement_id is 'null for platform-wide hits (absence, comparison), which rest on several captures';
create index hits_of_a_judgement on hit (judgement_id);
create index hits_of_a_task on hit (task_id);

create table disclosure_state (
  task_id      uuid not null references crawl_task (id),
  item         text not null,
  state        text not null check (state in ('present', 'present-empty', 'stale', 'absent', 'not-checkable')),
  value        text,
  as_of        text,
  url          text,
  evidence_id  uuid references evidence (id),
  reason       text,
  primary key (task_id, item)
);
