//! Jobs and reports in a page, with the form that starts a report.

use std::sync::Arc;

use axum::extract::{Query, State, rejection::QueryRejection};
use filing_model::Ticker;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use supabase_store::{Job, JobState, ReportSummary};
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::{jobs, page::Page, reports};
use crate::http::{Api, Problem};

/// Jobs and reports that are looked at.
const SHOWN: u32 = 50;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    ticker: String,
}

/// `GET /`
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    search: Result<Query<Search>, QueryRejection>,
) -> Result<Page, Problem> {
    let typed = search.map(|Query(search)| search.ticker).unwrap_or_default();
    page(&api, &typed, None).await
}

/// A form that was sent and did not lead to a job.
pub(super) struct Refused<'a> {
    pub typed: &'a str,
    pub fault: &'a str,
}

/// The page, with the reports of the ticker that was typed and what is to be said of the form.
pub(super) async fn page(api: &Api, typed: &str, refused: Option<Refused<'_>>) -> Result<Page, Problem> {
    let jobs = api.store.jobs(SHOWN).await?;
    let found = reports::Found { typed: typed.trim(), reports: reports(api, typed).await?, most: SHOWN };
    let names = jobs::Names::of(found.reports.as_deref().unwrap_or_default());
    let counts = Counts::of(&jobs);
    Ok(Page {
        title: "Jobs and reports",
        aside: aside(api, &counts),
        // Without the place in the page: going there again would be no new look.
        looks_again: (counts.unfinished() > 0).then(|| address(typed)),
        has_script: true,
        body: html! {
            (start(refused))
            p.line id="cut" role="status" hidden {
                b { "Live progress is interrupted." } " The jobs go on; this page tries again. "
                a href="/" { "Reload now" }
            }
            p.vh id="said" role="status" {}
            (jobs::section(&jobs, &names, Timestamp::now()))
            (reports::section(&found))
        },
    })
}

/// Where the same is found again.
fn address(typed: &str) -> String {
    if typed.is_empty() {
        return "/".to_owned();
    }
    format!("/?{}", Serializer::new(String::new()).append_pair("ticker", typed).finish())
}

/// `None` for what no ticker is written like.
async fn reports(api: &Api, typed: &str) -> Result<Option<Vec<ReportSummary>>, Problem> {
    if typed.trim().is_empty() {
        return Ok(Some(api.store.reports(SHOWN).await?));
    }
    match typed.parse::<Ticker>() {
        Ok(ticker) => Ok(Some(api.store.reports_of(&ticker, SHOWN).await?)),
        Err(_) => Ok(None),
    }
}

fn start(refused: Option<Refused<'_>>) -> Markup {
    let typed = refused.as_ref().map(|refused| refused.typed).unwrap_or_default();
    let is_refused = refused.is_some();
    html! {
        form.new method="post" action="/reports" {
            label for="ticker" { "Start a report by ticker" }
            // One and the same form is one job, however often its button is pressed.
            input type="hidden" name="form" value=(Uuid::new_v4());
            input id="ticker" name="ticker" value=(typed) placeholder="Such as AAPL" maxlength="16" required
                autocapitalize="characters" autocomplete="off" spellcheck="false"
                aria-describedby=(if is_refused { "fault hint" } else { "hint" }) aria-invalid=[is_refused.then_some("true")];
            button.go { "Compare filings" }
            @if let Some(refused) = refused { p.err id="fault" role="alert" { b { (refused.fault) } } }
            p.hint id="hint" { "Compares the two latest annual reports of the company. A CIK will do in place of a ticker." }
        }
    }
}

fn aside(api: &Api, counts: &Counts) -> Markup {
    html! {
        div.aside {
            span id="busy" { (counts.told()) }
            @if api.access.has_login() {
                form method="post" action="/logout" { button.link { "Log out" } }
            }
        }
    }
}

/// Jobs that have not ended.
struct Counts {
    running: usize,
    waiting: usize,
}

impl Counts {
    fn of(jobs: &[Job]) -> Self {
        let count = |state| jobs.iter().filter(|job| job.state == state).count();
        Self { running: count(JobState::Processing), waiting: count(JobState::Queued) }
    }

    fn unfinished(&self) -> usize {
        self.running + self.waiting
    }

    fn told(&self) -> String {
        if self.unfinished() == 0 {
            return "Nothing is running".to_owned();
        }
        format!("{} running, {} waiting", self.running, self.waiting)
    }
}
