//! Pages for people: a plain list of jobs and reports.

mod list;

pub(crate) use list::list;
