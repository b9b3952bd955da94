-- What a REST token may do. Null is everything that there is.
alter table access_token add column scopes text[];

-- Who put somebody into a team over REST, and who changed the role last; nobody is known for what SCIM did.
alter table team_member add column created_by bigint;
alter table team_member add column modified_at timestamptz;
alter table team_member add column modified_by bigint;

-- Lists are read in the order of ids, from an id on.
create index team_page on team (organization_id, id);
drop index membership_license;
create index membership_license on membership (organization_id, license, profile_id);
drop index membership_status;
create index membership_status on membership (organization_id, status, profile_id) where status <> 'ACTIVE';
drop index membership_admin;
create index membership_role on membership (organization_id, role, profile_id) where role <> 'INTERNAL_USER';
