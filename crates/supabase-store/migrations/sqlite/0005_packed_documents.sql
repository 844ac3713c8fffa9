-- Reports are kept packed: a sixth of the pages to write while others wait, and of the room on disk.
-- Run without foreign keys, as the step before.

create table new_report_documents (
    report_id text not null unique references reports (id) on delete cascade,
    document  any  not null                         -- JSON: packed with Zstandard, or as text by older versions
) strict;

insert into new_report_documents select report_id, document from report_documents;
drop table report_documents;
alter table new_report_documents rename to report_documents;
