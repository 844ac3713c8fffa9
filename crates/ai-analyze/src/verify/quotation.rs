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

#[cfg(test)]
mod tests {
    use super::stands_in;

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
