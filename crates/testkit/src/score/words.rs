//! What counts as the same word.

/// Lower case, letters and digits of ASCII only; an apostrophe parts no word.
pub(super) fn normalised(text: &str) -> Vec<String> {
    let plain: String = text.to_lowercase().chars().filter(|c| !matches!(c, '’' | '\'')).collect();
    plain
        .split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Tokens that hold a letter or digit: lone `$`, `)` and dashes of table cells do not count.
pub(super) fn count_with_letters(text: &str) -> usize {
    text.split_whitespace().filter(|token| token.contains(char::is_alphanumeric)).count()
}

/// How many words two short runs have in common in the same order.
pub(super) fn in_common(left: &[String], right: &[String]) -> usize {
    let mut row = vec![0; right.len() + 1];
    for word in left {
        let mut diagonal = 0;
        for (at, other) in right.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == other { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_punctuation_and_apostrophes_do_not_part_words() {
        assert_eq!(
            normalised("The Company’s NET-sales: $1,234 (a)"),
            ["the", "companys", "net", "sales", "1", "234", "a"]
        );
    }

    #[test]
    fn marks_of_table_cells_are_no_words() {
        assert_eq!(count_with_letters("Total | $ | 12 | ) | — | %"), 2);
    }

    #[test]
    fn words_agree_in_their_order_even_when_one_is_missing() {
        let words = |text: &str| normalised(text);
        assert_eq!(in_common(&words("we make gauges in ohio"), &words("we make fine gauges ohio")), 4);
        assert_eq!(in_common(&words("a b c"), &words("c b a")), 1);
        assert_eq!(in_common(&[], &words("a")), 0);
    }
}
