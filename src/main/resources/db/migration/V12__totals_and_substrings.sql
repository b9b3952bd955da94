-- How many users SCIM sees in an organisation, by blocks of 2^15 ids of people: a list tells its length without looking at
-- everybody, and a page far behind the first skips whole blocks.
--
-- The count of a block is the sum of its rows. A change of members adds a row in its own transaction and waits for no other, so
-- that the sum is exact for a reader of both the sum and the members. Now and then, rows are replaced by their sum.
create table member_count (
    organization_id bigint not null,
    block bigint not null,
    members bigint not null
);
create index member_count_block on member_count (organization_id, block) include (members);
-- Rows come and go all the time in the blocks of new people.
alter table member_count set (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_insert_scale_factor = 0.1);

-- Whether SCIM sees a member, worded as in the index membership_visible.
create function member_visible(role text, status text) returns boolean immutable language sql
    return status <> 'REMOVED' and role in ('INTERNAL_ADMIN', 'INTERNAL_USER');

-- Replaces the rows of a block by their sum, without those that another transaction is about to replace.
create function compact_member_count(organization bigint, of_block bigint) returns void language sql as $$
    with replaced as (
        delete from member_count where ctid = any (array(
            select ctid from member_count where organization_id = organization and block = of_block
            for update skip locked))
        returning members)
    insert into member_count (organization_id, block, members)
    select organization, of_block, sum(members) from replaced having sum(members) <> 0
$$;

create function count_inserted_members() returns trigger language plpgsql as $$
begin
    insert into member_count (organization_id, block, members)
    select organization_id, profile_id >> 15, count(*) from inserted
    where member_visible(role, status) group by organization_id, profile_id >> 15;
    -- One in sixteen cleans up, so that no block has many rows.
    if random() < 0.0625 then
        perform compact_member_count(organization_id, block) from (
            select distinct organization_id, profile_id >> 15 as block from inserted) as changed;
    end if;
    return null;
end
$$;
create trigger count_inserted after insert on membership
    referencing new table as inserted for each statement execute function count_inserted_members();

create function count_deleted_members() returns trigger language plpgsql as $$
begin
    insert into member_count (organization_id, block, members)
    select organization_id, profile_id >> 15, -count(*) from deleted
    where member_visible(role, status) group by organization_id, profile_id >> 15;
    -- Memberships are deleted with their organisation, which should leave no rows behind.
    perform compact_member_count(organization_id, block) from (
        select distinct organization_id, profile_id >> 15 as block from deleted) as changed;
    return null;
end
$$;
create trigger count_deleted after delete on membership
    referencing old table as deleted for each statement execute function count_deleted_members();

-- Row by row, because most updates change none of this, and cost nothing that way.
create function count_updated_member() returns trigger language plpgsql as $$
begin
    if member_visible(old.role, old.status) then
        insert into member_count values (old.organization_id, old.profile_id >> 15, -1);
    end if;
    if member_visible(new.role, new.status) then
        insert into member_count values (new.organization_id, new.profile_id >> 15, 1);
    end if;
    if random() < 0.0625 then
        perform compact_member_count(new.organization_id, new.profile_id >> 15);
    end if;
    return null;
end
$$;
create trigger count_updated after update of organization_id, profile_id, role, status on membership
    for each row when ((old.organization_id, old.profile_id, member_visible(old.role, old.status))
        is distinct from (new.organization_id, new.profile_id, member_visible(new.role, new.status)))
    execute function count_updated_member();

create function count_no_members() returns trigger language plpgsql as $$
begin
    delete from member_count;
    return null;
end
$$;
create trigger count_truncated after truncate on membership
    for each statement execute function count_no_members();

insert into member_count (organization_id, block, members)
select organization_id, profile_id >> 15, count(*) from membership
where status <> 'REMOVED' and role in ('INTERNAL_ADMIN', 'INTERNAL_USER')
group by organization_id, profile_id >> 15;

-- Finds parts of addresses and names. pg_trgm comes with PostgreSQL, but some systems package it apart, and it takes the right
-- to create objects in the database. Without it, searches for parts look at everybody.
do $$
declare
    operators text;
begin
    begin
        create extension if not exists pg_trgm;
    exception when insufficient_privilege or undefined_file or feature_not_supported then
        raise warning 'no extension pg_trgm, so filters with co and ew are slow in large organisations: %', sqlerrm;
    end;
    select format('%I.gin_trgm_ops', n.nspname) into operators
    from pg_opclass o join pg_namespace n on n.oid = o.opcnamespace where o.opcname = 'gin_trgm_ops';
    if operators is not null then
        -- A short list of entries that are not sorted in yet, because every search looks through it.
        execute format('create index profile_contains on profile using gin (lower(email) %1$s, lower(full_name) %1$s)
            with (gin_pending_list_limit = 256)', operators);
    end if;
end
$$;
