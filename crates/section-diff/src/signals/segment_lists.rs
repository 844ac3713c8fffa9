//! What a sentence says of a company's segments: how many they are, and their names (ASC 280-10-50).

use super::{
    mentions::Mention,
    segment_names,
    tokens::{self, Token},
};

/// What kind of segments a sentence counts; a filing may report fewer than it operates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Reportable,
    Operating,
    Business,
    Plain,
}

impl Label {
    pub(super) const ALL: [Self; 4] = [Self::Reportable, Self::Operating, Self::Business, Self::Plain];
}

/// The segments that a sentence counts or lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segments {
    pub(super) label: Label,
    pub(super) count: usize,
    /// As written; empty when they are not all named.
    pub(super) names: Vec<String>,
    /// The last year that the sentence speaks of.
    pub(super) year: Option<i16>,
}

/// Words that stand between a count and "segments", with what they say of them.
const KINDS: [(&str, Label); 17] = [
    ("reportable", Label::Reportable),
    ("reporting", Label::Reportable),
    ("operating", Label::Operating),
    ("business", Label::Business),
    ("principal", Label::Business),
    ("primary", Label::Business),
    ("core", Label::Business),
    ("industry", Label::Business),
    ("product", Label::Business),
    ("separate", Label::Plain),
    ("distinct", Label::Plain),
    ("different", Label::Plain),
    ("main", Label::Plain),
    ("major", Label::Plain),
    ("global", Label::Plain),
    ("new", Label::Plain),
    ("and", Label::Plain),
];

/// Words of a sentence on other times, on other segments or on what might be.
const NOT_NOW: [&str; 23] = [
    "previously",
    "prior to",
    "prior year",
    "formerly",
    "historically",
    "will ",
    "would",
    "could",
    "effective",
    "beginning",
    "began",
    "changed",
    "change from",
    "changes to",
    "subsequent",
    "no longer",
    "in addition to",
    "until ",
    "if ",
    "discontinued",
    "other segments",
    "do not meet",
    "another segment",
];

/// The segments of a sentence that tells of the present; `None` when it does not.
pub(super) fn of(mention: &Mention<'_>) -> Option<Segments> {
    if mention.has(&NOT_NOW) || mention.has_may() {
        return None;
    }
    let tokens = tokens::of(&mention.lower);
    let mut places = (0..tokens.len()).filter(|place| matches!(tokens[*place].word, "segment" | "segments"));
    places.find_map(|place| counted(&tokens, place, mention).or_else(|| listed(&tokens, place, mention)))
}

/// "We have three reportable segments: A, B and C".
fn counted(tokens: &[Token<'_>], place: usize, mention: &Mention<'_>) -> Option<Segments> {
    let (label, before) = label(tokens, place);
    let (number, leads) = before.split_last()?;
    let count = tokens::count(number.word).filter(|_| number.word != "another")?;
    let behind = behind(mention.text, place);
    let says_so =
        count > 1 || label < Label::Plain || mention.has(&["operat", "manage", "report", "organiz"]);
    (says_so && is_own(leads, behind)).then(|| Segments {
        label,
        count,
        names: segment_names::of(behind, Some(count)).unwrap_or_default(),
        year: tokens::years(tokens).into_iter().max(),
    })
}

/// "Our reportable segments are A, B and C".
fn listed(tokens: &[Token<'_>], place: usize, mention: &Mention<'_>) -> Option<Segments> {
    const WHOLE: [&str; 4] = ["consist of ", "consisted of ", "are ", "comprise "];
    let (label, before) = label(tokens, place);
    let own = before.last().is_some_and(|token| matches!(token.word, "company's" | "our" | "its" | "the"));
    let behind = behind(mention.text, place);
    let whole = WHOLE.iter().any(|words| behind.trim_start().starts_with(words));
    if label > Label::Operating || !own || !whole {
        return None;
    }
    let names = segment_names::of(behind, None)?;
    Some(Segments { label, count: names.len(), names, year: tokens::years(tokens).into_iter().max() })
}

/// What the words before "segments" say of them, and the words before those.
fn label<'a, 'b>(tokens: &'a [Token<'b>], place: usize) -> (Label, &'a [Token<'b>]) {
    let kind =
        |token: &Token<'_>| KINDS.iter().find(|(word, _)| *word == token.word).map(|(_, label)| *label);
    let kinds: Vec<Label> = tokens[..place].iter().rev().map_while(kind).collect();
    (kinds.iter().min().copied().unwrap_or(Label::Plain), &tokens[..place - kinds.len()])
}

