-- How many names begin in some way, PostgreSQL knows as exactly as it has drawn lines between them: a hundred, unless it is
-- told otherwise. With a line in the wrong place it took a few names for a thousand, and looked at everybody in order instead.
alter index profile_email alter column 2 set statistics 1000;
alter index profile_full_name alter column 2 set statistics 1000;
alter index profile_given_name alter column 2 set statistics 1000;
alter index profile_family_name alter column 2 set statistics 1000;
