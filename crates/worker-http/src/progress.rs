//! What the stages of a report tell while they work.

use std::time::Duration;

use ai_analyze::Estimate;
use filing_model::Company;

/// A part of the work, as users see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    Fetching,
    Extracting,
    Comparing,
    Analysing,
    Checking,
    Storing,
}

impl Stage {
    /// In the order of the work.
    pub(crate) const ALL: [Self; 6] =
        [Self::Fetching, Self::Extracting, Self::Comparing, Self::Analysing, Self::Checking, Self::Storing];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fetching => "Fetching",
            Self::Extracting => "Extracting",
            Self::Comparing => "Comparing",
            Self::Analysing => "Analysing",
            Self::Checking => "Checking",
            Self::Storing => "Storing",
        }
    }

    /// Percent of the whole when the stage begins and ends, by what stages usually take.
    pub(crate) fn span(self) -> (f32, f32) {
        match self {
            Self::Fetching => (0.0, 40.0),
            Self::Extracting => (40.0, 50.0),
            Self::Comparing => (50.0, 60.0),
            Self::Analysing => (60.0, 90.0),
            Self::Checking => (90.0, 95.0),
            Self::Storing => (95.0, 100.0),
        }
    }

    /// Percent of the whole when this share (0 to 1) of the stage is done.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within 0 and 100 by `clamp`"
    )]
    pub(crate) fn percent(self, share: f32) -> u8 {
        let (begin, end) = self.span();
        (begin + (end - begin) * share.clamp(0.0, 1.0)) as u8
    }
}

/// Something that a stage found on its way.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub stage: Stage,
    pub text: String,
    pub bytes: Option<usize>,
    pub took: Duration,
}

/// Whoever watches a report being made.
pub(crate) trait Progress: Send + Sync {
    /// It is now known whose report this is.
    fn company(&self, _company: &Company) {}

    /// The stage works on this; `share` of it, from 0 to 1, is done.
    fn working(&self, _stage: Stage, _share: f32, _on: &str) {}

    /// What the stage is likely to cost, said before it begins.
    fn planned(&self, _stage: Stage, _estimate: &Estimate) {}

    /// A part of the stage is done.
    fn fact(&self, _fact: &Fact) {}

    /// The stage is done; `summary` says what came out unless facts have said it.
    fn done(&self, _stage: Stage, _summary: Option<&str>, _took: Duration) {}
}

/// Nobody watches.
pub(crate) struct Unwatched;

impl Progress for Unwatched {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_only_grows() {
        let percents: Vec<_> =
            Stage::ALL.iter().flat_map(|stage| [0.0, 0.5, 1.0].map(|share| stage.percent(share))).collect();
        assert!(percents.is_sorted(), "{percents:?}");
        assert_eq!((Stage::Fetching.percent(-1.0), Stage::Storing.percent(2.0)), (0, 100));
    }
}
