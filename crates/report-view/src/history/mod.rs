//! A company over the years: how similar each Item was to the year before, one page for all pairs of annual reports.

mod axis;
mod bars;
mod item;
mod lines;
mod measure;
mod page;
mod pairs;
mod point;

pub use self::{
    page::history_html,
    point::{HistoryItem, HistoryPoint},
};

pub(crate) use self::page::STYLE;
