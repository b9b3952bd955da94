-- The clock that Miro's rules read: the system's, or standing still at a time, or ahead of the system's.
create table emulator_clock (
    only_one boolean primary key default true check (only_one),
    stopped_at timestamptz,
    offset_micros bigint not null default 0
);
insert into emulator_clock default values;

-- What happened on the planes. It is written after the fact and may be lost in a crash, so it needs no write-ahead log, and
-- no foreign key. Four segments are written in turn: the oldest is emptied as a whole before it is written again.
create sequence journal_id as bigint;
create table journal (
    id bigint not null default nextval('journal_id'),
    segment smallint not null,
    called_at timestamptz not null,
    organization_id bigint,
    plane text not null,
    method text not null,
    path text not null,
    query text,
    body text,
    status smallint,
    response text,
    micros bigint not null,
    address text,
    user_agent text,
    rules text[],
    notes text,
    faults text
) partition by list (segment);
create unlogged table journal_0 partition of journal for values in (0);
alter table journal_0 alter column segment set default 0;
create unlogged table journal_1 partition of journal for values in (1);
alter table journal_1 alter column segment set default 1;
create unlogged table journal_2 partition of journal for values in (2);
alter table journal_2 alter column segment set default 2;
create unlogged table journal_3 partition of journal for values in (3);
alter table journal_3 alter column segment set default 3;
create index journal_order on journal (id);
create index journal_organization on journal (organization_id, id);

-- Which segment is written. Whoever writes holds the row, so that entries appear in the order of their ids.
create table journal_state (
    only_one boolean primary key default true check (only_one),
    segment smallint not null default 0,
    entries bigint not null default 0,
    began_at timestamptz not null default now()
);
insert into journal_state default values;

-- What shall go wrong.
create table fault (
    id bigint primary key,
    organization_id bigint references organization on delete cascade,
    plane text,
    method text,
    path text,
    remaining integer,
    probability double precision not null,
    status smallint,
    code text,
    detail text,
    retry_after integer,
    delay_millis bigint,
    after_the_call boolean not null,
    reset boolean not null,
    hits bigint not null default 0,
    created_at timestamptz not null default now(),
    expires_at timestamptz
);
create index fault_organization on fault (organization_id);

-- What an organisation is reset to, in the format of seeds.
create table organization_seed (
    organization_id bigint primary key references organization on delete cascade,
    document text not null
);

-- Universes that are known by a name.
create table universe (
    label text primary key,
    id bigint not null unique
);
