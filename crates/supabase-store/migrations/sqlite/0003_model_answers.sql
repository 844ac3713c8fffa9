-- What language models answered, so that no question is paid for twice, and what they were asked in batches.
-- Times are microseconds since 1970 in UTC.

create table model_answers (
    key     text    not null primary key,           -- SHA-256 of the question in hex
    model   text    not null,                       -- who answered
    answer  text    not null,                       -- JSON
    tokens  integer not null,                       -- what it took
    made_at integer not null
) strict, without rowid;

-- The oldest go first.
create index model_answers_by_age on model_answers (made_at);

-- Questions that were sent together and are not all answered; a restarted process asks for the answers.
create table model_batches (
    id         text    not null primary key,        -- the provider's name for it
    keys       text    not null,                    -- list of the questions' keys
    created_at integer not null
) strict, without rowid;
