//! Numbers, dates and lists as a reader expects them.

use jiff::civil::Date;

/// `1,204`
pub(crate) fn number(value: usize) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 change`, `1,204 changes`
pub(crate) fn counted(value: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// `+105`; of nothing `0`
pub(crate) fn gained(words: usize) -> String {
    if words == 0 { number(words) } else { format!("+{}", number(words)) }
}

/// `−53`; of nothing `0`
pub(crate) fn lost(words: usize) -> String {
    if words == 0 { number(words) } else { format!("−{}", number(words)) }
}

/// `December 27, 2025`
pub(crate) fn date(date: Date) -> String {
    date.strftime("%B %-d, %Y").to_string()
}

/// `a`, `a and b`, `a, b and c`
pub(crate) fn list<S: AsRef<str>>(parts: &[S]) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    match parts.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The first words of a text, and how many were left out.
pub(crate) fn cut(text: &str, words: usize) -> (&str, usize) {
    let mut starts = text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize);
    match starts.nth(words) {
        Some(end) => (text[..end].trim_end(), 1 + starts.count()),
        None => (text, 0),
    }
}

/// The first words of a text, then how many more there are.
pub(crate) fn shortened(text: &str, words: usize) -> String {
    match cut(text, words) {
        (text, 0) => text.to_owned(),
        (head, more) => format!("{head} … ({})", counted(more, "more word", "more words")),
    }
}

/// A share from 0 to 1 as `95%`; near the top with a decimal, so that `100%` means all.
pub(crate) fn percent(share: f64) -> String {
    let tenths = (share.clamp(0.0, 1.0) * 1000.0).floor() / 10.0;
    if tenths > 99.0 && tenths < 100.0 { format!("{tenths:.1}%") } else { format!("{tenths:.0}%") }
}

/// What share of the whole a part is; of nothing it is nothing.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    let float = |value: usize| f64::from(u32::try_from(value).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { float(part) / float(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        let written: Vec<_> = [0, 12, 999, 1000, 20_400, 1_234_567].map(number).into();
        assert_eq!(written.join(" "), "0 12 999 1,000 20,400 1,234,567");
    }

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!([gained(0), lost(0), gained(1_204), lost(3)], ["0", "0", "+1,204", "−3"]);
    }

    #[test]
    fn only_all_is_a_hundred_percent() {
        let written: Vec<_> = [0.0, 0.504, 0.95, 0.9984, 0.99999, 1.0].map(percent).into();
        assert_eq!(written.join(" "), "0% 50% 95% 99.8% 99.9% 100%");
    }

    #[test]
    fn what_is_cut_is_counted() {
        assert_eq!(shortened("one two  three four", 2), "one two … (2 more words)");
        assert_eq!(shortened(" one two ", 2), " one two ");
    }

    #[test]
    fn lists_and_dates_are_written_out() {
        assert_eq!(list(&["6", "9B", "9C"]), "6, 9B and 9C");
        assert_eq!(date(jiff::civil::date(2025, 2, 3)), "February 3, 2025");
    }
}
