-- Who may read what. Users read their own rows and write nothing; strangers do neither. The service role passes by
-- row level security, and is the only one that may call the functions.

do $$
declare
    protected text;
begin
    foreach protected in array array[
        'profiles', 'reports', 'report_documents', 'token_transactions', 'error_logs', 'report_jobs',
        'callback_deliveries', 'callback_attempts', 'api_slots', 'model_answers', 'model_batches']
    loop
        execute format('alter table public.%I enable row level security', protected);
        execute format('revoke all on public.%I from public, anon, authenticated', protected);
        execute format('grant all on public.%I to service_role', protected);
    end loop;
end
$$;
revoke all on sequence public.report_jobs_sequence_seq from public, anon, authenticated;

create or replace view public.my_report_jobs with (security_invoker = true) as
select job_id, user_id, ticker, charged, state, progress, current_step, report_id, error, refunded,
    created_at, updated_at, finished_at
from public.report_jobs;
comment on view public.my_report_jobs is 'A user''s own jobs, without what concerns operators alone.';
revoke all on public.my_report_jobs from public, anon, authenticated;

grant select on public.profiles, public.reports, public.report_documents, public.token_transactions,
    public.my_report_jobs to authenticated;
-- A view of the invoker needs these, and no more.
grant select (job_id, user_id, ticker, charged, state, progress, current_step, report_id, error, refunded,
    created_at, updated_at, finished_at) on public.report_jobs to authenticated;
grant select on public.my_report_jobs to service_role;

-- Each table has a policy that lets users read, and one that holds whatever policies were here before: those only
-- widen what the first one allows, and nothing widens a restrictive one.

drop policy if exists "own profile" on public.profiles;
create policy "own profile" on public.profiles for select to authenticated using (id = (select auth.uid()));
drop policy if exists "no other profile" on public.profiles;
create policy "no other profile" on public.profiles as restrictive to anon, authenticated
    using (id = (select auth.uid()));

drop policy if exists "own reports" on public.reports;
create policy "own reports" on public.reports for select to authenticated using (user_id = (select auth.uid()));
drop policy if exists "no other reports" on public.reports;
create policy "no other reports" on public.reports as restrictive to anon, authenticated
    using (user_id = (select auth.uid()));

drop policy if exists "documents of own reports" on public.report_documents;
create policy "documents of own reports" on public.report_documents for select to authenticated
    using (exists (
        select from public.reports as report
        where report.id = report_id and report.user_id = (select auth.uid())));

drop policy if exists "own transactions" on public.token_transactions;
create policy "own transactions" on public.token_transactions for select to authenticated
    using (user_id = (select auth.uid()));
drop policy if exists "no other transactions" on public.token_transactions;
create policy "no other transactions" on public.token_transactions as restrictive to anon, authenticated
    using (user_id = (select auth.uid()));

drop policy if exists "own jobs" on public.report_jobs;
create policy "own jobs" on public.report_jobs for select to authenticated using (user_id = (select auth.uid()));

drop policy if exists "no error logs" on public.error_logs;
create policy "no error logs" on public.error_logs as restrictive to anon, authenticated using (false);

-- PostgREST reads the schema anew.
notify pgrst, 'reload schema';
