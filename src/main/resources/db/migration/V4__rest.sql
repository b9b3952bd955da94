-- What a REST token may do. Null is everything that there is.
alter table access_token add column scopes text[];

-- Who put somebody into a team over REST, and who changed the role last; nobody is known for what SCIM did.
alter table team_member add column created_by bigint;
alter table team_member add column modified_at timestamptz;
alter table team_member add column modified_by bigint;
