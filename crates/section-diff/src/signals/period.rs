//! Periods that are no usual year apart.

use filing_model::{Item, Signal, SignalKind};

use super::Evidence;

/// A year of 52 or 53 weeks ends this many days after the one before it.
const USUAL_DAYS: std::ops::RangeInclusive<i32> = 350..=380;

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let (Some(older), Some(newer)) = (evidence.older.period_end, evidence.newer.period_end) else {
        return Vec::new();
    };
    let days = (newer - older).get_days();
    if USUAL_DAYS.contains(&days) || days <= 0 {
        return Vec::new();
    }
    vec![Signal {
        kind: SignalKind::PeriodChanged,
        item: Item::I1,
        statement: format!(
            "The periods end {days} days apart, which is not a usual year: figures may not be comparable."
        ),
        older: Some(older.to_string()),
        newer: Some(newer.to_string()),
        change_id: None,
    }]
}
