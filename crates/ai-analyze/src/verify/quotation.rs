use filing_model::Side;

/// Whether a normalised quotation stands in a normalised text, as whole words.
pub(super) fn stands_in(text: &str, quotation: &str) -> bool {
    if quotation.is_empty() {
        return false;
    }
    text.match_indices(quotation)
        .any(|(at, found)| begins_a_word(text, at) && ends_a_word(text, at + found.len()))
}

/// Marks that join what stands on both sides of them to one word: `can't`, `non-compliance`, `9.4`, `1,540`.
const JOINTS: [char; 4] = ['-', '\'', '.', ','];

/// A word goes on backwards over its joints, and has its sign: `$9.4`, `-5`.
fn begins_a_word(text: &str, at: usize) -> bool {
    let mut inside = text[at..].chars();
    let (first, second) = (inside.next(), inside.next());
    let mut before = text[..at].chars().rev();
    let Some(last) = before.next() else { return true };
    match first {
        Some(joint) if JOINTS.contains(&joint) => !(last.is_alphanumeric() && is_alphanumeric(second)),
        Some('%') => !last.is_numeric(),
        Some(first) if first.is_alphanumeric() => match last {
            '-' => false,
            '$' | '€' | '£' | '¥' | '.' | ',' if first.is_numeric() => false,
            joint if JOINTS.contains(&joint) => !is_alphanumeric(before.next()),
            other => !other.is_alphanumeric(),
        },
        _ => true,
    }
}

/// The same forwards: `year-over-year`, `12.5%`, `company's`.
fn ends_a_word(text: &str, at: usize) -> bool {
    let mut inside = text[..at].chars().rev();
    let (last, before_last) = (inside.next(), inside.next());
    let mut after = text[at..].chars();
    let Some(next) = after.next() else { return true };
    match last {
        Some('-') => !next.is_alphanumeric(),
        Some('$' | '€' | '£' | '¥') => !next.is_numeric(),
        Some(joint) if JOINTS.contains(&joint) => !(is_alphanumeric(before_last) && next.is_alphanumeric()),
        Some(last) if last.is_alphanumeric() => match next {
            '%' => !last.is_numeric(),
            joint if JOINTS.contains(&joint) => !is_alphanumeric(after.next()),
            other => !other.is_alphanumeric(),
        },
        _ => true,
    }
}

fn is_alphanumeric(character: Option<char>) -> bool {
    character.is_some_and(char::is_alphanumeric)
}

/// Words of a normalised text in lower case between single blanks, one at either end; punctuation counts in figures alone.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::from(" ");
    for token in text.split_whitespace().filter(|token| token.contains(char::is_alphanumeric)) {
        let is_figure = token.contains(char::is_numeric);
        let is_mark =
            |c: char| !(c.is_alphanumeric() || is_figure && matches!(c, '$' | '%' | '(' | ')' | '-'));
        let word = token.trim_matches(is_mark).to_lowercase();
        folded.push_str(&if is_figure { word } else { word.replace('-', " ") });
        folded.push(' ');
    }
    folded
}

/// A quotation without what a model may have put around the words of one side: the marks of edits as it was shown them
/// (then what the other side has is left out), quotation marks, and dots that say that the text goes on.
///
/// `None` when nothing stands around them, or when a mark is not closed.
pub(super) fn without_frame(quotation: &str, side: Side) -> Option<String> {
    let words = without_marks(quotation, side)?;
    let framed = words.trim();
    let mut bare = framed;
    for (open, close) in [('"', '"'), ('\u{201c}', '\u{201d}')] {
        bare = bare.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).unwrap_or(bare);
    }
    for dots in ["[...]", "[\u{2026}]", "...", "\u{2026}"] {
        bare = bare.trim().trim_start_matches(dots).trim_end_matches(dots).trim();
    }
    (bare != quotation.trim()).then(|| bare.to_owned())
}

/// `[-gone-]` and `{+new+}` read as the text of one side.
fn without_marks(text: &str, side: Side) -> Option<String> {
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("[-").into_iter().chain(rest.find("{+")).min() {
        let (own, close) =
            if rest[at..].starts_with("[-") { (Side::Older, "-]") } else { (Side::Newer, "+}") };
        let inside = &rest[at + 2..];
        let end = inside.find(close)?;
        words.push_str(&rest[..at]);
        if own == side {
            words.push_str(&inside[..end]);
        }
        rest = &inside[end + 2..];
    }
    words.push_str(rest);
    (!words.contains("+}") && !words.contains("-]")).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_for_one_side_and_frames_go() {
        let marked = "Margin [-rose to 46.6%-]{+fell to 43.9%+} of sales";
        let read = |text: &str, side: Side| without_frame(text, side).unwrap_or_else(|| "-".to_owned());
        assert_eq!(read(marked, Side::Newer), "Margin fell to 43.9% of sales");
        assert_eq!(read(marked, Side::Older), "Margin rose to 46.6% of sales");
        assert_eq!(read("\u{201c}We sell pumps\u{2026}\u{201d}", Side::Newer), "We sell pumps");
        for whole in
            ["We sell pumps", "Margin fell to 43.9%+} of sales", "Margin {+fell", "a \"Note\" or \"Bond\""]
        {
            assert_eq!(read(whole, Side::Newer), "-", "{whole}");
        }
    }

    #[test]
    fn case_and_punctuation_are_folded_away_but_not_in_figures() {
        assert_eq!(folded("We re-sold (some) Pumps, - in \"2024\"."), " we re sold some pumps in 2024 ");
        assert_eq!(folded("(5) or $5%"), " (5) or $5% ");
    }

    #[test]
    fn whole_words_are_found() {
        for (text, quotation) in [
            ("our controls were effective.", "controls were effective"),
            ("our controls were effective.", "effective."),
            ("(the \"Notes\") are due", "the \"Notes\""),
            ("risks - old and new", "old and new"),
            ("sales of $9.4 million, up 12%", "$9.4 million, up 12%"),
        ] {
            assert!(stands_in(text, quotation), "{quotation:?} in {text:?}");
        }
    }

    #[test]
    fn a_part_of_a_word_or_figure_is_not() {
        for (text, quotation) in [
            ("our controls were ineffective.", "effective"),
            ("non-compliance with covenants", "compliance with covenants"),
            ("we can't meet demand", "we can"),
            ("a margin of 12.5% in all", "a margin of 12"),
            ("a margin of 12% in all", "a margin of 12"),
            ("sales of 1,200 units", "sales of 1"),
            ("sales of $19 million", "9 million"),
            ("sales of $9 million", "9 million"),
            ("a rate of -5%", "5%"),
            ("measured year-over-year", "measured year"),
            ("Effective controls", "effective controls"),
            ("sales of $9.4 million", ".4 million"),
            ("sales of $9.4 million", "sales of $9."),
            ("sales of $9.4 million", "sales of $"),
            ("non-compliance with covenants", "-compliance with covenants"),
            ("a rate of -5%", "a rate of -"),
        ] {
            assert!(!stands_in(text, quotation), "{quotation:?} in {text:?}");
        }
    }
}
