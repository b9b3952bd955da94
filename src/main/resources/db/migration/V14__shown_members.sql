-- What a group shows of a member stands in the member's own row, so that an index has the whole answer. For a group of
-- 100,000, joining memberships and profiles takes five times as long. The name is null for people that SCIM does not see.
alter table team_member add column person_id bigint, add column shown_name text;
alter table user_group_member add column person_id bigint, add column shown_name text;

create function is_shown(role text, status text) returns boolean immutable language sql
    return status <> 'REMOVED' and role in ('INTERNAL_ADMIN', 'INTERNAL_USER');

update team_member tm set person_id = m.profile_id, shown_name = case when is_shown(m.role, m.status) then p.full_name end
    from membership m join profile p on p.id = m.profile_id where m.id = tm.membership_id;
update user_group_member gm
    set person_id = m.profile_id, shown_name = case when is_shown(m.role, m.status) then p.full_name end
    from membership m join profile p on p.id = m.profile_id where m.id = gm.membership_id;

create index team_member_shown on team_member (team_id, person_id) include (shown_name) where shown_name is not null;
create index user_group_member_shown on user_group_member (user_group_id, person_id) include (shown_name)
    where shown_name is not null;

-- Whoever adds people to groups holds them, so that their names and roles do not change meanwhile.
create function show_new_member() returns trigger language plpgsql as $$
declare
    person bigint;
    name text;
begin
    select m.profile_id, case when is_shown(m.role, m.status) then p.full_name end into person, name
        from membership m join profile p on p.id = m.profile_id where m.id = new.membership_id;
    -- A statement that inserts the person too knows both itself.
    if found then
        new.person_id := person;
        new.shown_name := name;
    end if;
    return new;
end $$;
create trigger show_new_member before insert on team_member for each row execute function show_new_member();
create trigger show_new_member before insert on user_group_member for each row execute function show_new_member();

create function show_renamed_member() returns trigger language plpgsql as $$
begin
    update team_member set shown_name = new.full_name
        where membership_id in (select id from membership where profile_id = new.id) and shown_name is not null;
    update user_group_member set shown_name = new.full_name
        where membership_id in (select id from membership where profile_id = new.id) and shown_name is not null;
    return null;
end $$;
create trigger show_renamed_member after update of full_name on profile for each row
    when (old.full_name <> new.full_name) execute function show_renamed_member();

create function show_or_hide_member() returns trigger language plpgsql as $$
declare
    name text := case when is_shown(new.role, new.status)
        then (select full_name from profile where id = new.profile_id) end;
begin
    update team_member set shown_name = name where membership_id = new.id;
    update user_group_member set shown_name = name where membership_id = new.id;
    return null;
end $$;
create trigger show_or_hide_member after update of role, status on membership for each row
    when (is_shown(old.role, old.status) <> is_shown(new.role, new.status)) execute function show_or_hide_member();
