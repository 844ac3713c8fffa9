-- How jobs end: report or error log, refund, callback and the job's state, in one transaction that may be asked for again.

create or replace function report_store.callback_body(job public.report_jobs) returns text
language sql immutable set search_path = '' as $$
    select case when job.state = 'completed' then
        format('{"job_id":%s,"status":"completed","report_id":%s,"refunded":%s}',
            to_json(job.job_id), to_json(job.report_id), to_json(job.refunded))
    else
        format('{"job_id":%s,"status":"failed","error":%s,"error_log_id":%s,"refunded":%s}',
            to_json(job.job_id), coalesce(to_json(job.error)::text, 'null'),
            coalesce(to_json(job.error_log_id)::text, 'null'), to_json(job.refunded))
    end
$$;
comment on function report_store.callback_body is 'What the callback of an ended job says, byte for byte.';

create or replace function report_store.end_job(job public.report_jobs, lease integer, end_state text, step text)
returns public.report_jobs
language plpgsql set search_path = '' as $$
declare
    at timestamptz := clock_timestamp();
begin
    update public.report_jobs as ended
    set state = end_state, current_step = step, settled_by = lease, finished_at = at, updated_at = at,
        progress = case when end_state = 'completed' then 100 else ended.progress end,
        report_id = job.report_id, error = job.error, error_log_id = job.error_log_id, refunded = job.refunded,
        attempts = job.attempts
    where ended.job_id = job.job_id
    returning * into job;

    if job.callback_url is not null then
        insert into public.callback_deliveries as delivery
            (id, job_id, url, body, available_at, created_at, updated_at)
        values ('job_' || job.job_id, job.job_id, job.callback_url, report_store.callback_body(job), at, at, at)
        -- A retried job ended again: its receiver would drop an id that it has seen.
        on conflict (job_id) do update
        set id = 'job_' || job.job_id || '_' || job.leases, url = excluded.url, body = excluded.body,
            state = 'pending', attempts = 0, available_at = at, worker = null, last_error = null,
            updated_at = at, finished_at = null;
    end if;
    perform pgmq.archive('report_jobs'::text, job.message_id);
    return job;
end
$$;
comment on function report_store.end_job is
    'Ends a job with the outcome that stands in the row it is given, and lets its callback be made.';

create or replace function public.complete_report(job_id text, lease integer, report jsonb, document jsonb)
returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    job public.report_jobs := report_store.lock_job(complete_report.job_id);
    line public.reports := jsonb_populate_record(null::public.reports, report);
    stored uuid;
begin
    if job.settled_by = lease then
        return to_jsonb(job);
    end if;
    job := report_store.held_job(job.job_id, lease);

    -- Once removed by age and asked for again, a job has its report already.
    select id into stored from public.reports where job_id = job.job_id;
    if not found then
        insert into public.reports
            (id, job_id, user_id, ticker, company_name, newer_filing_date, older_filing_date,
             newer_accession, older_accession, extraction_success, sections_extracted, extraction_issues,
             ai_summaries, ai_cost_usd, total_tokens_consumed, tokens_used, refunded, generation_time_seconds,
             analyzer, model, prompt_version, reused_from)
        values
            (line.id, job.job_id, report_store.known_user(job.user_id), job.ticker, line.company_name,
             line.newer_filing_date, line.older_filing_date, line.newer_accession, line.older_accession,
             line.extraction_success, line.sections_extracted, line.extraction_issues, line.ai_summaries,
             line.ai_cost_usd, line.total_tokens_consumed, coalesce(line.tokens_used, 0),
             job.refunded, line.generation_time_seconds, line.analyzer, line.model, line.prompt_version, line.reused_from)
        on conflict (id) do nothing
        returning id into stored;
        if not found then
            raise exception using errcode = 'PT422', message = 'report exists already';
        end if;
        insert into public.report_documents (report_id, document) values (stored, complete_report.document);
    end if;

    if (report ->> 'refund')::boolean then
        job.refunded := report_store.pay_refund(job, stored, report ->> 'refund_description') or job.refunded;
        update public.reports set refunded = job.refunded where id = stored;
    end if;
    job.report_id := stored;
    job := report_store.end_job(job, lease, 'completed', 'Completed');
    return to_jsonb(job);
