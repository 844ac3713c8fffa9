-- The tables. On a database that has some of them already, missing columns are added and rows are kept.

create table if not exists public.profiles (id uuid primary key);
create table if not exists public.reports (id uuid primary key default gen_random_uuid());
create table if not exists public.token_transactions (id uuid primary key default gen_random_uuid());
create table if not exists public.error_logs (id uuid primary key default gen_random_uuid());

-- What tables that were here before are stricter about than what we write.

do $$
declare
    older record;
begin
    -- A job may have no user, a report on a file from disk neither dates nor numbers, and columns that we do not know
    -- stay empty. A profile is the application's to make.
    for older in
        select attribute.attrelid::regclass as table_name, attribute.attname as column_name
        from pg_catalog.pg_attribute as attribute
        where attribute.attrelid in (
            'public.reports'::regclass, 'public.token_transactions'::regclass, 'public.error_logs'::regclass)
          and attribute.attnum > 0 and not attribute.attisdropped and attribute.attname <> 'id'
          and attribute.attnotnull and attribute.attidentity = ''
          and (not attribute.atthasdef or attribute.attname in (
            'user_id', 'report_id', 'company_name', 'newer_filing_date', 'older_filing_date', 'newer_accession',
            'older_accession', 'ai_cost_usd', 'model', 'prompt_version'))
    loop
        execute format('alter table %s alter column %I drop not null', older.table_name, older.column_name);
    end loop;

    -- Seconds have fractions, and a word of ours need not be one of theirs.
    for older in
        select attribute.attrelid::regclass as table_name, attribute.attname as column_name, wanted.type_name,
            pg_catalog.pg_get_expr(preset.adbin, preset.adrelid) as preset
        from (values
            ('public.reports'::regclass, 'generation_time_seconds', 'numeric'),
            ('public.reports', 'ai_cost_usd', 'numeric'),
            ('public.token_transactions', 'transaction_type', 'text'),
            ('public.error_logs', 'error_type', 'text'),
            ('public.error_logs', 'status', 'text')) as wanted (table_id, column_name, type_name)
        join pg_catalog.pg_attribute as attribute
            on attribute.attrelid = wanted.table_id and attribute.attname = wanted.column_name
        join pg_catalog.pg_type as type on type.oid = attribute.atttypid
        left join pg_catalog.pg_attrdef as preset
            on preset.adrelid = attribute.attrelid and preset.adnum = attribute.attnum
        where type.typtype = 'e' or type.typname in ('int2', 'int4', 'int8')
    loop
        execute format('alter table %s alter column %I drop default', older.table_name, older.column_name);
        execute format('alter table %1$s alter column %2$I type %3$s using %2$I::%3$s',
            older.table_name, older.column_name, older.type_name);
        if older.preset is not null then
            execute format('alter table %s alter column %I set default (%s)::%s',
                older.table_name, older.column_name, older.preset, older.type_name);
        end if;
    end loop;
end
$$;

-- Balances

alter table public.profiles
    add column if not exists tokens_remaining integer not null default 0,
    add column if not exists created_at timestamptz not null default now();

-- Reports

alter table public.reports
    add column if not exists job_id text,
    add column if not exists user_id uuid,
    add column if not exists ticker text,
    add column if not exists company_name text,
    add column if not exists newer_filing_date date,
    add column if not exists older_filing_date date,
    add column if not exists newer_accession text,
    add column if not exists older_accession text,
    add column if not exists extraction_success boolean,
    add column if not exists sections_extracted text[],
    add column if not exists extraction_issues text[],
    add column if not exists ai_summaries jsonb,
    add column if not exists ai_cost_usd numeric,
    add column if not exists total_tokens_consumed bigint,
    add column if not exists tokens_used integer,
    add column if not exists refunded boolean not null default false,
    add column if not exists generation_time_seconds numeric,
    add column if not exists created_at timestamptz not null default now(),
    add column if not exists analyzer text,
    add column if not exists model text,
    add column if not exists prompt_version text,
    add column if not exists reused_from uuid;

create unique index if not exists reports_job_id_key on public.reports (job_id);
create index if not exists reports_by_user on public.reports (user_id, created_at);
create index if not exists reports_by_filings on public.reports (newer_accession, older_accession, created_at)
    where extraction_success;

create table if not exists public.report_documents (
    report_id uuid primary key references public.reports (id) on delete cascade,
    document  jsonb not null
);

-- The ledger

