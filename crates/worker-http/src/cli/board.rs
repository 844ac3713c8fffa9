//! Stderr while many reports are made side by side.

use std::sync::Mutex;

use console::style;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::fault::Fault;

/// Lines that stay, and the state of all of it: rewritten in place on a terminal, a line when it changes in a log.
pub(super) struct Board {
    quiet: bool,
    bar: Option<ProgressBar>,
    last_state: Mutex<String>,
}

impl Board {
    pub(super) fn new(quiet: bool) -> Self {
        let bar = (!quiet && console::user_attended_stderr()).then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.set_style(ProgressStyle::with_template("  {wide_msg}").expect("the template is right"));
            bar
        });
        Self { quiet, bar, last_state: Mutex::default() }
    }

    /// A line that stays.
    pub(super) fn say(&self, line: &str) {
        match &self.bar {
            _ if self.quiet => {}
            Some(bar) => bar.println(line),
            None => eprintln!("{line}"),
        }
    }

    /// How far all of it is.
    pub(super) fn state(&self, state: &str) {
        let mut last = self.last_state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *last == state {
            return;
        }
        state.clone_into(&mut last);
        match &self.bar {
            Some(bar) => bar.set_message(state.to_owned()),
            None => self.say(state),
        }
    }

    /// Why one of the reports was not made; told even when quiet.
    pub(super) fn fault(&self, subject: &str, error: &anyhow::Error, shows_causes: bool) {
        let show = || {
            eprintln!("{} was not made:", style(subject).for_stderr().bold());
            Fault::of(error).show(error, shows_causes);
        };
        match &self.bar {
            Some(bar) => bar.suspend(show),
            None => show(),
        }
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
