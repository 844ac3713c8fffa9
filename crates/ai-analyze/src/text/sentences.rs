use std::ops::Range;

/// Where the sentences of a passage stand, in bytes; lines of tables and paragraphs end one, too.
///
/// Each range begins and ends with a character that is not blank. Abbreviations and initials do not end a sentence,
/// so one may come out longer than a reader would say, never cut short.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let end = at + character.len_utf8();
        let ends = match character {
            '\n' => true,
            '.' | '!' | '?' | '"' | '\'' | ')' | '\u{201d}' | '\u{2019}' => {
                let next_is_blank = characters.peek().is_some_and(|(_, next)| next.is_whitespace());
                next_is_blank && closes(&text[start..end]) && opens(text[end..].trim_start())
            }
            _ => false,
        };
        if ends {
            push(&mut ranges, text, start..end);
            start = end;
        }
    }
    push(&mut ranges, text, start..text.len());
    ranges
}

/// Whether a piece of text ends in a full stop that is no abbreviation's, quotation marks and brackets aside.
fn closes(piece: &str) -> bool {
    let bare = piece.trim_end_matches(['"', '\'', ')', '\u{201d}', '\u{2019}']);
    if bare.ends_with(['!', '?']) {
        return true;
    }
    let Some(before) = bare.strip_suffix('.') else { return false };
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    !is_initial && !word.contains('.') && !ABBREVIATIONS.contains(&word)
}

/// Whether a text can be the beginning of a sentence.
fn opens(rest: &str) -> bool {
    let marks =
        ['"', '\'', '(', '$', '\u{201c}', '\u{2018}', '\u{2022}', '\u{b7}', '\u{25aa}', '\u{25cf}', ' '];
    rest.trim_start_matches(marks).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

fn push(ranges: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.start + piece.trim_end().len();
    if start < end {
        ranges.push(start..end);
    }
}

/// Words before a full stop that seldom ends a sentence in a filing.
const ABBREVIATIONS: [&str; 36] = [
    "Inc", "Corp", "Co", "Cos", "Ltd", "Bros", "No", "Nos", "Mr", "Mrs", "Ms", "Dr", "Jr", "Sr", "St",
    "Messrs", "vs", "v", "al", "cf", "approx", "Art", "Sec", "Fig", "Reg", "Jan", "Feb", "Mar", "Apr", "Aug",
    "Sept", "Sep", "Oct", "Nov", "Dec", "Rev",
];

#[cfg(test)]
mod tests {
    use super::sentences;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_sentence_ends_at_its_full_stop() {
        assert_eq!(
            cut("We sell pumps. We also sell valves! Do we?"),
            ["We sell pumps.", "We also sell valves!", "Do we?"]
        );
        assert_eq!(
            cut("He said \u{201c}never.\u{201d} They left."),
            ["He said \u{201c}never.\u{201d}", "They left."]
        );
        assert_eq!(
            cut("(See Note 4.) The rate was 3.5% in 2024."),
            ["(See Note 4.)", "The rate was 3.5% in 2024."]
        );
    }

    #[test]
    fn abbreviations_and_decimals_do_not_end_one() {
        for whole in [
            "Acme Inc. Group sells in the U.S. Navy market.",
            "John A. Smith et al. Co-founded it.",
            "It cost $1.5 or so.",
        ] {
            assert_eq!(cut(whole), [whole]);
        }
    }

    #[test]
    fn lines_and_paragraphs_end_one() {
        assert_eq!(cut("Revenue | 12\nCost | 7\n\n  New text "), ["Revenue | 12", "Cost | 7", "New text"]);
        assert!(cut(" \n ").is_empty());
    }
}