end
$$;
comment on function public.complete_report is
    'Stores the report, pays the refund if `report.refund` says so, completes the job. The lease that ended it gets the same job again; PT412 for any other, PT404 without a job, PT422 when another job has the report''s id.';

create or replace function public.fail_report_job(
    job_id text, lease integer, error_type text, error_message text, stack_trace text)
returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    job public.report_jobs := report_store.lock_job(fail_report_job.job_id);
begin
    if job.settled_by = lease then
        return to_jsonb(job);
    end if;
    job := report_store.held_job(job.job_id, lease);

    insert into public.error_logs (job_id, user_id, ticker, error_type, error_message, stack_trace)
    values (job.job_id, report_store.known_user(job.user_id), job.ticker, fail_report_job.error_type,
        fail_report_job.error_message, fail_report_job.stack_trace)
    -- An operator let it be tried again, and it failed again.
    on conflict (job_id) do update
    set error_type = excluded.error_type, error_message = excluded.error_message,
        stack_trace = excluded.stack_trace, status = 'open'
    returning id into job.error_log_id;

    job.error := fail_report_job.error_message;
    job.attempts := job.attempts + 1;
    job.refunded := report_store.pay_refund(job, null, 'Refund: the report failed') or job.refunded;
    job := report_store.end_job(job, lease, 'failed', 'Failed');
    return to_jsonb(job);
end
$$;
comment on function public.fail_report_job is
    'Writes the error log, pays the refund, fails the job. The lease that ended it gets the same job again; PT412 for any other, PT404 without a job.';

create or replace function report_store.cancel(job public.report_jobs) returns public.report_jobs
language plpgsql set search_path = '' as $$
begin
    job.error := 'cancelled';
    job.refunded := report_store.pay_refund(job, null, 'Refund: the report was cancelled') or job.refunded;
    return report_store.end_job(job, null, 'failed', 'Cancelled');
end
$$;
comment on function report_store.cancel is 'Ends an open job that the caller has locked.';

create or replace function public.cancel_report_job(job_id text) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    job public.report_jobs;
begin
    select * into job from public.report_jobs where job_id = cancel_report_job.job_id for update;
    if not found then
        return null;
    end if;
    if job.finished_at is null then
        job := report_store.cancel(job);
    end if;
    return to_jsonb(job);
end
$$;
comment on function public.cancel_report_job is
    'Ends a job that is not finished: failed, with the error cancelled, the charge refunded, a running lease lost. The job as it is then; null when there is none.';

create or replace function public.reusable_report(
    newer_accession text, older_accession text, analyzer text, prompt_version text, model text default null)
returns jsonb
language sql stable security definer set search_path = '' as $$
    select document.document
    from public.reports as report join public.report_documents as document on document.report_id = report.id
    where report.extraction_success
      and report.newer_accession = reusable_report.newer_accession
      and report.older_accession = reusable_report.older_accession
      and report.analyzer = reusable_report.analyzer
      and report.model is not distinct from reusable_report.model
      and report.prompt_version is not distinct from reusable_report.prompt_version
    order by report.created_at desc
    limit 1
$$;
comment on function public.reusable_report is
    'The newest good report on these two filings, made the same way; null when there is none.';

revoke execute on function
    report_store.callback_body, report_store.end_job, report_store.cancel,
    public.complete_report, public.fail_report_job, public.cancel_report_job, public.reusable_report
    from public, anon, authenticated;
grant execute on function
    public.complete_report, public.fail_report_job, public.cancel_report_job, public.reusable_report
    to service_role;
