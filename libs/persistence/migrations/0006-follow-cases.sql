-- Cases, complaints and publicity periods: the row says where each stands, its events say how it came there.
create table review_case (
  id           uuid        primary key,
  number       text        not null unique,
  platform_id  uuid        not null references platform (id),
  origin       text        not null check (origin in ('acceptance', 'complaint', 'spot-check')),
  state        text        not null check (state in ('open', 'verifying', 'upheld', 'dismissed', 'rectifying', 'closed')),
  opened_at    timestamptz not null
);

create table complaint (
  id                 uuid        primary key,
  number             text        not null unique,
  platform_id        uuid        not null references platform (id),
  complainant        text        not null check (complainant in ('office', 'lender', 'borrower', 'platform')),
  state              text        not null check (state in ('received', 'accepted', 'refused', 'verifying', 'concluded', 'replied')),
  is_substantiated   boolean,
  received_at        timestamptz not null
);

create table publicity_period (
  id           uuid        primary key,
  platform_id  uuid        not null references platform (id),
  first_day    date        not null,
  days         integer     not null check (days >= 14),
  state        text        not null check (state in ('planned', 'running', 'passed', 'revoked', 're-acceptance'))
);
comment on column publicity_period.days is 'at least two weeks, first day not counted: notice 57, part 2(1)';

create table casework_event (
  id            uuid        primary key,
  subject_kind  text        not null check (subject_kind in ('case', 'complaint', 'publicity')),
  subject_id    uuid        not null,
  account_id    uuid,
  name          text        not null,
  facts         jsonb       not null default '{}',
  at            timestamptz not null
);
create index events_of_a_subject on casework_event (subject_kind, subject_id, at, id);
create trigger casework_events_are_kept before update or delete on casework_event for each row execute function refuse_change();
create trigger casework_events_are_not_emptied before truncate on casework_event for each statement execute function refuse_emptying();
