-- What goes by age, and what goes with a user.

create or replace function public.remove_older_than(days integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
    -- Time in PostgreSQL has a beginning.
    before timestamptz := clock_timestamp() - make_interval(days => least(days, 365000));
    -- A project ends what takes too long, and then nothing would ever go.
    most constant bigint := 1000;
    jobs bigint;
    deliveries bigint;
    answers bigint;
    batches bigint;
    messages bigint;
begin
    if days is null or days < 0 then
        raise exception using errcode = '22023', message = 'days must not be negative';
    end if;
    -- Jobs first, as everywhere. One that is being written to is left for the next time.
    delete from public.report_jobs as job
    where job.job_id in (
        select old.job_id from public.report_jobs as old
        where old.finished_at < before
          and not exists (
            select from public.callback_deliveries as delivery
            where delivery.job_id = old.job_id and delivery.state = 'pending')
        order by old.finished_at limit most
        for update skip locked);
    get diagnostics jobs = row_count;

    delete from public.callback_deliveries as delivery
    where delivery.id in (
        select old.id from public.callback_deliveries as old
        where old.finished_at < before
        order by old.finished_at limit most
        for update skip locked);
    get diagnostics deliveries = row_count;

    delete from public.model_answers
    where key in (
        select key from public.model_answers where made_at < before
        order by made_at limit most for update skip locked);
    get diagnostics answers = row_count;

    delete from public.model_batches
    where id in (
        select id from public.model_batches where created_at < before
        order by created_at limit most for update skip locked);
    get diagnostics batches = row_count;

    delete from pgmq.a_report_jobs
    where msg_id in (
        select msg_id from pgmq.a_report_jobs where archived_at < before
        order by archived_at limit most for update skip locked);
    get diagnostics messages = row_count;

    return jsonb_build_object(
        'jobs', jobs, 'deliveries', deliveries, 'answers', answers,
        'more', greatest(jobs, deliveries, answers, batches, messages) = most);
end
$$;
comment on function public.remove_older_than is
    'Removes finished jobs, finished callbacks, answers of models and archived messages that are older, at most 1000 of each; "more" asks to be called again. Reports, ledger and error logs stay, so a job that comes back cannot be paid for twice.';

create or replace function public.erase_user(user_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    job public.report_jobs;
    reports bigint;
    jobs bigint;
    errors bigint;
begin
    -- All of them before anything else: a loop would lock some, pay a refund, and then wait for the next.
    perform from public.report_jobs where user_id = erase_user.user_id order by sequence for update;
    for job in
        select * from public.report_jobs
        where user_id = erase_user.user_id and finished_at is null order by sequence for update
    loop
        perform report_store.cancel(job);
    end loop;

    update public.error_logs set user_id = null, error_message = '', stack_trace = ''
    where user_id = erase_user.user_id;
    get diagnostics errors = row_count;
    -- Lines stay, so that the balance stays their sum.
    update public.token_transactions set report_id = null, description = ''
    where user_id = erase_user.user_id;
    delete from public.reports where user_id = erase_user.user_id;
    get diagnostics reports = row_count;
    -- A job that came in since then is not cancelled yet, and so stays.
    delete from public.callback_deliveries
    where job_id in (
        select job_id from public.report_jobs where user_id = erase_user.user_id and finished_at is not null);
    delete from public.report_jobs where user_id = erase_user.user_id and finished_at is not null;
    get diagnostics jobs = row_count;
    return jsonb_build_object('reports', reports, 'jobs', jobs, 'error_logs', errors);
end
$$;
comment on function public.erase_user is
    'Cancels and removes a user''s jobs, removes their reports and callbacks, and empties what is personal in error logs and ledger. The ledger stays balanced.';

revoke execute on function public.remove_older_than, public.erase_user from public, anon, authenticated;
grant execute on function public.remove_older_than, public.erase_user to service_role;
