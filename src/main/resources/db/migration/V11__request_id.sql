-- The X-Request-Id of the answer, by which a call is also found in the logs of its client and of this program.
alter table journal add column request_id text;
