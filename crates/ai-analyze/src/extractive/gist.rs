//! The part of a sentence that a statement shows, word for word.

use crate::text::BULLETS;

/// The longest part shown, in words.
const MOST_WORDS: usize = 36;

/// The fewest words before a clause's end at which a long sentence may be cut.
const FEWEST_WORDS: usize = 20;

/// What joins a sentence to the one before, and says nothing alone.
const OPENERS: [&str; 17] = [
    "Additionally, ",
    "In addition, ",
    "Further, ",
    "Furthermore, ",
    "Moreover, ",
    "However, ",
    "Also, ",
    "As a result, ",
    "Specifically, ",
    "For example, ",
    "In particular, ",
    "Accordingly, ",
    "Finally, ",
    "Therefore, ",
    "Consequently, ",
    "Similarly, ",
    "For instance, ",
];

/// The sentence in quotation marks, cut at a clause when it is long; `None` for rows of tables.
pub(super) fn gist(sentence: &str) -> Option<String> {
    gist_of(sentence, MOST_WORDS)
}

/// The same with at most so many words.
pub(super) fn gist_of(sentence: &str, most_words: usize) -> Option<String> {
    let words: Vec<&str> = bare(sentence).split_whitespace().collect();
    if words.is_empty() || words.contains(&"|") {
        return None;
    }
    let kept = if words.len() <= most_words { words.len() } else { cut(&words, most_words) };
    let text = words[..kept].join(" ");
    let text = text.trim_end_matches(['.', ',', ';', ':', '—', '-', ' ']);
    let more = if kept < words.len() { " …" } else { "" };
    let text = single_marks(text);
    (!text.is_empty()).then(|| format!("“{text}{more}”"))
}

/// Quotation marks within quotation marks.
pub(super) fn single_marks(text: &str) -> String {
    text.replace('\u{201c}', "\u{2018}").replace('\u{201d}', "\u{2019}").replace('"', "'")
}

/// Without bullets, the number of a footnote, and words that lean on the sentence before.
fn bare(sentence: &str) -> &str {
    let mut text = sentence.trim_start_matches(BULLETS).trim_start_matches('*').trim();
    if let Some((number, rest)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        && number.len() <= 2
    {
        text = rest.trim_start();
    }
    OPENERS.iter().find_map(|opener| text.strip_prefix(opener)).unwrap_or(text)
}

/// How many words up to the last end of a clause that fits; as many as fit when there is none.
fn cut(words: &[&str], most_words: usize) -> usize {
    let fewest = FEWEST_WORDS.min(most_words);
    // The comma of a date ends no clause.
    let is_day = |word: &str| word.trim_end_matches(',').bytes().all(|byte| byte.is_ascii_digit());
    let joins = |word: &str| matches!(word, "and" | "or" | "but");
    let ends = |at: &usize| {
        let word = words[at - 1];
        word.ends_with([',', ';', ':', '—']) && !is_day(word) && !joins(words[at - 2])
    };
    let end = (fewest..=most_words).rev().find(ends);
    let weak = |word: &str| {
        matches!(
            word,
            "the"
                | "a"
                | "an"
                | "of"
                | "to"
                | "and"
                | "or"
                | "in"
                | "for"
                | "by"
                | "with"
                | "our"
                | "that"
                | "from"
                | "on"
        )
    };
    let mut all = most_words;
    while all > fewest && weak(words[all - 1]) {
        all -= 1;
    }
    end.unwrap_or(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gist_is_the_bare_sentence() {
        assert_eq!(
            gist("(2) In addition, we sell \"pumps\" to mines.").unwrap_or_default(),
            "“we sell 'pumps' to mines”"
        );
        assert_eq!(gist("Pumps | 12"), None);
    }

    #[test]
    fn a_long_one_is_cut_at_a_clause() {
        let text = "The foundry in Ohio was closed on May 5, 2025, after the flood of the spring of last year, which filled its two halls, and the one in Iowa now casts all of the housings for our pumps.";
        let shown = "“The foundry in Ohio was closed on May 5, 2025, after the flood of the spring of last year, which filled its two halls …”";
        assert_eq!(gist_of(text, 30).unwrap_or_default(), shown);
    }
}
