-- People who sign in, and the sessions they hold.
create table account (
  id             uuid        primary key,
  name           text        not null unique check (name ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
  display_name   text        not null,
  password_hash  text        not null,
  roles          text[]      not null,
  region         text        not null default '',
  is_active      boolean     not null default true,
  created_at     timestamptz not null default now()
);

create table session (
  token_sha256  text        primary key,
  account_id    uuid        not null references account (id),
  created_at    timestamptz not null,
  expires_at    timestamptz not null
);
comment on column session.token_sha256 is 'the token itself is only in the cookie';

-- A write that is sent twice under one key is done once.
create table idempotency_key (
  account_id  uuid        not null references account (id),
  key         text        not null,
  request     text        not null,
  status      integer     not null,
  answer      jsonb,
  at          timestamptz not null,
  primary key (account_id, key)
);
