-- The first schema. What is under a MAC is authoritative; terms, dates and moments beside it are projections.
-- Rows are small and move often: vacuum comes early, so that what was destroyed leaves its pages soon.

create table akm.schema_meta (
  min_reader integer not null,
  min_writer integer not null
);
insert into akm.schema_meta values (1, 1);

create table akm.object (
  id text collate "C" primary key,
  version bigint not null,
  key_id text collate "C",
  body bytea not null,
  sealed bytea,
  seal_seq integer not null,
  mac bytea not null,
  mac_epoch integer not null,
  terms bigint[] not null,
  initial_date bigint not null
) with (
  autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200,
  autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0
);
-- Ciphertext does not compress.
alter table akm.object alter column sealed set storage external;
create index object_initial_date on akm.object (initial_date desc, id);
-- No pending list: a search would pay for it, and one writer in many would wait to empty it.
create index object_terms on akm.object using gin (terms) with (fastupdate = off);

create table akm.key (
  id text collate "C" primary key,
  version bigint not null,
  body bytea not null,
  mac bytea not null,
  mac_epoch integer not null,
  due_at bigint
) with (
  autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200,
  autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0
);
create index key_due_at on akm.key (due_at, id) where due_at is not null;

create table akm.claim (
  claim bytea primary key,
  owner text collate "C" not null
) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200);

create table akm.record (
  kind text collate "C" not null,
  id text collate "C" not null,
  version bigint not null,
  body bytea not null,
  mac bytea not null,
  mac_epoch integer not null,
  primary key (kind, id)
);

-- A partition a day (of `at`, microseconds since 1970), made ahead; what no partition holds lies in the default one.
create table akm.audit (
  id text collate "C" not null,
  at bigint not null,
  body bytea not null
) partition by range (at);
create table akm.audit_default partition of akm.audit (primary key (id)) default;
