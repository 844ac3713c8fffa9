//! What a reader would not notice.

use super::{pieces::PieceKind, random::Random, words::is_telling};

/// A text with other quotation marks, case, commas or hyphens; `None` when the chosen ones do not occur.
pub(super) fn retouch(text: &str, kind: PieceKind, random: &mut Random) -> Option<String> {
    let mut newer = text.to_owned();
    for _ in 0..random.between(1, 3) {
        newer = match random.below(7) {
            0 => other_quotes(&newer),
            1 => with_one(&newer, ", ", " ", random),
            2 => capitalised(&newer, random),
            3 => with_one(&newer, "; ", ", ", random),
            4 => without_end(&newer),
            5 if matches!(kind, PieceKind::Heading(_)) => newer.to_uppercase(),
            5 => with_comma(&newer, random),
            _ => unhyphened(&newer, random),
        };
    }
    (newer != text).then_some(newer)
}

fn other_quotes(text: &str) -> String {
    if text.contains(['’', '“', '”']) {
        return text.replace('’', "'").replace(['“', '”'], "\"");
    }
    text.replace('\'', "’")
}

/// One of the places exchanged, when letters stand around it.
fn with_one(text: &str, from: &str, to: &str, random: &mut Random) -> String {
    let letters = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphabetic);
        before && text[at + from.len()..].starts_with(char::is_alphabetic)
    };
    let places: Vec<usize> = text.match_indices(from).map(|(at, _)| at).filter(|at| letters(*at)).collect();
    random
        .pick(&places)
        .map_or_else(|| text.to_owned(), |&at| format!("{}{to}{}", &text[..at], &text[at + from.len()..]))
}

fn with_comma(text: &str, random: &mut Random) -> String {
    with_one(text, " ", ", ", random)
}

fn unhyphened(text: &str, random: &mut Random) -> String {
    with_one(text, "-", " ", random)
}

fn without_end(text: &str) -> String {
    text.strip_suffix('.').filter(|rest| rest.ends_with(char::is_alphabetic)).unwrap_or(text).to_owned()
}

/// One word with its first letter in the other case.
fn capitalised(text: &str, random: &mut Random) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let chosen = random.below(words.len());
    let flip = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().into_iter();
        let flipped: String = if word.starts_with(char::is_lowercase) {
            first.flat_map(char::to_uppercase).collect()
        } else {
            first.flat_map(char::to_lowercase).collect()
        };
        flipped + letters.as_str()
    };
    let newer = words
        .iter()
        .enumerate()
        .map(|(at, word)| if at == chosen && is_telling(word) { flip(word) } else { (*word).to_owned() });
    newer.collect::<Vec<_>>().join(" ")
}

/// "the Company" becomes "we" throughout, or the other way round where a text says "we" alone; `None` when it says neither.
pub(super) fn rename_company(text: &str) -> Option<String> {
    let exchange = |words: &[(&str, &str)]| {
        words.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    let newer = if text.contains("Company") {
        exchange(&[
            ("the Company’s ", "our "),
            ("The Company’s ", "Our "),
            ("the Company's ", "our "),
            ("The Company's ", "Our "),
            ("the Company ", "we "),
            ("The Company ", "We "),
        ])
    } else {
        exchange(&[(" our ", " the Company’s "), (" we ", " the Company "), ("We ", "The Company ")])
    };
    (newer != text).then_some(newer)
}

#[cfg(test)]
mod tests {
    use super::{super::words::plain, *};

    #[test]
    fn letters_and_digits_stay() {
        let text = "Our \u{201c}low-cost\u{201d} parts, however, cost $1,200; that\u{2019}s much.";
        let mut random = Random::named(3, &["cosmetic"]);
        let made: Vec<String> =
            (0..50).filter_map(|_| retouch(text, PieceKind::Prose, &mut random)).collect();
        assert!(made.len() > 20, "{}", made.len());
        assert!(made.iter().all(|newer| plain(newer) == plain(text)));
    }

    #[test]
    fn the_company_speaks_for_itself() {
        let newer = rename_company("The Company’s plants stand where the Company began.");
        assert_eq!(newer.as_deref(), Some("Our plants stand where we began."));
        let newer = rename_company("We sold our plants.");
        assert_eq!(newer.as_deref(), Some("The Company sold the Company’s plants."));
        assert_eq!(rename_company("Plants stand."), None);
    }
}
