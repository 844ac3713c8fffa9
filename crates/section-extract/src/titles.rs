//! The captions that Items of Form 10-K have had since 1993, as data, and how a heading is held against them.

use std::ops::Range;

use filing_model::Item;

/// Captions by Item in the words of [`words`], the current one first. Where the form moved a caption to another
/// number (Item 14 was the exhibits until 2002, controls for a year, then accountants' fees), it stands under each.
const TITLES: [(Item, &[&str]); 23] = [
    (Item::I1, &["business", "description of business", "business and properties"]),
    (Item::I1A, &["risk factors", "certain risk factors", "risk factors and uncertainties"]),
    (Item::I1B, &["unresolved staff comments", "unresolved sec staff comments"]),
    (Item::I1C, &["cybersecurity"]),
    (Item::I2, &["properties", "property", "description of property", "description of properties"]),
    (Item::I3, &["legal proceedings"]),
    (
        Item::I4,
        &[
            "mine safety disclosures",
            "mine safety",
            "submission of matters to a vote of security holders",
            "removed and reserved",
            "reserved",
            "executive officers of the registrant",
        ],
    ),
    (
        Item::I5,
        &[
            "market for registrants common equity related holder matters and issuer purchases of equity securities",
            "market for registrants common equity and related holder matters and issuer purchases of equity securities",
            "market for registrants common equity and related holder matters",
            "market for registrants common stock and related holder matters",
            "market for common equity and related holder matters",
            "market for registrants common equity",
            "market for common equity related holder matters and small business issuer purchases of equity securities",
        ],
    ),
    (
        Item::I6,
        &[
            "selected financial data",
            "selected consolidated financial data",
            "selected historical consolidated financial data",
            "removed and reserved",
            "reserved",
        ],
    ),
    (
        Item::I7,
        &[
            "managements discussion and analysis of financial condition and results of operations",
            "managements discussion and analysis of results of operations and financial condition",
            "managements discussion and analysis of results of operations",
            "managements discussion and analysis or plan of operation",
            "managements discussion and analysis",
            "plan of operation",
        ],
    ),
    (
        Item::I7A,
        &[
            "quantitative and qualitative disclosures about market risk",
            "qualitative and quantitative disclosures about market risk",
            "market risk",
        ],
    ),
    (
        Item::I8,
        &[
            "financial statements and supplementary data",
            "consolidated financial statements and supplementary data",
            "financial statements and supplementary financial data",
            "financial statements",
            "consolidated financial statements",
        ],
    ),
    (
        Item::I9,
        &[
            "changes in and disagreements with accountants on accounting and financial disclosure",
            "disagreements on accounting and financial disclosure",
            "changes in and disagreements with independent accountants on accounting and financial disclosure",
        ],
    ),
    (
        Item::I9A,
        &[
            "controls and procedures",
            "disclosure controls and procedures",
            "evaluation of disclosure controls and procedures",
        ],
    ),
    (Item::I9B, &["other information"]),
    (Item::I9C, &["disclosure regarding foreign jurisdictions that prevent inspections"]),
    (
        Item::I10,
        &[
            "directors executive officers and corporate governance",
            "directors executive officers promoters and corporate governance",
            "directors executive officers promoters control persons and corporate governance compliance with section 16 a of exchange act",
            "directors executive officers promoters and control persons compliance with section 16 a of exchange act",
            "directors and executive officers of registrant",
            "directors and executive officers and corporate governance",
            "directors and executive officers",
            "directors of registrant",
            "directors",
        ],
    ),
    (Item::I11, &["executive compensation", "compensation of executive officers"]),
    (
        Item::I12,
        &[
            "security ownership of certain beneficial owners and management and related holder matters",
            "security ownership of certain beneficial owners and management",
        ],
    ),
    (
        Item::I13,
        &[
            "certain relationships and related transactions and director independence",
            "certain relationships and related transactions",
            "certain relationships and related party transactions",
            "transactions with related persons and director independence",
        ],
    ),
    (
        Item::I14,
        &[
            "principal accountant fees and services",
            "principal accounting fees and services",
            "principal auditor fees and services",
            "controls and procedures",
            "exhibits financial statement schedules and reports on form 8 k",
            "exhibits and reports on form 8 k",
        ],
    ),
    (
        Item::I15,
        &[
            "exhibits and financial statement schedules",
            "exhibit and financial statement schedules",
            "exhibits financial statement schedules",
            "exhibits financial statement schedules and reports on form 8 k",
            "exhibits financial statement schedules and reports on form 10 k",
            "financial statement schedules and exhibits",
            "principal accountant fees and services",
            "exhibits",
        ],
    ),
    (
        Item::I16,
        &["form 10 k summary", "summary", "exhibits financial statement schedules and reports on form 8 k"],
    ),
];

/// How well a text begins with a caption.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TitleMatch {
    /// Words of the caption that were found, over its words.
    pub(crate) share: f32,
    /// Words of the caption.
    pub(crate) length: usize,
    /// Words of the text up to and with the last one that belongs to the caption.
    pub(crate) used: usize,
    /// Words of the text before the caption.
    pub(crate) skipped: usize,
}