/// Whether the words around a count say that the company has as many segments.
fn is_own(leads: &[Token<'_>], behind: &str) -> bool {
    const LEADS: [&str; 24] = [
        "have",
        "has",
        "had",
        "into",
        "through",
        "as",
        "are",
        "is",
        "within",
        "operate",
        "operates",
        "operated",
        "report",
        "reports",
        "reported",
        "comprise",
        "comprises",
        "includes",
        "include",
        "represents",
        "constitutes",
        "identified",
        "manages",
        "maintains",
    ];
    // Markets are found in segments too.
    const WITHIN: [&str; 7] = ["operat", "report", "engag", "business", "result", "conduct", "organiz"];
    const ARTICLES: [&str; 3] = ["a", "the", "following"];
    let mut words = leads.iter().rev().map(|token| token.word).skip_while(|word| ARTICLES.contains(word));
    match words.next() {
        Some("our" | "company's") => ["are ", "are:", "were ", "consist", "comprise"]
            .iter()
            .any(|verb| behind.trim_start().starts_with(verb)),
        Some("of") => words.next().is_some_and(|word| word.contains("compris") || word.contains("consist")),
        Some("in") => words.next().is_some_and(|word| WITHIN.iter().any(|start| word.starts_with(start))),
        Some(word) => LEADS.contains(&word),
        None => false,
    }
}

/// The text behind a word of a sentence.
fn behind(text: &str, place: usize) -> &str {
    let word = text.split_whitespace().nth(place).unwrap_or("");
    let start = word.as_ptr().addr() - text.as_ptr().addr();
    let end = start + word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    text.get(end..).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sentences: &[&str]) -> String {
        let told = |text: &&str| {
            let mention = Mention::new(text);
            let found =
                of(&mention).map(|found| format!("{:?} {} {:?}", found.label, found.count, found.names));
            format!("{} | {text}", found.unwrap_or_else(|| "silent".to_owned()))
        };
        sentences.iter().map(told).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn segments_are_counted_and_named() {
        let sentences = [
            "We report our results in three segments: Gauges, Valves and Services.",
            "The Company has two reportable segments.",
            "The Company’s reportable operating segments consist of the Americas, Europe, Japan and Rest of Asia Pacific.",
            "We had two separate business segments in 2024: 1) Gauges, which made up 96 percent of revenue, and 2) Valves and Pumps, which made up 4 percent.",
            "We operate as two reportable segments: (i) automotive and (ii) energy generation and storage.",
            "Our four segments are Gauges; Server and Tools; Valves; and Services.",
            "We manage our business as a single operating segment.",
            "Operations are organized into four segments – Gauges, Valves, Pumps, and Home and Garden.",
        ];
        insta::assert_snapshot!(told(&sentences), @r#"
        Plain 3 ["Gauges", "Valves", "Services"] | We report our results in three segments: Gauges, Valves and Services.
        Reportable 2 [] | The Company has two reportable segments.
        Reportable 4 ["Americas", "Europe", "Japan", "Rest of Asia Pacific"] | The Company’s reportable operating segments consist of the Americas, Europe, Japan and Rest of Asia Pacific.
        Business 2 ["Gauges", "Valves and Pumps"] | We had two separate business segments in 2024: 1) Gauges, which made up 96 percent of revenue, and 2) Valves and Pumps, which made up 4 percent.
        Reportable 2 ["automotive", "energy generation and storage"] | We operate as two reportable segments: (i) automotive and (ii) energy generation and storage.
        Plain 4 ["Gauges", "Server and Tools", "Valves", "Services"] | Our four segments are Gauges; Server and Tools; Valves; and Services.
        Operating 1 [] | We manage our business as a single operating segment.
        Plain 4 ["Gauges", "Valves", "Pumps", "Home and Garden"] | Operations are organized into four segments – Gauges, Valves, Pumps, and Home and Garden.
        "#);
    }

    #[test]
    fn other_times_and_other_segments_are_passed_over() {
        let sentences = [
            "Effective in 2025, we will report under five operating segments.",
            "Previously, we had four reportable segments.",
            "In addition to gauges, we have two other segments.",
            "Costs incurred in one segment may benefit other segments.",
            "Sales rose in two of our segments.",
            "Both customers buy from all three business segments.",
            "We compete in two market segments.",
            "Demand grows in two main segments: carriers and cities.",
            "The following table presents net sales of the three segments.",
            "Other operating segments include Asia Pacific and Services.",
            "See Note 12, Segment Information.",
        ];
        insta::assert_snapshot!(told(&sentences), @r"
        silent | Effective in 2025, we will report under five operating segments.
        silent | Previously, we had four reportable segments.
        silent | In addition to gauges, we have two other segments.
        silent | Costs incurred in one segment may benefit other segments.
        silent | Sales rose in two of our segments.
        silent | Both customers buy from all three business segments.
        silent | We compete in two market segments.
        silent | Demand grows in two main segments: carriers and cities.
        silent | The following table presents net sales of the three segments.
        silent | Other operating segments include Asia Pacific and Services.
        silent | See Note 12, Segment Information.
        ");
    }
}
