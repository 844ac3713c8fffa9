-- How jobs begin, are leased and wait.
--
-- Locks are taken in one order, so that nothing waits in a circle: job, error log and report, ledger, balance,
-- callback, message of the queue. A lease reads the message first and therefore never waits for a job.

create or replace function report_store.lock_job(wanted text) returns public.report_jobs
language plpgsql set search_path = '' as $$
declare
    job public.report_jobs;
begin
    select * into job from public.report_jobs where job_id = wanted for update;
    if not found then
        raise exception using errcode = 'PT404', message = 'no such job';
    end if;
    return job;
end
$$;
comment on function report_store.lock_job is 'The job, for writing. PT404 when there is none.';

create or replace function report_store.held_job(wanted text, lease integer) returns public.report_jobs
language plpgsql set search_path = '' as $$
declare
    job public.report_jobs := report_store.lock_job(wanted);
begin
    if job.state <> 'processing' or job.leases <> lease then
        raise exception using errcode = 'PT412', message = 'lease lost';
    end if;
    return job;
end
$$;
comment on function report_store.held_job is
    'The job, for writing by the lease that holds it. PT412 when another has it or it was ended.';

create or replace function report_store.hide_message(job public.report_jobs, seconds integer, out message_id bigint, out until timestamptz)
language plpgsql set search_path = '' as $$
begin
    message_id := job.message_id;
    select message.vt into until from pgmq.set_vt('report_jobs'::text, message_id, seconds) as message;
    if not found then
        -- Somebody removed it by hand; without a message the job would never be leased again.
        select sent into message_id from pgmq.send('report_jobs'::text, jsonb_build_object('job_id', job.job_id), seconds) as sent;
        until := clock_timestamp() + make_interval(secs => seconds);
    end if;
end
$$;
comment on function report_store.hide_message is
    'Keeps a job from being leased for so many seconds from now; the message that stands for it, and the end.';

create or replace function public.start_report_job(
    job_id text, ticker text, charge boolean, user_id uuid default null, callback_url text default null)
returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    at timestamptz := clock_timestamp();
    job public.report_jobs;
    message bigint;
begin
    insert into public.report_jobs
        (job_id, user_id, ticker, callback_url, charge, current_step, available_at, queued_at, created_at, updated_at)
    values (start_report_job.job_id, start_report_job.user_id, start_report_job.ticker, start_report_job.callback_url,
        case when start_report_job.charge then 'worker' else 'caller' end, 'Waiting for a worker', at, at, at, at)
    on conflict (job_id) do nothing
    returning * into job;
    if not found then
        select * into job from public.report_jobs where job_id = start_report_job.job_id;
        if not found then
            raise exception using errcode = '40001', message = 'the job was removed at this moment';
        end if;
        if job.ticker is distinct from start_report_job.ticker
            or job.user_id is distinct from start_report_job.user_id
            or job.callback_url is distinct from start_report_job.callback_url
        then
            raise exception using errcode = 'PT409', message = 'job exists with another body';
        end if;
        return jsonb_build_object('outcome', 'same', 'job', to_jsonb(job));
    end if;

    if job.charge = 'worker' and job.user_id is not null then
        job.charged := report_store.take_charge(job);
    end if;
    select sent into message from pgmq.send('report_jobs'::text, jsonb_build_object('job_id', job.job_id)) as sent;
    update public.report_jobs set message_id = message, charged = job.charged
    where job_id = job.job_id
    returning * into job;
    return jsonb_build_object('outcome', 'new', 'job', to_jsonb(job));
end
$$;
comment on function public.start_report_job is
    'Takes a job in: its row, its message in the queue and, if the worker charges, the user''s token, all or nothing. The same again is the same job. PT402 when the balance is short, PT409 when the id has another body.';

