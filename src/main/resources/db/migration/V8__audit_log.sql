-- What changed in an organisation, and who or what did it. Names and addresses are those of that time. There is no foreign
-- key: it would be checked for every one of the many rows of a large change. Who writes looks at the organisation once, and
-- who empties an organisation empties its log.
create table audit_event (
    organization_id bigint not null,
    created_at timestamptz not null,
    id bigint not null generated always as identity,
    event text not null,
    actor_type text not null check (actor_type in ('USER', 'APPLICATION', 'SCIM_PROVISIONER')),
    actor_id bigint,
    actor_name text not null,
    actor_address text,
    person_id bigint,
    email text,
    object_id bigint not null,
    object_name text not null,
    place_id bigint,
    place_name text,
    former_value text,
    new_value text,
    primary key (organization_id, created_at, id)
);
-- What happened to one person.
create index audit_event_person on audit_event (organization_id, person_id, created_at, id) where person_id is not null;
