//! The jobs, those first that have not ended.

use std::collections::HashMap;

use filing_model::Ticker;
use jiff::Timestamp;
use maud::{Markup, html};
use supabase_store::{Job, JobState, ReportSummary};
use uuid::Uuid;

use super::time;
use crate::progress::Stage;

/// Jobs that ended and are still shown.
const ENDED_SHOWN: usize = 10;

/// What a job says that somebody ended.
const CANCELLED: &str = "cancelled";

const QUEUED: &str = "Queued";

/// Names of companies, where a report tells them.
pub(super) struct Names<'a>(HashMap<&'a Ticker, &'a str>);

impl<'a> Names<'a> {
    pub(super) fn of(reports: &'a [ReportSummary]) -> Self {
        let reports = reports.iter();
        Self(reports.map(|report| (&report.ticker, report.company_name.as_str())).collect())
    }
}

pub(super) fn section(jobs: &[Job], names: &Names<'_>, now: Timestamp) -> Markup {
    let (ended, open): (Vec<&Job>, Vec<&Job>) = jobs.iter().partition(|job| job.state.is_final());
    html! {
        section aria-labelledby="hj" id="jobs" {
            h2 id="hj" { "Jobs" }
            @if jobs.is_empty() {
                p.empty { "No jobs yet. Start one above, or from a shell: " code { "worker-http report AAPL" } }
            }
            ul {
                @for job in open { (going_on(job, names, now)) }
                @for job in ended.iter().take(ENDED_SHOWN) { (over(job, names, now)) }
            }
            @if ended.len() > ENDED_SHOWN {
                p.empty { "Earlier jobs are not shown here: " a href="/jobs?limit=500" { "the list of all" } "." }
            }
        }
    }
}

fn going_on(job: &Job, names: &Names<'_>, now: Timestamp) -> Markup {
    let (stage, on) = step(job);
    let word =
        if job.state == JobState::Queued { QUEUED } else { stage.map(Stage::name).unwrap_or_default() };
    html! {
        li.job.run[job.state == JobState::Processing] id={ "j-" (job.job_id) } data-ticker=(job.ticker)
            data-events={ "/jobs/" (job.job_id) "/events" } {
            div.top {
                (heading(job, names))
                span.when { "asked for " (time::ago(job.created_at, now)) }
                form method="post" action={ "/jobs/" (job.job_id) "/cancel" } {
                    button.small id={ "cancel-" (job.job_id) } { "Cancel" span.vh { " " (job.ticker) } }
                }
            }
            p.step { b { (word) } " " span.on { (on) } ", " span.pc { (job.progress) "%" } }
            (stages(job, stage))
        }
    }
}

fn heading(job: &Job, names: &Names<'_>) -> Markup {
    html! {
        h3 {
            (job.ticker)
            @if let Some(name) = names.0.get(&job.ticker) { " " span { (name) } }
        }
    }
}

/// The stage that a step names, and what it works on.
fn step(job: &Job) -> (Option<Stage>, &str) {
    let named = |stage: &Stage| job.current_step.split_whitespace().next() == Some(stage.name());
    match Stage::ALL.into_iter().find(named) {
        Some(stage) if job.state == JobState::Processing => {
            (Some(stage), job.current_step[stage.name().len()..].trim_start())
        }
        _ => (None, &job.current_step),
    }
}

fn stages(job: &Job, now: Option<Stage>) -> Markup {
    html! {
        ol.stages aria-label={ "Stages of " (job.ticker) } {
            (bar(QUEUED, (0, 0), job.state == JobState::Queued, if job.state == JobState::Queued { 0 } else { 100 }))
            @for stage in Stage::ALL {
                (bar(stage.name(), percents(stage), now == Some(stage), share(job, stage, now)))
            }
        }
    }
}

/// One stage with the percents of the whole where it begins and ends, which the script reads.
fn bar(name: &str, (from, to): (u8, u8), is_now: bool, share: u8) -> Markup {
    html! {
        li.now[is_now] aria-current=[is_now.then_some("step")] data-stage=(name) data-from=(from) data-to=(to) {
            svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none" { rect width=(share) height="8" {} }
            (name)
        }
    }
}

fn percents(stage: Stage) -> (u8, u8) {
    (stage.percent(0.0), stage.percent(1.0))
}

/// How much of a stage is done, in percent of the stage.
fn share(job: &Job, stage: Stage, now: Option<Stage>) -> u8 {
    let Some(now) = now else { return 0 };
    let (from, to) = percents(stage);
    match stage.cmp(&now) {
        std::cmp::Ordering::Less => 100,
        std::cmp::Ordering::Greater => 0,
        std::cmp::Ordering::Equal => {
            let done = u16::from(job.progress.clamp(from, to) - from);
            u8::try_from(done * 100 / u16::from(to - from).max(1)).unwrap_or(100)
        }
    }
}

fn over(job: &Job, names: &Names<'_>, now: Timestamp) -> Markup {
    html! {
        li.job id={ "j-" (job.job_id) } {
            div.top {
                (heading(job, names))
                span.when { "ended " (time::ago(job.finished_at.unwrap_or(job.updated_at), now)) }
            }
            @match &job.report_id {
                Some(report_id) => {
                    p.step {
                        b { "Done" } (took(job)) ". "
                        a href={ "/reports/" (report_id) ".html" } { "Open the report" span.vh { " on " (job.ticker) } }
                    }
                }
                None => (failed(job)),
            }
        }
    }
}

fn took(job: &Job) -> Markup {
    let took = job.finished_at.and_then(|ended| time::since(job.created_at, ended));
    html! { @if let Some(took) = took { " in " (took) } }
}

fn failed(job: &Job) -> Markup {
    let error = job.error.as_deref().unwrap_or("no cause was kept");
    html! {
        p.fail {
            @if error == CANCELLED { b { "Cancelled." } } @else { b { "Failed." } " " (error) }
            @if job.refunded { " The token was returned." }
        }
        form.acts method="post" action="/reports" {
            input type="hidden" name="form" value=(Uuid::new_v4());
            input type="hidden" name="ticker" value=(job.ticker);
            button.small { "Try again" span.vh { " with " (job.ticker) } }
        }
    }
}
