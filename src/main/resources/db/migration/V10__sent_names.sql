-- Given and family name as clients sent them. Where no client ever sent one, both are derived from the full name.
drop index profile_given_name;
drop index profile_family_name;
alter table profile
    drop column given_name,
    drop column family_name,
    add column sent_given_name text,
    add column sent_family_name text;
alter table profile
    add column given_name text generated always as (
        case when sent_given_name is null and sent_family_name is null
            then split_part(full_name, ' ', 1)
            else sent_given_name end) stored,
    add column family_name text generated always as (
        case when sent_given_name is null and sent_family_name is null
            then nullif(substr(full_name, length(split_part(full_name, ' ', 1)) + 2), '')
            else sent_family_name end) stored;
create index profile_given_name on profile (universe_id, lower(given_name) text_pattern_ops);
create index profile_family_name on profile (universe_id, lower(family_name) text_pattern_ops);
-- As V7__statistics.sql sets it.
alter index profile_given_name alter column 2 set statistics 1000;
alter index profile_family_name alter column 2 set statistics 1000;

-- When the name or the members of a group were last changed, for filters by meta.lastModified.
alter table team add column modified_at timestamptz;
update team set modified_at = created_at;
alter table team alter column modified_at set not null;

-- Names compare alike however their accents are composed; new ones are stored composed.
update profile set full_name = normalize(full_name, nfc) where full_name is not nfc normalized;
update team set name = normalize(name, nfc), group_name = normalize(group_name, nfc)
    where name is not nfc normalized or group_name is not nfc normalized;
update user_group set name = normalize(name, nfc) where name is not nfc normalized;
