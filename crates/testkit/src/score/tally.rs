use std::{
    panic::AssertUnwindSafe,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Instant,
};

use anyhow::anyhow;
use filing_model::{Confidence, Item, Section, Status};

use super::{disputed::Disputed, judge};
use crate::{Label, RealFilings, Row};

/// What became of one labelled Item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Right, and given without doubt.
    Right,
    /// Right, but given with low confidence.
    RightButLow,
    /// Wrong, and not given as a sure find.
    Wrong,
    /// Wrong, and given as if it were right.
    SilentlyWrong,
}

impl Outcome {
    fn of(right: bool, section: &Section) -> Self {
        let low = section.confidence == Confidence::Low;
        match (right, low) {
            (true, false) => Self::Right,
            (true, true) => Self::RightButLow,
            (false, false) if section.status == Status::Found => Self::SilentlyWrong,
            (false, _) => Self::Wrong,
        }
    }
}

/// A filing with the outcome of each of its labels.
#[derive(Debug)]
pub struct Scored {
    /// Its line of the index.
    pub row: Row,
    /// Item, outcome, and what was due and what came when it is wrong.
    pub items: Vec<(Item, Outcome, String)>,
    /// Seconds that its extraction took.
    pub seconds: f64,
}

/// Extracts and judges filings, several at a time; the answers are in the order of `rows`.
pub fn score(filings: &RealFilings, rows: &[Row], threads: usize) -> Vec<anyhow::Result<Scored>> {
    let next = AtomicUsize::new(0);
    let (sender, answers) = mpsc::channel();
    std::thread::scope(|scope| {
        for sender in std::iter::repeat_n(sender, threads) {
            let next = &next;
            scope.spawn(move || {
                while let Some((index, row)) = take(rows, next) {
                    // The receiver outlives every sender.
                    let _ = sender.send((index, score_one(filings, row)));
                }
            });
        }
    });
    let mut answers: Vec<_> = answers.into_iter().collect();
    answers.sort_by_key(|(index, _)| *index);
    answers.into_iter().map(|(_, scored)| scored).collect()
}

fn take<'a>(rows: &'a [Row], next: &AtomicUsize) -> Option<(usize, &'a Row)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    rows.get(index).map(|row| (index, row))
}

fn score_one(filings: &RealFilings, row: &Row) -> anyhow::Result<Scored> {
    let labels = filings.labels(row)?;
    let document = filings.document(row)?;
    let start = Instant::now();
    let extraction = std::panic::catch_unwind(AssertUnwindSafe(|| section_extract::sections(&document)))
        .map_err(|_| anyhow!("the extraction panicked"))?;
    let seconds = start.elapsed().as_secs_f64();
    let missing = Section::missing();
    let items = labels.iter().filter(|(_, label)| label.is_scored()).map(|(item, label)| {
        let section = extraction.items.get(item).unwrap_or(&missing);
        let verdict = judge(label, section);
        (*item, Outcome::of(verdict.right, section), verdict.why)
    });
    Ok(Scored { items: items.collect(), row: row.clone(), seconds })
}

impl Label {
    /// Whether it is sure enough to judge by.
    pub fn is_scored(&self) -> bool {
        self.status != "unsure" && self.decided.as_deref() != Some("unsure")
    }
}

/// How many labels had which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub total: usize,
    /// Right, those of low confidence included.
    pub right: usize,
    /// Right, but given with low confidence.
    pub low: usize,
    /// Silently wrong.
    pub silent: usize,
}

impl Tally {
    /// Of everything that was scored.
    pub fn of<'a>(scored: impl IntoIterator<Item = &'a Scored>) -> Self {
        Self::without(scored, &[])
    }

    /// Of everything but the disputed labels.
    pub fn without<'a>(scored: impl IntoIterator<Item = &'a Scored>, disputed: &[Disputed]) -> Self {
        let mut tally = Self::default();
        for filing in scored {
            for (item, outcome, _) in &filing.items {
                let is_disputed = |entry: &Disputed| entry.name == filing.row.name && entry.item == *item;
                if !disputed.iter().any(is_disputed) {
                    tally.count(*outcome);
                }
            }
        }
        tally
    }

    fn count(&mut self, outcome: Outcome) {
        self.total += 1;
        self.right += usize::from(matches!(outcome, Outcome::Right | Outcome::RightButLow));
        self.low += usize::from(outcome == Outcome::RightButLow);
        self.silent += usize::from(outcome == Outcome::SilentlyWrong);
    }

    /// Per cent of all that are right.
    pub fn right_percent(&self) -> f64 {
        self.percent(self.right)
    }

    /// Per cent of all that are silently wrong.
    pub fn silent_percent(&self) -> f64 {
        self.percent(self.silent)
    }

    /// Per cent of all that are right but given with low confidence.
    pub fn low_percent(&self) -> f64 {
        self.percent(self.low)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of labels are small")]
    fn percent(&self, part: usize) -> f64 {
        100.0 * part as f64 / self.total.max(1) as f64
    }
}
