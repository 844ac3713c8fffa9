//! Words as a reader weighs them.

/// Letters and digits alone, in small letters: equal for paragraphs that differ in case and punctuation.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A word without the marks around it, in small letters.
pub(super) fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Words that say what a text is about, as sorted numbers that compare fast; figures are all alike.
pub(super) fn content(text: &str) -> Vec<u64> {
    let mut words: Vec<u64> = text.split_whitespace().filter_map(content_word).collect();
    words.sort_unstable();
    words
}

fn content_word(word: &str) -> Option<u64> {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(0);
    }
    let word = bare(word);
    (word.chars().count() >= 4).then(|| fingerprint(word.bytes()))
}

/// FNV-1a.
pub(super) fn fingerprint(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// What two sorted lists share, per cent of both.
pub(super) fn likeness(a: &[u64], b: &[u64]) -> usize {
    let (mut at, mut other, mut shared) = (0, 0, 0);
    while at < a.len() && other < b.len() {
        match a[at].cmp(&b[other]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                at += 1;
                other += 1;
            }
        }
    }
    200 * shared / (a.len() + b.len()).max(1)
}

/// Words whose change no reader would call an edit of words: dates, units, and the company's names for itself.
const NOT_TELLING: [&str; 33] = [
    "the",
    "we",
    "us",
    "our",
    "company",
    "companys",
    "corporation",
    "registrant",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "aug",
    "sept",
    "oct",
    "dec",
    "million",
    "billion",
    "thousand",
    "percent",
    "millions",
];

/// Whether exchanging a word changes what is said.
pub(super) fn is_telling(word: &str) -> bool {
    let letters = plain(word);
    letters.len() >= 3 && letters.chars().all(char::is_alphabetic) && !NOT_TELLING.contains(&letters.as_str())
}

/// Whether a word names a month.
pub(super) fn is_month(word: &str) -> bool {
    NOT_TELLING[8..20].contains(&bare(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_a_share_of_both() {
        let words = |text| content(text);
        assert_eq!(likeness(&words("sales rose 5%"), &words("Sales rose, 7%")), 100);
        assert_eq!(likeness(&words("sales rose"), &words("costs rose")), 50);
        assert_eq!(likeness(&words("sales"), &words("costs")), 0);
    }

    #[test]
    fn dates_and_names_tell_nothing() {
        assert!(
            is_telling("(inventory),") && !is_telling("Company’s") && !is_telling("May") && !is_telling("$5")
        );
        assert!(is_month("December") && !is_month("Company"));
    }
}
