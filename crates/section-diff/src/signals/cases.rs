//! Which legal case a sentence tells of: the same as another, one that the older filing knows, and its name.

use filing_model::Change;
use memchr::memmem;

use super::{
    dates::{self, Month},
    tokens,
};

/// Whether two sentences tell of the same case: no other days, and mostly the same words.
pub(super) fn same(one: &str, other: &str) -> bool {
    if dates::written(one) != dates::written(other) {
        return false;
    }
    let (one, other) = (words(one), words(other));
    let shared = one.iter().filter(|word| other.contains(word)).count();
    shared * 10 >= one.len().min(other.len()) * 7
}

fn words(sentence: &str) -> Vec<String> {
    let lower = sentence.to_lowercase();
    let words = tokens::of(&lower).into_iter().map(|token| token.word.to_owned());
    words.filter(|word| word.len() > 3).collect()
}

/// Whether the older filing may know a sentence's case, by its texts and the month in which its period ended: it writes one of
/// its days, or all names when no day is later.
pub(super) fn is_known(sentence: &str, older: &[&str], end: Option<Month>) -> bool {
    let known =
        |words: &str| older.iter().any(|text| memmem::find(text.as_bytes(), words.as_bytes()).is_some());
    let days = dates::written(sentence);
    if end.is_some_and(|end| days.iter().any(|day| dates::latest(day) > Some(end))) {
        return days.into_iter().all(known);
    }
    days.into_iter().any(known) || names(sentence).all(known)
}

/// Words with a capital letter that are no words of the law.
fn names(sentence: &str) -> impl Iterator<Item = &str> {
    const COMMON: [&str; 40] = [
        "Court",
        "District",
        "United",
        "States",
        "Superior",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "Central",
        "County",
        "State",
        "Federal",
        "Company",
        "Corporation",
        "Plaintiff",
        "Plaintiffs",
        "Defendants",
        "Commission",
        "Department",
        "Justice",
        "Attorney",
        "General",
        "Securities",
        "Exchange",
        "Division",
        "Trade",
        "International",
        "Section",
        "Sections",
        "Code",
        "Circuit",
        "Appeals",
        "Complaint",
        "Certain",
        "These",
        "This",
        "Each",
        "Several",
        "Other",
    ];
    let words = sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let named =
        |word: &&str| word.len() > 3 && word.starts_with(char::is_uppercase) && !COMMON.contains(word);
    words.skip(1).filter(named)
}

/// The case's name, when the change stands under one.
pub(super) fn caption(change: &Change) -> String {
    const LONGEST: usize = 90;
    let heading = change.heading.as_deref().unwrap_or("");
    let names = [" v. ", " vs. ", "In re "].iter().any(|mark| heading.contains(mark));
    if names && heading.len() <= LONGEST {
        format!(": {}", heading.trim_end_matches('.'))
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_known_by_its_day_or_its_names() {
        let older = ["On March 3, 2022, Harbor Supply filed a complaint in Nevada."];
        let end = Some(2023 * 12 + 12);
        let known = |sentence| is_known(sentence, &older, end);
        assert!(known("On March 3, 2022, Harbor Supply filed a complaint against us."));
        assert!(known("In 2022, Harbor Supply filed a complaint against us."));
        assert!(known("The plaintiffs filed a complaint against us."));
        assert!(!known("On May 1, 2024, Harbor Supply filed a second complaint against us."));
        assert!(!known("In 2022, Juniper Valves filed a complaint against us."));
    }
}
