//! Progress on stderr.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ai_analyze::Estimate;
use console::style;
use filing_model::Company;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{
    dollars,
    progress::{Fact, Progress, Stage, Unwatched},
};

/// Often enough to look alive, seldom enough for slow terminals.
const TICK: Duration = Duration::from_millis(120);

/// What fits the place: lines that are rewritten on a terminal, plain lines in a log, nothing when quiet.
pub(crate) fn watch(subject: &str, quiet: bool) -> Arc<dyn Progress> {
    if quiet {
        Arc::new(Unwatched)
    } else if console::user_attended_stderr() {
        Arc::new(Terminal::new(subject))
    } else {
        Arc::new(Plain { subject: subject.to_owned() })
    }
}

/// One line when a stage ends, and one before a stage that costs something.
struct Plain {
    subject: String,
}

impl Progress for Plain {
    fn planned(&self, stage: Stage, estimate: &Estimate) {
        let what = dollars::estimate(estimate);
        eprintln!("{} {}: {what}", self.subject, stage.name().to_lowercase());
    }

    fn done(&self, stage: Stage, summary: Option<&str>, took: Duration) {
        let summary = summary.map(|summary| format!(": {summary}")).unwrap_or_default();
        let stage = stage.name().to_lowercase();
        eprintln!("{} {stage} done in {:.1} s{summary}", self.subject, took.as_secs_f64());
    }
}

/// Lines that stay, and below them one that is rewritten in place.
struct Terminal {
    subject: String,
    bar: ProgressBar,
    /// The stage whose name was last written; it is not repeated.
    labelled: Mutex<Option<Stage>>,
    titled: AtomicBool,
}

impl Terminal {
    fn new(subject: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let line = ProgressStyle::with_template("{wide_msg}").expect("the template is right");
        bar.set_style(line);
        bar.enable_steady_tick(TICK);
        Self { subject: subject.to_owned(), bar, labelled: Mutex::new(None), titled: AtomicBool::new(false) }
    }

    fn write(&self, stage: Stage, text: &str, bytes: Option<usize>, took: Duration) {
        let mut labelled = self.labelled.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let label = if *labelled == Some(stage) { "" } else { stage.name() };
        *labelled = Some(stage);
        self.bar.println(finished_line(label, text, bytes, took));
    }
}

impl Progress for Terminal {
    fn company(&self, company: &Company) {
        if !self.titled.swap(true, Ordering::Relaxed) {
            self.bar.println(title(&self.subject, company));
        }
    }

    fn working(&self, stage: Stage, _share: f32, on: &str) {
        self.bar.set_message(format!("  {:<13}{on}", stage.name()));
    }

    fn planned(&self, stage: Stage, estimate: &Estimate) {
        let mut labelled = self.labelled.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *labelled = Some(stage);
        self.bar.println(format!("  {:<13}{}", stage.name(), dollars::estimate(estimate)));
    }

    fn fact(&self, fact: &Fact) {
        self.write(fact.stage, &fact.text, fact.bytes, fact.took);
    }

    fn done(&self, stage: Stage, summary: Option<&str>, took: Duration) {
        self.bar.set_message("");
        if let Some(summary) = summary {
            self.write(stage, summary, None, took);
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// `NWND  Northwind Instruments, Inc., CIK 9904117`
fn title(subject: &str, company: &Company) -> String {
    let cik = company.cik.map(|cik| format!(", CIK {cik}")).unwrap_or_default();
    format!("{}  {}{cik}", style(subject).for_stderr().bold(), company.name)
}

/// Label, text, size and time in columns that end before the 80th.
fn finished_line(label: &str, text: &str, bytes: Option<usize>, took: Duration) -> String {
    let size = bytes.map(megabytes).unwrap_or_default();
    let took = format!("{:.1} s", took.as_secs_f64());
    // A long text takes the room of an absent size.
    let text_width = 52 - size.len();
    format!("  {label:<13}{text:<text_width$}{size}{took:>9}")
}

#[expect(clippy::cast_precision_loss, reason = "one decimal of megabytes")]
fn megabytes(bytes: usize) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_in_line() {
        let lines = [
            finished_line(
                "Fetching",
                "newer 10-K, fiscal 2025, filed 2026-02-26",
                Some(3_400_000),
                Duration::from_millis(1_100),
            ),
            finished_line(
                "",
                "older 10-K, fiscal 2024, filed 2025-02-20",
                Some(3_100_000),
                Duration::from_millis(900),
            ),
            finished_line(
                "Comparing",
                "46 changes in 8 Items, 305 paragraphs unchanged",
                None,
                Duration::from_millis(68_400),
            ),
        ];
        insta::assert_snapshot!(lines.join("\n"));
    }
}
