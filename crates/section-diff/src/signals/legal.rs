//! A legal proceeding that the older filing does not have (Regulation S-K, Item 103).

use filing_model::{ChangeKind, Item, Signal, SignalKind};

use super::{Evidence, sentences};

/// Fewer words than this tell no case.
const SHORTEST: usize = 15;

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let Some(section) = evidence.section(Item::I3) else { return Vec::new() };
    let added = section.changes.iter().filter(|change| change.kind == ChangeKind::Added);
    added
        .filter_map(|change| {
            let text = &change.newer.as_ref()?.text;
            let sentence = sentences::first(text, tells_of_a_case)?;
            (filing_model::word_count(text) >= SHORTEST).then(|| Signal {
                kind: SignalKind::LegalProceeding,
                item: Item::I3,
                statement: "Item 3 tells of a proceeding that the older filing does not have.".to_owned(),
                older: None,
                newer: Some(sentence.to_owned()),
                change_id: Some(change.id.clone()),
            })
        })
        .collect()
}

fn tells_of_a_case(sentence: &str) -> bool {
    let act = [
        "filed a",
        "filed an",
        "commenced",
        "was served",
        "brought",
        "alleging",
        "alleges",
        "sued",
        "was named",
        "received a subpoena",
        "civil investigative demand",
    ];
    let place = [
        "court",
        "complaint",
        "lawsuit",
        "class action",
        "subpoena",
        "arbitration",
        "investigation",
        "commission",
        "attorney general",
    ];
    act.iter().any(|words| sentence.contains(words)) && place.iter().any(|words| sentence.contains(words))
}
