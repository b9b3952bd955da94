-- Ids are 19-digit numbers, as Miro's are; Hibernate takes them from the sequence fifty at a time.
create sequence miro_id as bigint start with 3458764577585056871 increment by 50;

-- One customer of Miro. Organisations of one universe share its e-mail addresses.
create table organization (
    id bigint primary key,
    universe_id bigint not null,
    name text not null,
    settings jsonb not null,
    created_at timestamptz not null
);
create index organization_universe on organization (universe_id);

-- One person: the e-mail is the identity in all of a universe, whatever organisations the person is in.
create table profile (
    id bigint primary key,
    universe_id bigint not null,
    email text not null,
    full_name text not null,
    given_name text generated always as (split_part(full_name, ' ', 1)) stored,
    family_name text generated always as (nullif(substr(full_name, length(split_part(full_name, ' ', 1)) + 2), '')) stored,
    photo_url text,
    preferred_language text,
    registered boolean not null
);
create unique index profile_email on profile (universe_id, lower(email) text_pattern_ops);
create index profile_email_order on profile (universe_id, lower(email));
create index profile_full_name on profile (universe_id, lower(full_name) text_pattern_ops);
create index profile_given_name on profile (universe_id, lower(given_name) text_pattern_ops);
create index profile_family_name on profile (universe_id, lower(family_name) text_pattern_ops);

-- That person in one organisation. A removed membership stays, so that the person can be recreated under the same id.
create table membership (
    id bigint primary key,
    organization_id bigint not null references organization on delete cascade,
    profile_id bigint not null references profile,
    role text not null check (role in ('INTERNAL_ADMIN', 'INTERNAL_USER', 'EXTERNAL_USER', 'TEAM_GUEST_USER')),
    admin_roles text[] not null,
    status text not null check (status in ('ACTIVE', 'DEACTIVATED', 'REMOVED')),
    license text not null,
    license_assigned_at timestamptz,
    employee_number text,
    cost_center text,
    organization_unit text,
    division text,
    department text,
    manager_id bigint,
    manager_name text,
    created_at timestamptz not null,
    modified_at timestamptz not null,
    last_activity_at timestamptz,
    unique (profile_id, organization_id)
);
-- What SCIM sees, in the order in which it lists it.
create index membership_visible on membership (organization_id, profile_id)
    where status <> 'REMOVED' and role in ('INTERNAL_ADMIN', 'INTERNAL_USER');
-- Whose licence takes a seat is counted without looking at anybody.
create index membership_license on membership (organization_id, license, profile_id) include (status, role);
create index membership_role on membership (organization_id, role, profile_id) where role <> 'INTERNAL_USER';
create index membership_admin_roles on membership (organization_id, profile_id) where cardinality(admin_roles) > 0;
-- Without it PostgreSQL thinks that a third of all people have one.
create statistics membership_admin_roles_count on (cardinality(admin_roles)) from membership;
create index membership_status on membership (organization_id, status, profile_id) where status <> 'ACTIVE';
create index membership_modified on membership (organization_id, modified_at);
-- What few people have should cost the others nothing.
create index membership_employee_number on membership (organization_id, lower(employee_number) text_pattern_ops)
    where employee_number is not null;
create index membership_cost_center on membership (organization_id, lower(cost_center) text_pattern_ops)
    where cost_center is not null;
create index membership_organization_unit on membership (organization_id, lower(organization_unit) text_pattern_ops)
    where organization_unit is not null;
create index membership_division on membership (organization_id, lower(division) text_pattern_ops)
    where division is not null;
create index membership_department on membership (organization_id, lower(department) text_pattern_ops)
    where department is not null;
create index membership_manager on membership (organization_id, manager_id) where manager_id is not null;

-- A team has its own name; the name of its security group is what SCIM lists and renames.
create table team (
    id bigint primary key,
    organization_id bigint not null references organization on delete cascade,
    name text not null,
    group_name text not null,
    default_team boolean not null,
    created_at timestamptz not null
);
create index team_page on team (organization_id, id);
create unique index team_group_name on team (organization_id, lower(group_name) text_pattern_ops);

create table team_member (
    team_id bigint not null references team on delete cascade,
    membership_id bigint not null references membership on delete cascade,
    role text not null check (role in ('ADMIN', 'MEMBER', 'NON_TEAM', 'TEAM_GUEST')),
    joined_at timestamptz not null,
    primary key (team_id, membership_id)
);
create index team_member_membership on team_member (membership_id, team_id);

-- Boards exist as far as the rules move them.
create table board (
    id bigint primary key,
    team_id bigint not null references team on delete cascade,
    owner_id bigint not null references membership on delete cascade,
    name text not null
);
create index board_owner on board (owner_id, team_id);
create index board_team on board (team_id);
