-- Who is supervised, and at which addresses each is watched.
create table platform (
  id          uuid        primary key,
  name        text        not null check (length(name) between 1 and 200),
  uscc        text        check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  region      text        not null check (region ~ '^[0-9]{2}([0-9]{2}){0,2}$'),
  created_at  timestamptz not null default now(),
  constraint platforms_have_one_name unique (name),
  constraint platforms_have_one_uscc unique (uscc)
);
comment on column platform.region is 'GB/T 2260 code, two to six digits; scopes compare by prefix';

create table target (
  id           uuid        primary key,
  platform_id  uuid        not null references platform (id),
  channel      text        not null check (channel in ('website', 'app-listing', 'ad', 'offline')),
  url          text        not null,
  is_active    boolean     not null default true,
  created_at   timestamptz not null default now(),
  constraint a_platform_has_an_address_once unique (platform_id, channel, url)
);

-- Numbers for people run per office and year: 核2018-0042.
create table number_series (
  series  text    not null,
  year    integer not null,
  last    integer not null check (last >= 0),
  primary key (series, year)
);
