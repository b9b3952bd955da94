-- Boards are listed for a whole organisation, in the order of their changes or names.
alter table board add column organization_id bigint references organization on delete cascade;
alter table board add column created_at timestamptz;
alter table board add column modified_at timestamptz;
update board b set organization_id = t.organization_id, created_at = t.created_at, modified_at = t.created_at
    from team t where t.id = b.team_id;
alter table board alter column organization_id set not null;
alter table board alter column created_at set not null;
alter table board alter column modified_at set not null;
create index board_modified on board (organization_id, modified_at desc, id desc);
create index board_created on board (organization_id, created_at desc, id desc);
create index board_name on board (organization_id, lower(name), id);

-- What has been decided for a team, other than by default.
create table team_settings (
    team_id bigint primary key references team on delete cascade,
    settings jsonb not null
);
