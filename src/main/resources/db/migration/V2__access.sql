-- A token opens one organisation on one plane. Only its SHA-256 is kept, and a prefix to recognise it by.
create table access_token (
    id bigint primary key,
    organization_id bigint not null references organization on delete cascade,
    kind text not null check (kind in ('SCIM', 'REST')),
    sha256 bytea not null unique,
    prefix text not null,
    created_at timestamptz not null,
    revoked_at timestamptz
);
create index access_token_organization on access_token (organization_id);
