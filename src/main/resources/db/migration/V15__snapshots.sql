-- Earlier states of organisations, each under a name.
create table snapshot (
    id bigint not null unique generated always as identity,
    organization_id bigint not null references organization on delete cascade,
    name text not null,
    organization_name text not null,
    settings jsonb not null,
    -- The last event of the audit log at that time.
    audit_event_id bigint,
    created_at timestamptz not null,
    primary key (organization_id, name)
);

-- The rows of all tables that belong to the organisation. As documents, they survive changes of these tables.
create table snapshot_row (
    snapshot_id bigint not null references snapshot (id) on delete cascade,
    source text not null,
    key text not null,
    content jsonb not null,
    primary key (snapshot_id, source, key)
);
