-- The pace at which all processes on this file ask EDGAR, in one row.
-- Times are microseconds since 1970 in UTC.

create table edgar_slots (
    only_row      integer not null primary key check (only_row = 1),
    next_slot     integer not null,                 -- when the next request may be sent
    blocked_until integer not null default 0        -- nobody asks before then: EDGAR refused a request
) strict;

insert into edgar_slots (only_row, next_slot) values (1, 0);
