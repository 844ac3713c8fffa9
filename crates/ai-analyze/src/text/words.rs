use filing_model::{Change, ChangeKind, EditOp, word_count};

/// What filers set before the points of a list, with the blank after it.
pub(crate) const BULLETS: [char; 6] = ['•', '·', '▪', '●', '■', ' '];

/// Words of a passage that hold a letter or a digit.
pub(crate) fn plain_words(text: &str) -> usize {
    text.split_whitespace().filter(|token| token.contains(char::is_alphanumeric)).count()
}

/// Words that a change brought and took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) added: usize,
    pub(crate) removed: usize,
}

/// What a change edited, in words: the whole of a new or removed passage, the edits of any other.
pub(crate) fn edited_words(change: &Change) -> Counts {
    let whole =
        |passage: &Option<filing_model::Passage>| passage.as_ref().map_or(0, |it| word_count(&it.text));
    match change.kind {
        ChangeKind::Added => Counts { added: whole(&change.newer), removed: 0 },
        ChangeKind::Removed => Counts { added: 0, removed: whole(&change.older) },
        ChangeKind::Modified | ChangeKind::Moved => {
            let of = |wanted: EditOp| {
                change.edits.iter().filter(|(op, _)| *op == wanted).map(|(_, text)| word_count(text)).sum()
            };
            Counts { added: of(EditOp::Insert), removed: of(EditOp::Delete) }
        }
    }
}

/// Numbers up to twelve as a word, larger ones in digits.
pub(crate) fn number_word(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(number).map_or_else(|| grouped(number), ToString::to_string)
}

/// `1 word`, `1,204 words`.
pub(crate) fn plural(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", grouped(number))
}

/// With commas between thousands.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_an_editor_sets_them() {
        assert_eq!(number_word(3), "three");
        assert_eq!(number_word(1204), "1,204");
        assert_eq!(plural(1, "word"), "1 word");
        assert_eq!(plural(12_345, "word"), "12,345 words");
    }
}