do $$
declare
    -- Once, when these tables are first adopted: from here on a balance is the sum of its ledger.
    is_first constant boolean not null := not exists (
        select from pg_catalog.pg_attribute
        where attrelid = 'public.token_transactions'::regclass and attname = 'job_id' and not attisdropped);
begin
    alter table public.token_transactions
        add column if not exists user_id uuid,
        add column if not exists job_id text,
        add column if not exists report_id uuid,
        add column if not exists transaction_type text,
        add column if not exists tokens_amount integer,
        add column if not exists description text,
        add column if not exists created_at timestamptz not null default now();
    if not is_first then
        return;
    end if;

    update public.profiles set tokens_remaining = greatest(coalesce(tokens_remaining, 0), 0)
    where tokens_remaining is null or tokens_remaining < 0;
    insert into public.token_transactions (user_id, transaction_type, tokens_amount, description)
    select profile.id, case when missing.tokens > 0 then 'grant' else 'usage' end, missing.tokens, 'Opening balance'
    from public.profiles as profile
    cross join lateral (
        select profile.tokens_remaining - coalesce(sum(line.tokens_amount), 0) as tokens
        from public.token_transactions as line
        where line.user_id = profile.id) as missing
    where missing.tokens <> 0;
end
$$;

create unique index if not exists token_transactions_job_id_type_key
    on public.token_transactions (job_id, transaction_type);
create index if not exists token_transactions_by_user on public.token_transactions (user_id, created_at);

-- Errors

alter table public.error_logs
    add column if not exists job_id text,
    add column if not exists user_id uuid,
    add column if not exists ticker text,
    add column if not exists error_type text,
    add column if not exists error_message text,
    add column if not exists stack_trace text,
    add column if not exists status text not null default 'open',
    add column if not exists created_at timestamptz not null default now();

create unique index if not exists error_logs_job_id_key on public.error_logs (job_id);
create index if not exists error_logs_by_user on public.error_logs (user_id);

-- Jobs

create table if not exists public.report_jobs (
    sequence     bigint generated always as identity unique,
    job_id       text primary key,
    user_id      uuid,
    ticker       text not null,
    callback_url text,
    charge       text not null check (charge in ('caller', 'worker')),
    charged      boolean not null default false,
    state        text not null default 'queued' check (state in ('queued', 'processing', 'completed', 'failed')),
    progress     integer not null default 0 check (progress between 0 and 100),
    current_step text not null,
    message_id   bigint,
    worker       text,
    leases       integer not null default 0,
    lost_leases  integer not null default 0,
    attempts     integer not null default 0,
    available_at timestamptz not null,
    settled_by   integer,
    report_id    uuid,
    error        text,
    error_log_id uuid,
    refunded     boolean not null default false,
    queued_at    timestamptz not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    finished_at  timestamptz,
    check ((finished_at is null) = (state in ('queued', 'processing')))
);

create index if not exists report_jobs_open on public.report_jobs (sequence) where finished_at is null;
create index if not exists report_jobs_by_user on public.report_jobs (user_id, created_at);
create index if not exists report_jobs_by_end on public.report_jobs (finished_at);

-- Callbacks

create table if not exists public.callback_deliveries (
    id           text primary key,
    job_id       text not null unique,
    url          text not null,
    body         text not null,
    state        text not null default 'pending' check (state in ('pending', 'delivered', 'gone', 'failed')),
    attempts     integer not null default 0,
    leases       integer not null default 0,
    noted_lease  integer not null default 0,
    available_at timestamptz not null,
    worker       text,
    last_error   text,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    finished_at  timestamptz,
    check ((finished_at is null) = (state = 'pending'))
);

create index if not exists callback_deliveries_due on public.callback_deliveries (available_at)
    where state = 'pending';

create table if not exists public.callback_attempts (
    delivery_id  text not null references public.callback_deliveries (id) on update cascade on delete cascade,
    number       integer not null,
    made_at      timestamptz not null,
    status       integer,
    error        text,
    milliseconds integer not null,
    primary key (delivery_id, number)
);

-- The pace at EDGAR

create table if not exists public.api_slots (
    name          text primary key,
    next_slot     timestamptz not null,
    blocked_until timestamptz not null
);
insert into public.api_slots (name, next_slot, blocked_until) values ('edgar', '-infinity', '-infinity')
on conflict do nothing;

-- What language models answered

create table if not exists public.model_answers (
    key     text primary key,
    model   text not null,
    answer  text not null,
    tokens  bigint not null,
    made_at timestamptz not null
);
create index if not exists model_answers_by_age on public.model_answers (made_at);