create or replace function public.lease_report_job(worker text, seconds integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    message record;
    job public.report_jobs;
begin
    loop
        select msg_id, vt, message ->> 'job_id' as job_id into message
        from pgmq.read('report_jobs'::text, lease_report_job.seconds, 1);
        if not found then
            return null;
        end if;

        select * into job from public.report_jobs where job_id = message.job_id for update skip locked;
        if not found and exists (select from public.report_jobs where job_id = message.job_id) then
            -- Somebody is writing to it: waiting here, with the message in hand, could be waiting in a circle.
            perform pgmq.set_vt('report_jobs'::text, message.msg_id, 1);
            continue;
        end if;
        if not found or job.finished_at is not null or job.message_id is distinct from message.msg_id then
            perform pgmq.archive('report_jobs'::text, message.msg_id::bigint);
            continue;
        end if;

        update public.report_jobs
        set state = 'processing', progress = 0, current_step = 'Starting', worker = lease_report_job.worker,
            leases = leases + 1, lost_leases = lost_leases + (state = 'processing')::integer,
            available_at = message.vt, updated_at = clock_timestamp()
        where job_id = job.job_id
        returning * into job;
        return to_jsonb(job);
    end loop;
end
$$;
comment on function public.lease_report_job is
    'The oldest job that waits or whose lease ended, for so many seconds; null when there is none.';

create or replace function public.renew_report_job(job_id text, lease integer, seconds integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    job public.report_jobs := report_store.held_job(renew_report_job.job_id, renew_report_job.lease);
    hidden record;
begin
    hidden := report_store.hide_message(job, renew_report_job.seconds);
    update public.report_jobs set available_at = hidden.until, message_id = hidden.message_id
    where job_id = job.job_id
    returning * into job;
    return to_jsonb(job);
end
$$;
comment on function public.renew_report_job is
    'Keeps a leased job for so many seconds from now. PT412 when the lease is lost.';

create or replace function public.progress_report_job(job_id text, lease integer, progress integer, current_step text)
returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    job public.report_jobs := report_store.held_job(progress_report_job.job_id, progress_report_job.lease);
begin
    update public.report_jobs
    set progress = least(greatest(progress_report_job.progress, 0), 100),
        current_step = progress_report_job.current_step, updated_at = clock_timestamp()
    where job_id = job.job_id;
end
$$;
comment on function public.progress_report_job is
    'Notes how far the work on a leased job is, in percent and in words for its user. PT412 when the lease is lost.';

create or replace function public.release_report_job(job_id text, lease integer, delay_seconds integer, counts boolean)
returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    job public.report_jobs := report_store.held_job(release_report_job.job_id, release_report_job.lease);
    hidden record;
begin
    hidden := report_store.hide_message(job, release_report_job.delay_seconds);
    update public.report_jobs
    set state = 'queued', progress = 0, current_step = 'Waiting to be tried again',
        attempts = attempts + release_report_job.counts::integer,
        available_at = hidden.until, message_id = hidden.message_id, updated_at = clock_timestamp()
    where job_id = job.job_id;
end
$$;
comment on function public.release_report_job is
    'Gives a leased job back, to be taken again after the delay; says whether this was a failed attempt or a mere wait. PT412 when the lease is lost.';

create or replace function public.retry_report_job(job_id text) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    at timestamptz := clock_timestamp();
    job public.report_jobs := report_store.lock_job(retry_report_job.job_id);
    message bigint;
begin
    if job.state <> 'failed' then
        return to_jsonb(job);
    end if;
    select sent into message from pgmq.send('report_jobs'::text, jsonb_build_object('job_id', job.job_id)) as sent;
    update public.report_jobs
    set state = 'queued', progress = 0, current_step = 'Waiting for a worker', message_id = message,
        attempts = 0, lost_leases = 0, available_at = at, queued_at = at, updated_at = at,
        settled_by = null, error = null, error_log_id = null, finished_at = null
    where job_id = job.job_id
    returning * into job;
    return to_jsonb(job);
end
$$;
comment on function public.retry_report_job is
    'Lets a failed job be tried again, as an operator wants it; any other is left as it is. It is free if its charge was refunded, and no second refund is ever paid. PT404 when there is no such job.';

create or replace function public.count_report_jobs() returns jsonb
language sql stable security definer set search_path = '' as $$
    -- The clock is read once: a row for each job would each read it anew.
    with clock as materialized (select clock_timestamp() as at),
    open as (
        select queued_at, state = 'queued' or available_at <= at as waits
        from public.report_jobs cross join clock
        where finished_at is null)
    select jsonb_build_object(
        'waiting', count(*) filter (where waits),
        'running', count(*) filter (where not waits),
        'oldest_seconds', floor(extract(epoch from (select at from clock) - min(queued_at) filter (where waits)))::bigint)
    from open
$$;
comment on function public.count_report_jobs is
    'How many jobs wait (queued, delayed, or with a lease that ended) and run, and for how long the oldest has waited.';

create or replace function public.jobs_of_user_since(user_id uuid, seconds integer) returns integer
language sql stable security definer set search_path = '' as $$
    select count(*)::integer from public.report_jobs as job
    where job.user_id = jobs_of_user_since.user_id
      and job.created_at > clock_timestamp() - make_interval(secs => jobs_of_user_since.seconds)
$$;
comment on function public.jobs_of_user_since is 'How many jobs a user has started in so many seconds.';

revoke execute on function
    report_store.lock_job, report_store.held_job, report_store.hide_message,
    public.start_report_job, public.lease_report_job, public.renew_report_job, public.progress_report_job,
    public.release_report_job, public.retry_report_job, public.count_report_jobs, public.jobs_of_user_since
    from public, anon, authenticated;
grant execute on function
    public.start_report_job, public.lease_report_job, public.renew_report_job, public.progress_report_job,
    public.release_report_job, public.retry_report_job, public.count_report_jobs, public.jobs_of_user_since
    to service_role;
