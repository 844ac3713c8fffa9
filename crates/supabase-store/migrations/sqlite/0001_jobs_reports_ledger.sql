-- Jobs, reports, ledger and error log of the embedded engine.
-- Times are microseconds since 1970 in UTC, dates are ISO 8601 text, lists and maps are JSON text.

create table report_jobs (
    sequence      integer primary key,              -- order of arrival
    job_id        text    not null unique,
    user_id       text,                             -- null: nobody is charged, nobody gets a refund
    ticker        text    not null,
    callback_url  text,
    state         text    not null check (state in ('queued', 'processing', 'completed', 'failed')),
    progress      integer not null default 0 check (progress between 0 and 100),
    current_step  text    not null,
    available_at  integer not null,                 -- end of the delay, or of the lease
    worker        text,                             -- who leased it last
    leases        integer not null default 0,       -- number of the latest lease: the fence of every later write
    lost_leases   integer not null default 0,       -- ended without a word
    attempts      integer not null default 0,       -- failed ones
    settled_by    integer,                          -- the lease that ended the job; null when cancelled
    report_id     text,
    error         text,
    error_log_id  text,
    refunded      integer not null default 0 check (refunded in (0, 1)),
    created_at    integer not null,
    updated_at    integer not null,
    finished_at   integer,
    check ((finished_at is null) = (state in ('queued', 'processing')))
) strict;

-- The queue: without it each lease would read all finished jobs.
create index report_jobs_open on report_jobs (sequence) where finished_at is null;

create table reports (
    sequence                integer primary key,    -- order of arrival
    id                      text    not null unique,
    job_id                  text    not null unique references report_jobs (job_id),
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
    ai_cost_usd             real,                   -- null when the price is not known
    total_tokens_consumed   integer not null,       -- tokens of the model
    tokens_used             integer not null,       -- tokens of the user, before any refund
    refunded                integer not null check (refunded in (0, 1)),
    generation_time_seconds real    not null,
    created_at              integer not null
) strict;

-- The whole report; lists never read it.
create table report_documents (
    report_id text not null primary key references reports (id) on delete cascade,
    document  text not null
) strict, without rowid;

-- The ledger: a user's balance is its sum.
create table token_transactions (
    id               text    not null primary key,
    user_id          text    not null,
    job_id           text    references report_jobs (job_id),
    report_id        text    references reports (id),
    transaction_type text    not null check (transaction_type in ('purchase', 'usage', 'refund', 'grant')),
    tokens_amount    integer not null,              -- signed
    description      text    not null,
    created_at       integer not null,
    unique (job_id, transaction_type)               -- one charge and one refund for a job, however often it is tried
) strict;

create index token_transactions_by_user on token_transactions (user_id);

create table error_logs (
    id            text    not null primary key,
    job_id        text    not null unique references report_jobs (job_id),
    user_id       text,
    ticker        text    not null,
    error_type    text    not null,
    error_message text    not null,
    stack_trace   text    not null,                 -- the chain of causes
    status        text    not null default 'open' check (status in ('open', 'investigating', 'resolved', 'wontfix')),
    created_at    integer not null
) strict;
