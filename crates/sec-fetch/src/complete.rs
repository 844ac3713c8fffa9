//! Whether an amendment holds the whole report or a part of it: its form type does not tell, its Items do.

use std::collections::HashSet;

use filing_model::{Document, Filing};
use scraper::Html;

use crate::{
    FetchError, FilingSource,
    choose::{Amendments, stand_ins},
};

/// Items that a whole report names, whatever it says of them, and that no amendment has for a reason of its own all at
/// once: business, properties, legal proceedings, market, discussion, financial statements.
const TELLING: [&str; 6] = ["1", "2", "3", "5", "7", "8"];

/// A part may list all Items in its table of contents; a whole report is longer than any of these.
const FEWEST_WORDS: usize = 4000;

/// Nobody amends one report more often without filing it as a whole.
const MOST_LOOKED_INTO: usize = 3;

/// Looks into the amendments that could stand in for a report that is not listed.
pub(crate) async fn look_into(
    source: &dyn FilingSource,
    filings: &[Filing],
) -> Result<Amendments, FetchError> {
    let mut amendments = Amendments::new();
    for filing in stand_ins(filings).into_iter().take(MOST_LOOKED_INTO) {
        let is_whole = match source.document(filing).await {
            Ok(document) => off_thread(document).await,
            Err(FetchError::TooLarge { .. } | FetchError::UnsafeName { .. }) => false,
            Err(absent) if absent.is_absence() => false,
            Err(error) => return Err(error),
        };
        amendments.insert(filing.accession.clone(), is_whole);
    }
    Ok(amendments)
}

/// Reading megabytes takes a while, which is not for the thread of other jobs. What cannot be read is no whole report.
async fn off_thread(document: Document) -> bool {
    tokio::task::spawn_blocking(move || is_whole_report(&document)).await.unwrap_or(false)
}

fn is_whole_report(document: &Document) -> bool {
    let page = Html::parse_document(&String::from_utf8_lossy(&document.bytes));
    let mut text = String::new();
    for piece in page.root_element().text() {
        text.push_str(piece);
    }
    let text = text.to_uppercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let named: HashSet<&str> = words.windows(2).filter_map(|pair| item(pair[0], pair[1])).collect();
    words.len() >= FEWEST_WORDS && TELLING.iter().all(|telling| named.contains(telling))
}

/// The number in `ITEM 7.` or `ITEMS 7`; with `1.BUSINESS` the number alone.
fn item<'a>(label: &str, number: &'a str) -> Option<&'a str> {
    let is_label = label.ends_with("ITEM") || label.ends_with("ITEMS");
    let end = number.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(number.len());
    is_label.then_some(&number[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_whole(items: &[&str], words: usize) -> bool {
        let headings: Vec<String> =
            items.iter().map(|item| format!("<p><b>Item&nbsp;{item}.</b> Caption</p>")).collect();
        let html = format!("<html><body>{}<p>{}</p></body></html>", headings.concat(), "word ".repeat(words));
        is_whole_report(&Document::new("report.htm", html))
    }

    #[test]
    fn a_report_with_all_its_items_is_whole() {
        assert!(is_whole(&["1", "1A", "2", "3", "5", "7", "8", "15"], 5000));
        let plain = format!(
            "ITEM 1.BUSINESS\nItems 1 and 2\nItem 2: x\n Item\n3\nITEM 5\n Item 7. Item 8.{}",
            " w".repeat(5000)
        );
        assert!(is_whole_report(&Document::new("report.txt", plain)));
    }

    #[test]
    fn a_part_is_not_whole_and_a_list_of_items_neither() {
        assert!(!is_whole(&["10", "11", "12", "13", "14", "15"], 20_000));
        assert!(!is_whole(&["1A", "7", "8", "9A", "15"], 80_000), "a restatement of some Items");
        assert!(!is_whole(&["1", "2", "3", "5", "7", "8", "15"], 900));
        assert!(!is_whole_report(&Document::default()));
    }
}
