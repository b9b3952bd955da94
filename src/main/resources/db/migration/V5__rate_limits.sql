-- What is left of each caller's allowance, for all instances of the program together.
create table rate_limit (
    caller text primary key,
    state bytea,
    expires_at bigint
);
create index rate_limit_expires on rate_limit (expires_at);
