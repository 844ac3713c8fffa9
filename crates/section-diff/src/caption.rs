//! The name an Item goes by in a report: the form's caption of today, unless the filings have another.

use filing_model::{Item, Section};

/// The caption of an Item: Item 4 was the vote of security holders until 2009, Item 14 the exhibits until 2002.
pub(crate) fn of(item: Item, older: &Section, newer: &Section) -> String {
    let written = newer.heading.as_deref().or(older.heading.as_deref()).and_then(without_label);
    match written {
        Some(caption) if !is_current(item, caption) => in_title_case(caption),
        _ => item.title().to_owned(),
    }
}

/// Both captions when the form gave an Item another subject between the filings, the older first.
///
/// Item 14 was the exhibits until 2002, then controls for a year, and is the accountant's fees since 2003 (SEC Release
/// 33-8183); Item 4 was the vote of security holders until 2009 (33-9089) and is mine safety since 2011 (33-9286).
pub(crate) fn of_other_subjects<'a>(
    item: Item,
    older: &'a Section,
    newer: &'a Section,
) -> Option<[&'a str; 2]> {
    let written = |section: &'a Section| section.heading.as_deref().and_then(without_label);
    let (before, after) = (written(older)?, written(newer)?);
    let shared = words(before).iter().any(|word| words(after).contains(word));
    (matches!(item, Item::I4 | Item::I14) && !shared).then_some([before, after])
}

/// A heading without `Part II, Item 6.` before its caption.
fn without_label(heading: &str) -> Option<&str> {
    let digits = heading.find(|c: char| c.is_ascii_digit())?;
    let after = heading[digits..].find(|c: char| !c.is_ascii_alphanumeric() && c != '(' && c != ')')?;
    let caption = heading[digits + after..]
        .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | ']' | ')'));
    (caption.chars().filter(|c| c.is_alphabetic()).count() > 3 && caption.len() < 160).then_some(caption)
}

/// Whether a caption shares most of the words of today's.
fn is_current(item: Item, caption: &str) -> bool {
    let written = words(caption);
    let title = words(item.title());
    let shared = title.iter().filter(|word| written.contains(word)).count();
    shared * 2 >= title.len()
}

/// The long words of a caption in small letters.
fn words(caption: &str) -> Vec<String> {
    let long = caption.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3);
    long.map(str::to_lowercase).collect()
}

/// Words that a title writes small.
const SMALL: [&str; 8] = ["a", "and", "for", "in", "of", "on", "the", "to"];

/// Capitals are loud on a page.
pub(crate) fn in_title_case(caption: &str) -> String {
    if caption.chars().any(char::is_lowercase) {
        return caption.to_owned();
    }
    let lower = caption.to_lowercase();
    let words = lower.split(' ').enumerate().map(|(at, word)| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if at == 0 || !SMALL.contains(&word) => first.to_uppercase().chain(letters).collect(),
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(item: Item, heading: &str) -> String {
        let section = Section { heading: Some(heading.to_owned()), ..Section::missing() };
        of(item, &section, &section)
    }

    #[test]
    fn captions_of_other_years_are_kept() {
        let vote = named(Item::I4, "ITEM 4. SUBMISSION OF MATTERS TO A VOTE OF SECURITY HOLDERS");
        assert_eq!(vote, "Submission of Matters to a Vote of Security Holders");
        assert_eq!(named(Item::I6, "Item 6. Selected Financial Data"), "Selected Financial Data");
        assert_eq!(
            named(Item::I10, "Item 10. Directors and Executive Officers of the Registrant"),
            Item::I10.title()
        );
        assert_eq!(named(Item::I6, "Item 6. [Reserved]"), "[Reserved]");
        assert_eq!(named(Item::I1A, "Item 1A."), "Risk Factors");
    }
}
