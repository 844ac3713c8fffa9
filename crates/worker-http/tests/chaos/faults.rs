use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

/// Bursts of trouble that come back: within each span, trouble from one moment to another.
pub(crate) struct Bursts {
    began: Instant,
    span: Duration,
    from: Duration,
    to: Duration,
}

impl Bursts {
    pub(crate) fn new(span: Duration, from: Duration, to: Duration) -> Self {
        Self { began: Instant::now(), span, from, to }
    }

    pub(crate) fn are_on(&self) -> bool {
        let within = self.began.elapsed().as_millis() % self.span.as_millis();
        (self.from.as_millis()..self.to.as_millis()).contains(&within)
    }
}

/// When something happened.
#[derive(Default)]
pub(crate) struct Moments(Mutex<Vec<Instant>>);

impl Moments {
    pub(crate) fn note(&self) {
        self.0.lock().unwrap().push(Instant::now());
    }

    pub(crate) fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// The most that came within any such span.
    pub(crate) fn peak(&self, span: Duration) -> usize {
        let mut moments = self.0.lock().unwrap().clone();
        moments.sort();
        let behind =
            |from: &Instant| moments.partition_point(|at| at.saturating_duration_since(*from) < span);
        moments.iter().enumerate().map(|(index, from)| behind(from) - index).max().unwrap_or_default()
    }
}