/// The captions of an Item.
pub(crate) fn of(item: Item) -> &'static [&'static str] {
    TITLES.iter().find(|(known, _)| *known == item).map_or(&[], |(_, titles)| titles)
}

/// The caption of the Item that the words begin with best; the longest one when several fit.
pub(crate) fn best_match(item: Item, words: &[Word<'_>]) -> Option<TitleMatch> {
    of(item).iter().filter_map(|title| align(title, words)).filter(|found| found.share >= 0.5).max_by(
        |a, b| (a.share, a.length).partial_cmp(&(b.share, b.length)).unwrap_or(std::cmp::Ordering::Equal),
    )
}

/// Walks along both, forgiving a word that one of them has more.
fn align(title: &str, words: &[Word<'_>]) -> Option<TitleMatch> {
    const SLIP: usize = 3;
    let (mut at, mut found, mut length, mut used, mut skipped) = (0, 0, 0, 0, 0);
    for due in title.split(' ') {
        length += 1;
        let window = &words[at.min(words.len())..words.len().min(at + SLIP)];
        let Some(step) = window.iter().position(|word| word.is(due)) else { continue };
        // A caption begins with its first words, not somewhere in a sentence.
        if found == 0 && step > 1 {
            continue;
        }
        if found == 0 {
            skipped = step;
        }
        found += 1;
        at += step + 1;
        used = at;
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
    let share = found as f32 / length as f32;
    (found > 0).then_some(TitleMatch { share, length, used, skipped })
}

/// A word of letters and digits and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) range: Range<usize>,
}

impl Word<'_> {
    /// Whether it is a word of a caption: without regard to case, apostrophe or plural, and any kind of holder as one.
    fn is(&self, due: &str) -> bool {
        let mut letters = [0_u8; 24];
        let mut length = 0;
        for byte in self.text.bytes().filter(u8::is_ascii_alphanumeric) {
            let Some(place) = letters.get_mut(length) else { return false };
            *place = byte.to_ascii_lowercase();
            length += 1;
        }
        let word = std::str::from_utf8(&letters[..length]).unwrap_or("");
        let word = match word {
            "stockholder" | "stockholders" | "shareholder" | "shareholders" | "shareowner"
            | "shareowners" | "securityholder" | "unitholder" | "unitholders" | "member" | "security"
                if due == "holder" =>
            {
                "holder"
            }
            "companys" | "company" | "partnerships" | "corporations" | "our" if due == "registrants" => {
                "registrants"
            }
            "company" | "corporation" if due == "registrant" => "registrant",
            other => other,
        };
        word == due || word.strip_suffix('s') == Some(due) || due.strip_suffix('s') == Some(word)
    }
}

/// The words of a text, apostrophes inside.
pub(crate) fn words(text: &str, most: usize) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        let inside = character.is_alphanumeric() || matches!(character, '\'' | '’') && start.is_some();
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(Word { text: &text[from..at], range: from..at });
                start = None;
                if found.len() == most {
                    return found;
                }
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        found.push(Word { text: &text[from..], range: from..text.len() });
    }
    found
}

/// The Item whose caption a text is, whole and with nothing beside it.
pub(crate) fn exact(text: &str) -> Option<Item> {
    let words = words(text, 24);
    if words.is_empty() || words.len() > 20 {
        return None;
    }
    TITLES.iter().find_map(|(item, titles)| {
        let fits = titles
            .iter()
            .filter(|title| **title != "reserved" && **title != "summary" && **title != "directors")
            .any(|title| consists_of(title, &words));
        fits.then_some(*item)
    })
}

/// Whether a caption has these words and no others. Every short heading is asked this of every caption, so their number
/// comes first.
fn consists_of(title: &str, words: &[Word<'_>]) -> bool {
    let length = 1 + title.bytes().filter(|&b| b == b' ').count();
    length == words.len() && title.split(' ').zip(words).all(|(due, word)| word.is(due))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(item: Item, heading: &str) -> (u32, String) {
        let words = words(heading, 40);
        let found = best_match(item, &words).expect("a caption");
        let rest = words.get(found.used).map_or("", |word| &heading[word.range.start..]);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share")]
        ((found.share * 100.0) as u32, rest.to_owned())
    }

    #[test]
    fn captions_of_all_eras_are_known() {
        assert_eq!(
            check(
                Item::I5,
                "Market for Registrant’s Common Equity, Related Shareholder Matters and Issuer Purchases of Equity Securities None."
            ),
            (100, "None.".into())
        );
        assert_eq!(
            check(Item::I5, "MARKET FOR THE COMPANY'S COMMON STOCK AND RELATED SECURITY HOLDER MATTERS"),
            (100, String::new())
        );
        assert_eq!(
            check(Item::I14, "EXHIBITS, FINANCIAL STATEMENT SCHEDULES, AND REPORTS ON FORM 8-K"),
            (100, String::new())
        );
        assert_eq!(
            check(Item::I7, "Management's Discussion and Analysis Overview of the year"),
            (100, "Overview of the year".into())
        );
    }

    #[test]
    fn a_caption_alone_names_its_item() {
        assert_eq!(exact("RISK FACTORS"), Some(Item::I1A));
        assert_eq!(exact("Risk Factors Summary"), None);
        assert_eq!(exact("We may be exposed to risk factors"), None);
    }
}
