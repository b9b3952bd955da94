-- A group of members that is no team: it can be put into several teams, and leaving it has no consequences.
create table user_group (
    id bigint primary key,
    organization_id bigint not null references organization on delete cascade,
    name text not null,
    description text,
    created_at timestamptz not null,
    modified_at timestamptz not null
);
create unique index user_group_name on user_group (organization_id, lower(name) text_pattern_ops);
create index user_group_page on user_group (organization_id, id);

create table user_group_member (
    user_group_id bigint not null references user_group on delete cascade,
    membership_id bigint not null references membership on delete cascade,
    joined_at timestamptz not null,
    primary key (user_group_id, membership_id)
);
create index user_group_member_membership on user_group_member (membership_id, user_group_id);

create table user_group_team (
    user_group_id bigint not null references user_group on delete cascade,
    team_id bigint not null references team on delete cascade,
    added_at timestamptz not null,
    primary key (user_group_id, team_id)
);
create index user_group_team_team on user_group_team (team_id, user_group_id);
