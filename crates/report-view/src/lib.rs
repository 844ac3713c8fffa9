//! A 10-K change report as one self-contained HTML page, as Markdown for chats and issues, or as CSV; and the history of a
//! company as a page.
//!
//! All are pure functions of [`Report`](filing_model::Report)s: no files, no network, no clock.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let json = r#"{
//! #   "schema_version": 1, "report_id": "5f1c0a7e", "company": {"name": "Northwind <Instruments>"},
//! #   "newer": {"form": "10-K"}, "older": {"form": "10-K"}, "sections": [], "signals": [],
//! #   "analysis": {"analyzer": "extractive", "model": null, "prompt_version": "1", "executive_summary": "",
//! #     "summaries": {}, "findings": [], "dropped": [], "degraded": null,
//! #     "not_sent_words": {"total": 0, "by_item": {}}, "total_tokens": 0, "total_cost_usd": null},
//! #   "quality": {"is_valid": true, "profile": "evidence", "issues": [], "findings": []},
//! #   "notes": [], "made_on": "2026-03-02", "generation_time_seconds": 1.5, "disclaimer": "Not advice."
//! # }"#;
//! let report: filing_model::Report = serde_json::from_str(json)?;
//!
//! let page = report_view::html(&report);
//! assert!(page.starts_with("<!DOCTYPE html>"));
//! assert!(page.contains("Northwind &lt;Instruments&gt;")); // whatever a filing says stays text
//!
//! let message = report_view::markdown(&report);
//! assert!(message.starts_with("# Northwind"));
//!
//! let table = report_view::similarities_csv(&report); // and `changes_csv`
//! assert!(table.starts_with("company,ticker,"));
//!
//! let years = [report_view::HistoryPoint::of(&report)];
//! assert!(report_view::history_html(&report.company, &years).contains("10-K history"));
//! # Ok(()) }
//! ```
//!
//! The page needs no network and works without its script. What a filing or a model says never becomes markup:
//! in pages every text passes the escaping of `maud`, in Markdown that of `markdown/escape.rs`, and `csv/cell.rs` keeps
//! formulas out of spreadsheets. A server should send [`content_security_policy`] with a page, which names our styles and
//! our one script by hash.
//!
//! Where to look next: `html/mod.rs` is the page from top to bottom, `flow.rs` puts an Item into reading order,
//! `page/page.css` and `page/page.js` are its looks and its behaviour; `history/page.rs` is the other page. `examples/sample.rs` writes a page to look at.

mod anchors;
mod edits;
mod facts;
mod flow;
mod kind;
mod prose;
mod table;
mod words;

mod csv;
mod history;
mod html;
mod markdown;

pub use crate::{
    csv::{changes_csv, similarities_csv},
    history::{HistoryItem, HistoryPoint, history_html},
    html::{content_security_policy, html},
    markdown::markdown,
};