create table if not exists public.model_batches (
    id         text primary key,
    keys       text[] not null,
    created_at timestamptz not null
);

-- What must hold from here on. Rows that were here before are not asked.

do $$
declare
    rule record;
begin
    for rule in
        select * from (values
            ('profiles', 'profiles_tokens_not_negative', 'check (tokens_remaining >= 0)'),
            ('token_transactions', 'token_transactions_type_known',
                'check (transaction_type in (''purchase'', ''usage'', ''refund'', ''grant''))'),
            ('error_logs', 'error_logs_status_known',
                'check (status in (''open'', ''investigating'', ''resolved'', ''wontfix''))')
        ) as rules (table_name, rule_name, definition)
    loop
        if not exists (
            select from pg_catalog.pg_constraint
            where conname = rule.rule_name and conrelid = format('public.%I', rule.table_name)::regclass)
        then
            execute format('alter table public.%I add constraint %I %s not valid',
                rule.table_name, rule.rule_name, rule.definition);
        end if;
    end loop;
end
$$;
alter table public.profiles alter column tokens_remaining set not null;

comment on table public.profiles is 'Users and their balance. Users read their own row; only functions of the service change a balance.';
comment on column public.profiles.tokens_remaining is 'The sum of the user''s lines in token_transactions, never below 0.';
comment on table public.reports is 'A line for each report. The report itself is in report_documents.';
comment on column public.reports.job_id is 'The job that made it; a job makes one report at most.';
comment on column public.reports.extraction_success is 'Whether the report can be relied on.';
comment on column public.reports.sections_extracted is 'Items whose own text was found in both filings.';
comment on column public.reports.ai_cost_usd is 'Null when the price is not known, 0 when another report was reused.';
comment on column public.reports.total_tokens_consumed is 'Tokens of the language model.';
comment on column public.reports.tokens_used is 'Tokens of the user, before any refund.';
comment on column public.reports.reused_from is 'The report whose content this is, when it was not made anew.';
comment on table public.report_documents is 'The whole report as JSON; lists never read it.';
comment on table public.token_transactions is 'The ledger, signed: a user''s balance is its sum. One charge and one refund for a job at most.';
comment on table public.error_logs is 'Why reports failed, for operators.';
comment on column public.error_logs.stack_trace is 'The chain of causes; never a secret.';
comment on table public.report_jobs is 'Jobs and where they stand. What waits is also a message in the queue report_jobs of pgmq.';
comment on column public.report_jobs.sequence is 'The order of arrival.';
comment on column public.report_jobs.charge is 'Who takes the token: the caller beforehand, or the worker when the job starts.';
comment on column public.report_jobs.charged is 'Whether the ledger has the charge of this job.';
comment on column public.report_jobs.message_id is 'The message of pgmq that stands for the job; any other is void.';
comment on column public.report_jobs.worker is 'Who leased it last.';
comment on column public.report_jobs.leases is 'The number of the latest lease: the fence of every later write.';
comment on column public.report_jobs.lost_leases is 'Leases that ended without a word.';
comment on column public.report_jobs.attempts is 'Attempts that failed.';
comment on column public.report_jobs.available_at is 'The end of the delay, or of the lease.';
comment on column public.report_jobs.settled_by is 'The lease that ended the job; null when it was cancelled.';
comment on column public.report_jobs.queued_at is 'From when its deadline counts.';
comment on table public.callback_deliveries is 'Callbacks to make, one for a job that ended.';
comment on column public.callback_deliveries.id is 'The webhook-id: the same in all attempts.';
comment on column public.callback_deliveries.body is 'The very bytes that are signed and sent.';
comment on column public.callback_deliveries.leases is 'The number of the latest lease: only its outcome is noted.';
comment on column public.callback_deliveries.noted_lease is 'The lease whose outcome was noted last.';
comment on column public.callback_deliveries.available_at is 'When the next attempt is due, or the lease ends.';
comment on table public.callback_attempts is 'What became of each attempt to deliver a callback.';
comment on table public.api_slots is 'The pace at which all workers together ask a foreign service.';
comment on column public.api_slots.blocked_until is 'Nobody asks before then: the service refused a request.';
comment on table public.model_answers is 'What language models answered, so that no question is paid for twice.';
comment on column public.model_answers.key is 'SHA-256 of the question in hex.';
comment on table public.model_batches is 'Questions sent to a language model together and not all answered yet.';
