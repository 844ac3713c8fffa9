-- Charges, callbacks, reports that are reused, and tables that outlive the jobs they speak of.
-- Times are microseconds since 1970 in UTC. Run without foreign keys: tables are made anew under their old names.

alter table report_jobs add column charge text not null default 'caller' check (charge in ('caller', 'worker'));
alter table report_jobs add column charged integer not null default 0 check (charged in (0, 1));
alter table report_jobs add column queued_at integer not null default 0;    -- from when its deadline counts
update report_jobs set queued_at = created_at;

create index report_jobs_by_user on report_jobs (user_id, created_at);
create index report_jobs_by_end on report_jobs (finished_at) where finished_at is not null;

-- Reports, ledger and error logs stay when their jobs go by age.

create table new_reports (
    sequence                integer primary key,    -- order of arrival
    id                      text    not null unique,
    job_id                  text    not null unique,
    user_id                 text,
    ticker                  text    not null,
    company_name            text    not null,
    newer_filing_date       text,
    older_filing_date       text,
    newer_accession         text,
    older_accession         text,
    extraction_success      integer not null check (extraction_success in (0, 1)),
    sections_extracted      text    not null,       -- Items whose own text was found in both filings
    extraction_issues       text    not null,
    ai_summaries            text    not null,
    ai_cost_usd             real,                   -- null when the price is not known, 0 when another one was reused
    total_tokens_consumed   integer not null,       -- tokens of the model
    tokens_used             integer not null,       -- tokens of the user, before any refund
    refunded                integer not null check (refunded in (0, 1)),
    generation_time_seconds real    not null,
    created_at              integer not null,
    analyzer                text    not null,
    model                   text,
    prompt_version          text    not null,
    reused_from             text                    -- the report whose content this is
) strict;

insert into new_reports
select report.*, coalesce(analysis ->> 'analyzer', ''), analysis ->> 'model',
       coalesce(analysis ->> 'prompt_version', ''), null
from reports as report
left join (select report_id, document -> 'analysis' as analysis from report_documents where json_valid(document))
    on report_id = id;

drop table reports;
alter table new_reports rename to reports;
create index reports_by_filings on reports (newer_accession, older_accession) where extraction_success;
create index reports_by_user on reports (user_id);

create table new_token_transactions (
    id               text    not null primary key,
    user_id          text    not null,
    job_id           text,
    report_id        text,
    transaction_type text    not null check (transaction_type in ('purchase', 'usage', 'refund', 'grant')),
    tokens_amount    integer not null,              -- signed
    description      text    not null,
    created_at       integer not null,
    unique (job_id, transaction_type)               -- one charge and one refund for a job, however often it is tried
) strict;

insert into new_token_transactions select * from token_transactions;
drop table token_transactions;
alter table new_token_transactions rename to token_transactions;
create index token_transactions_by_user on token_transactions (user_id);

create table new_error_logs (
    id            text    not null primary key,
    job_id        text    not null unique,
    user_id       text,
    ticker        text    not null,
    error_type    text    not null,
    error_message text    not null,
    stack_trace   text    not null,                 -- the chain of causes
    status        text    not null default 'open' check (status in ('open', 'investigating', 'resolved', 'wontfix')),
    created_at    integer not null
) strict;

insert into new_error_logs select * from error_logs;
drop table error_logs;
alter table new_error_logs rename to error_logs;
create index error_logs_by_user on error_logs (user_id);

-- Callbacks: one for each job that ended and asked for it, written in the transaction that ended the job.

create table callback_deliveries (
    sequence     integer primary key,               -- order of arrival
    id           text    not null unique,           -- the webhook-id, the same in all attempts
    job_id       text    not null unique,
    url          text    not null,
    body         text    not null,                  -- the very bytes that are signed and sent
    state        text    not null default 'pending' check (state in ('pending', 'delivered', 'gone', 'failed')),
    attempts     integer not null default 0,
    leases       integer not null default 0,        -- number of the latest lease: only its outcome is noted
    noted_lease  integer not null default 0,        -- the lease whose outcome was noted last
    available_at integer not null,                  -- when the next attempt is due, or the lease ends
    worker       text,                              -- who sends it now
    last_error   text,
    created_at   integer not null,
    updated_at   integer not null,
    finished_at  integer,
    check ((finished_at is null) = (state = 'pending'))
) strict;

create index callback_deliveries_due on callback_deliveries (available_at) where state = 'pending';

create table callback_attempts (
    delivery_id  text    not null references callback_deliveries (id) on update cascade on delete cascade,
    number       integer not null,
    made_at      integer not null,
    status       integer,
    error        text,
    milliseconds integer not null,
    primary key (delivery_id, number)
) strict, without rowid;
