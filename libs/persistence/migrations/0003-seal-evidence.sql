-- Evidence is append-only: once sealed, a row can neither change nor leave.
-- Holds against this application's own role; the owner role is used by migrations only.
create table warc_file (
  name              text        primary key,
  run_id            uuid        not null references crawl_run (id),
  state             text        not null check (state in ('open', 'closed')),
  committed_length  bigint      not null default 0 check (committed_length >= 0),
  holder            uuid        not null,
  lease_until       timestamptz not null,
  sha256            text,
  created_at        timestamptz not null default now()
);
comment on column warc_file.committed_length is 'bytes that evidence rows vouch for; what lies beyond is a torn tail';

create table evidence (
  log_index    bigint      primary key check (log_index >= 0),
  id           uuid        not null unique,
  visit_id     uuid        not null unique references visit (id),
  captured_at  timestamptz not null,
  leaf_hash    bytea       not null unique check (length(leaf_hash) = 32),
  record       jsonb       not null
);
comment on column evidence.log_index is 'place in the RFC 6962 log: gapless, starts at 0';
comment on column evidence.record is 'capture record; the leaf hash covers its RFC 8785 form';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% % is sealed', tg_table_name, old.id using errcode = 'integrity_constraint_violation';
end $$;

create function refuse_emptying() returns trigger language plpgsql as $$
begin
  raise exception '% cannot be emptied', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create trigger evidence_is_sealed before update or delete on evidence for each row execute function refuse_change();
create trigger evidence_is_not_emptied before truncate on evidence for each statement execute function refuse_emptying();
create trigger visits_are_kept before update or delete on visit for each row execute function refuse_change();
create trigger visits_are_not_emptied before truncate on visit for each statement execute function refuse_emptying();
