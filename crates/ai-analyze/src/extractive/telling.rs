//! How much a sentence tells, by its words: what happened, to whom and how much comes before what might happen.

use super::marks::{Mark, mark};

/// The fewest words of a sentence that says something.
const FEWEST_WORDS: usize = 8;

/// In longer sentences what matters is hard to see.
const MOST_WORDS: usize = 55;

/// Points of a sentence, about -5 to 6: figures, dates, names, deeds and grave words count, `may` and pointers take.
///
/// A sentence that dates from years before the fiscal year of its filing tells less.
pub(super) fn points(sentence: &str, fiscal_year: Option<i16>) -> f64 {
    let marks = Marks::of(sentence);
    let mut points = marks.points();
    if let (Some(latest), Some(fiscal_year)) = (marks.latest_year, fiscal_year)
        && latest + 1 < fiscal_year
    {
        points -= 2.0;
    }
    if marks.words < FEWEST_WORDS {
        points -= 2.0;
    } else if marks.words > MOST_WORDS {
        points -= 0.7;
    }
    if marks.leans {
        points -= 1.2;
    }
    if is_pointer(sentence) {
        points -= 3.0;
    }
    points
}

/// Points of a few words, without a look at their number.
pub(super) fn points_of_words(text: &str) -> f64 {
    Marks::of(text).points()
}

/// What a sentence's points make of the weight of its change.
pub(super) fn factor(points: f64) -> f64 {
    (0.7 + points / 6.0).clamp(0.15, 1.5)
}

/// Whether a sentence tells of something that happened or of something grave.
pub(super) fn is_event(sentence: &str) -> bool {
    let marks = Marks::of(sentence);
    marks.modals == 0 && marks.deeds > 0 || marks.grave > 1
}

/// Whether a change speaks of an accounting standard, or says how figures are made: text that has no effect of its own.
pub(super) fn is_on_standards(text: &str) -> bool {
    const NAMES: [&str; 16] = [
        "Accounting Standards Update",
        "ASU ",
        "ASU No",
        "FASB",
        "SFAS",
        "EITF",
        "SAB No",
        "Accounting Standards Codification",
        "recently issued accounting",
        "Recently Issued Accounting",
        "Recently Adopted Accounting",
        "ecent Accounting Pronouncements",
        "ew Accounting Pronouncements",
        "accounting pronouncement",
        "accounting standard",
        "Financial Accounting Standards",
    ];
    NAMES.iter().any(|name| text.contains(name))
}

/// A lead-in to a list or table, a pointer to another place, or a definition by the rules.
pub(super) fn is_pointer(sentence: &str) -> bool {
    const POINTERS: [&str; 31] = [
        "as follows",
        "the following",
        "The following",
        "table below",
        "tables below",
        "see Note",
        "See Note",
        "see “",
        "See “",
        "see \"",
        "See \"",
        "see Item",
        "See Item",
        "See also",
        "efer to",
        "incorporated by reference",
        "incorporated herein",
        "dditional information",
        "urther information",
        "forward-looking statements",
        "ore information",
        "Exhibit ",
        "summarized below",
        "described below",
        "discussed below",
        "previously disclosed in",
        "conform to",
        "described in Item",
        "described in Note",
        "discussed in Note",
        "is a deficiency, or a combination",
    ];
    sentence.ends_with([':', ';']) || POINTERS.iter().any(|pointer| sentence.contains(pointer))
}

#[derive(Default)]
struct Marks {
    words: usize,
    amounts: usize,
    dates: usize,
    names: usize,
    deeds: usize,
    grave: usize,
    modals: usize,
    policies: usize,
    latest_year: Option<i16>,
    /// Begins with a word that leans on the sentence before.
    leans: bool,
    /// A `not` was read: what follows did not happen.
    denies: bool,
}

impl Marks {
    fn of(sentence: &str) -> Self {
        let mut marks = Self::default();
        let mut lower = String::new();
        for token in sentence.split_whitespace() {
            let bare =
                token.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '%' | '€' | '£'));
            if bare.is_empty() {
                continue;
            }
            lower.clear();
            lower.extend(bare.chars().flat_map(char::to_lowercase));
            marks.read(bare, &lower);
        }
        marks
    }

    fn points(&self) -> f64 {
        let capped = |count: usize, most: usize| f64::from(u32::try_from(count.min(most)).unwrap_or(0));
        capped(self.amounts, 2)
            + 0.8 * capped(self.dates, 1)
            + 0.3 * capped(self.names, 3)
            + 1.3 * capped(self.deeds, 2)
            + 0.9 * capped(self.grave, 2)
            - 0.8 * capped(self.modals, 2)
            - 1.1 * capped(self.policies, 2)
    }

    fn read(&mut self, word: &str, lower: &str) {
        self.words += 1;
        self.leans |= self.words == 1 && mark(lower) == Some(Mark::Leaning);
        if word.contains(|c: char| c.is_ascii_digit()) {
            let is_year = lower.len() == 4 && (lower.starts_with("19") || lower.starts_with("20"));
            if word.contains(['$', '%', '€', '£']) {
                self.amounts += 1;
            } else if is_year {
                self.dates += 1;
                self.latest_year = self.latest_year.max(lower.parse().ok());
            }
            return;
        }
        match mark(lower) {
            Some(Mark::Not) => self.denies = true,
            Some(Mark::Scale) => self.amounts += 1,
            Some(Mark::Month) => self.dates += 1,
            Some(Mark::Deed) => self.deeds += usize::from(!self.denies),
            Some(Mark::Grave) => self.grave += usize::from(!self.denies),
            Some(Mark::Modal) => self.modals += 1,
            Some(Mark::Policy) => self.policies += 1,
            None if self.words > 1 && word.starts_with(char::is_uppercase) && lower != "company" => {
                self.names += 1;
            }
            Some(Mark::Leaning) | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_tells_more_than_what_might() {
        let ordered = [
            "In May 2025, we completed the sale of the Ohio foundry to Nordwell for $12 million.",
            "New tariffs have raised the cost of cast housings since April.",
            "We sell pumps to water utilities in all parts of the country.",
            "Our suppliers may raise their prices and we could lose orders.",
            "The amounts are measured at fair value and amortized on a straight-line basis.",
            "The following table shows the sales of pumps by country:",
        ];
        let points = ordered.map(|sentence| points(sentence, Some(2025)));
        assert!(points.is_sorted_by(|one, next| one > next), "{points:?}");
    }

    #[test]
    fn standards_are_known_by_their_names() {
        assert!(is_on_standards("In May the FASB issued a standard on leases."));
        assert!(!is_on_standards("We lease two plants."));
    }
}
