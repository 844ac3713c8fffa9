//! Controls that are called not effective, and material weaknesses (Regulation S-K, Items 307 and 308).

use filing_model::{Item, Signal, SignalKind};

use super::{Evidence, sentences};

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    [
        (SignalKind::ControlsNotEffective, not_effective as fn(&str) -> bool),
        (SignalKind::MaterialWeakness, weakness),
    ]
    .into_iter()
    .filter_map(|(kind, fits)| signal(evidence, kind, fits))
    .collect()
}

fn signal(evidence: &Evidence<'_>, kind: SignalKind, fits: fn(&str) -> bool) -> Option<Signal> {
    let newer = sentences::first(evidence.newer_text(Item::I9A), fits);
    let older = sentences::first(evidence.older_text(Item::I9A), fits);
    let subject = if kind == SignalKind::MaterialWeakness {
        "a material weakness"
    } else {
        "controls that are not effective"
    };
    let statement = match (older, newer) {
        (None, Some(_)) => format!("The newer filing reports {subject}; the older did not."),
        (Some(_), Some(_)) => format!("Both filings report {subject}."),
        (Some(_), None) => format!("The older filing reported {subject}; the newer does not."),
        (None, None) => return None,
    };
    Some(Signal {
        kind,
        item: Item::I9A,
        statement,
        older: older.map(str::to_owned),
        newer: newer.map(str::to_owned),
        change_id: newer.or(older).and_then(|words| evidence.change_with(Item::I9A, words)),
    })
}

/// A conclusion, not a condition.
fn not_effective(sentence: &str) -> bool {
    let about = sentence.contains("disclosure controls")
        || sentence.contains("internal control over financial reporting");
    let concluded = [
        "were not effective",
        "was not effective",
        "are not effective",
        "is not effective",
        "not effective as of",
        "were ineffective",
        "was ineffective",
    ]
    .iter()
    .any(|words| sentence.contains(words));
    about && concluded && !is_conditional(sentence)
}

fn weakness(sentence: &str) -> bool {
    let found = [
        "identified a material weakness",
        "identified material weaknesses",
        "identified the following material weakness",
        "because of the material weakness",
        "due to the material weakness",
        "the material weakness described",
        "material weaknesses described",
        "material weakness in our internal control",
        "remediate the material weakness",
        "material weakness was identified",
        "existence of the material weakness",
    ]
    .iter()
    .any(|words| sentence.contains(words));
    found && !is_conditional(sentence)
}

fn is_conditional(sentence: &str) -> bool {
    [" if ", "could", " may ", "might", "not identified", "did not identify", "no material weakness", "would"]
        .iter()
        .any(|words| sentence.contains(words))
        || sentence.starts_with("if ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conclusions_are_told_from_conditions() {
        assert!(not_effective(
            "management concluded that our disclosure controls and procedures were not effective as of year end."
        ));
        assert!(!not_effective(
            "if our internal control over financial reporting is not effective, our reputation may suffer."
        ));
        assert!(weakness("management identified a material weakness in revenue contracts."));
        assert!(!weakness("a material weakness is a deficiency, or a combination of deficiencies."));
    }
}
