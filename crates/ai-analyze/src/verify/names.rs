//! Names that stand nowhere are invented.

use std::collections::HashSet;

use filing_model::{Comparison, Item};

use super::source::Sources;

/// Written with a capital in any report.
const USUAL: &str = "item items form company board directors director committee audit management chief executive officer \
    financial chair president sec securities exchange commission gaap us united states american america \
    european europe eu union chinese china canada canadian uk ceo cfo coo cto ebitda ai esg covid \
    january february march april may june july august september october november december note notes \
    part section act usd";

/// Words that names may be made of, in lower case.
pub(crate) struct Names(HashSet<String>);

impl Names {
    /// All words of both filings, as far as they were compared.
    pub(super) fn of_comparison(comparison: &Comparison, sources: &Sources<'_>) -> Self {
        let mut names = Self::of_filer(comparison);
        for text in sources.all().flat_map(super::source::Source::texts) {
            names.add(text);
        }
        for section in &comparison.sections {
            names.add(&section.title);
            section.headings.iter().for_each(|heading| names.add(&heading.title));
            section
                .changes
                .iter()
                .filter_map(|it| it.heading.as_deref())
                .for_each(|heading| names.add(heading));
        }
        names
    }

    /// The words of findings and their quotations alone.
    #[cfg(feature = "claude")]
    pub(super) fn of_findings(comparison: &Comparison, findings: &[filing_model::Finding]) -> Self {
        let mut names = Self::of_filer(comparison);
        for finding in findings {
            names.add(&finding.statement);
            names.add(finding.item.title());
            finding.quotes.iter().for_each(|quote| names.add(&quote.text));
        }
        names
    }

    fn of_filer(comparison: &Comparison) -> Self {
        let mut names = Self(USUAL.split(' ').map(str::to_owned).collect());
        names.add(&comparison.company.name);
        comparison.signals.iter().for_each(|signal| names.add(&signal.statement));
        for item in Item::ALL {
            names.add(item.title());
        }
        names
    }

    fn add(&mut self, text: &str) {
        for (_, word) in pieces(text) {
            // Most words are written small and known by now.
            if !self.0.contains(word) {
                self.0.insert(word.to_lowercase());
            }
        }
    }

    /// An error for a capitalised word within a sentence that stands nowhere.
    pub(super) fn known(&self, said: &str) -> Result<(), String> {
        let mut before = 0;
        for (at, word) in pieces(said) {
            let begins = begins_sentence(&said[before..at], before == 0);
            before = at + word.len();
            let is_name = word.starts_with(char::is_uppercase)
                && word.chars().count() > 1
                && word.chars().all(char::is_alphabetic);
            if is_name && !begins && !self.knows(word) {
                return Err(format!("the name {word} stands in neither filing"));
            }
        }
        Ok(())
    }

    fn knows(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        // Plurals and people of a place.
        let stem = lower.strip_suffix('s').unwrap_or(&lower);
        self.0.contains(&lower) || self.0.contains(stem) || self.0.contains(&format!("{lower}s"))
    }
}

/// Words and where they begin; a hyphen or apostrophe parts them.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn begins_sentence(between: &str, is_first: bool) -> bool {
    is_first
        || between.contains(['.', '!', '?', ':', ';', '"', '\u{201c}', '\n', '*'])
        || between.trim() == "-"
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Names;

    #[test]
    fn a_name_must_stand_somewhere() {
        let mut names = Names(HashSet::default());
        names.add("We sell pumps to Nordwell and to Ohio\u{2019}s mines, under tariffs.");
        for said in [
            "Nordwell buys pumps.",
            "It sells to Ohio and Nordwell's mines.",
            "Under Tariffs it sells.",
            "Prices rose. Sales fell.",
        ] {
            assert_eq!(names.known(said), Ok(()), "{said}");
        }
        assert!(names.known("It sells to Eastmark.").is_err());
    }
}
