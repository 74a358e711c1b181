-- What this house signed of its log, each with the proof that the log only grew since the one before.
create table log_checkpoint (
  id             uuid        primary key,
  tree_size      bigint      not null check (tree_size >= 0),
  note           text        not null,
  previous_size  bigint      check (previous_size < tree_size),
  consistency    jsonb       not null default '[]',
  signed_at      timestamptz not null,
  constraint a_size_is_signed_once unique (tree_size)
);
comment on column log_checkpoint.note is 'C2SP checkpoint as a signed note: origin, size, root in base64, signature line';
comment on column log_checkpoint.consistency is 'RFC 6962 proof from previous_size to tree_size: hashes in hex, lowest first';

create trigger checkpoints_are_kept before update or delete on log_checkpoint for each row execute function refuse_change();
create trigger checkpoints_are_not_emptied before truncate on log_checkpoint for each statement execute function refuse_emptying();
