-- The queue of jobs: pgmq, which Supabase offers as Queues, and the schema of functions that nobody calls from outside.

do $$
begin
    -- Its SQL may lie in the schema without being an extension; to install it then would be an error.
    if pg_catalog.to_regprocedure('pgmq.create(text)') is not null then
        null;
    elsif exists (select from pg_catalog.pg_available_extensions where name = 'pgmq') then
        create extension pgmq;
    else
        raise exception using
            message = 'pgmq is missing',
            hint = 'enable the extension pgmq (Supabase: Queues), or install its SQL into the schema pgmq, then run the migrations again';
    end if;

    -- Asked first, since creating a queue twice is an error in some versions.
    if pg_catalog.to_regclass('pgmq.q_report_jobs') is null then
        perform pgmq.create('report_jobs');
    end if;
end
$$;

-- No policy: only the owner, and so only our functions, sees what waits.
alter table pgmq.q_report_jobs enable row level security;
alter table pgmq.a_report_jobs enable row level security;

create schema if not exists report_store;
comment on schema report_store is
    'What the functions of the report worker share. Not exposed, and nobody but the owner may use it.';
revoke all on schema report_store from public;
