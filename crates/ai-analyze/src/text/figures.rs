use std::ops::Range;

/// A number with what gives it its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// Digits without the commas between thousands, such as `1540` or `9.40`.
    pub(crate) digits: String,
    /// `$` and the like before it.
    pub(crate) currency: Option<char>,
    /// `%`, `million` and the like after it.
    pub(crate) unit: Option<&'static str>,
    /// The unit of the next number, when the two share it: `10 to 12 million`.
    pub(crate) shared_unit: Option<&'static str>,
}

impl Number {
    /// Whether a source that has `self` bears out a statement that has `stated`: the same digits, unit and currency;
    /// a statement may leave the currency away.
    pub(crate) fn bears_out(&self, stated: &Self) -> bool {
        let units = |number: &Self| [number.unit, number.shared_unit.or(number.unit)];
        self.digits == stated.digits
            && units(self).iter().any(|unit| units(stated).contains(unit))
            && (stated.currency.is_none() || stated.currency == self.currency)
    }
}

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) number: Number,
    /// Where its digits stand, in bytes.
    pub(crate) at: Range<usize>,
    /// The word after it and its unit, in lower case.
    pub(crate) noun: String,
}

/// The numbers of a normalised text. Numbers of Items (`Item 9A`) and names of forms (`10-K`) are none.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut items_end = None;
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|offset| at + offset) {
        let end = digits_end(text, start);
        at = end;
        if names_item(text, start, items_end) {
            items_end = Some(end + usize::from(text[end..].starts_with(|c: char| c.is_ascii_uppercase())));
            continue;
        }
        if names_form(&text[end..]) {
            continue;
        }
        let (unit, after) = unit(&text[end..]);
        let number = Number {
            digits: text[start..end].replace(',', ""),
            currency: currency(&text[..start]),
            unit,
            shared_unit: None,
        };
        if let Some(previous) = found.last_mut()
            && previous.number.unit.is_none()
            && unit.is_some()
            && joins(&text[previous.at.end..start])
        {
            previous.number.shared_unit = unit;
        }
        let noun = after.split_whitespace().next().unwrap_or_default();
        let noun = noun.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        found.push(Figure { number, at: start..end, noun });
    }
    found
}

/// Commas count when three digits follow, points when one does.
fn digits_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = start;
    loop {
        if is_digit(at) {
            at += 1;
        } else if bytes.get(at) == Some(&b',') && (1..4).all(|n| is_digit(at + n)) && !is_digit(at + 4)
            || bytes.get(at) == Some(&b'.') && is_digit(at + 1)
        {
            at += 2;
        } else {
            return at;
        }
    }
}

/// `Item 9`, `Items 7 and 8`.
fn names_item(text: &str, start: usize, items_end: Option<usize>) -> bool {
    let before = text[..start].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let follows_item = items_end.is_some_and(|end| {
        end <= start && matches!(text[end..start].trim(), "and" | "," | ", and" | "to" | "-")
    });
    word.eq_ignore_ascii_case("item") || word.eq_ignore_ascii_case("items") || follows_item
}

/// What follows the 10 of `10-K` or the 20 of `20-F`.
fn names_form(after: &str) -> bool {
    let mut characters = after.chars();
    characters.next() == Some('-')
        && matches!(characters.next(), Some('K' | 'Q' | 'F'))
        && !characters.next().is_some_and(char::is_alphanumeric)
}

/// Cells of tables and brackets of negative amounts may stand between the sign and the digits.
fn currency(before: &str) -> Option<char> {
    let sign = before.trim_end_matches([' ', '|', '(', '-']).chars().next_back()?;
    matches!(sign, '$' | '€' | '£' | '¥').then_some(sign)
}

/// The unit after a number, and the text after the unit.
fn unit(after: &str) -> (Option<&'static str>, &str) {
    const SIGNS: [(&str, &str); 2] = [("%", "%"), ("bps", "basis points")];
    const WORDS: [(&str, &str); 12] = [
        ("percentage points", "percentage points"),
        ("percentage point", "percentage points"),
        ("percent", "%"),
        ("per cent", "%"),
        ("basis points", "basis points"),
        ("basis point", "basis points"),
        ("thousand", "thousand"),
        ("million", "million"),
        ("billion", "billion"),
        ("trillion", "trillion"),
        ("bn", "billion"),
        ("M", "million"),
    ];
    let rest = after.trim_start_matches([' ', '|', ')']);
    for (written, unit) in SIGNS.into_iter().chain(WORDS) {
        if let Some(rest) = rest.strip_prefix(written)
            && (written == "%" || !rest.starts_with(char::is_alphanumeric))
        {
            return (Some(unit), rest);
        }
    }
    (None, after)
}

/// Whether two numbers share the unit of the second: `10 to 12 million`, `$4.1 and $4.4 billion`.
fn joins(between: &str) -> bool {
    let word = between.trim_matches([' ', '$', '€', '£', '¥', '|']);
    matches!(word, "to" | "and" | "or" | "-" | "through" | "versus" | "vs." | ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let show = |figure: Figure| {
            let Number { digits, currency, unit, shared_unit } = figure.number;
            format!(
                "{}{digits}{}",
                currency.map_or(String::new(), String::from),
                unit.or(shared_unit).map_or(String::new(), |unit| format!(" {unit}"))
            )
        };
        figures(text).into_iter().map(show).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_number_comes_with_its_currency_and_unit() {
        insta::assert_snapshot!(read("Margin fell to 43.9% from 46.6 percent, or $9.4 million of 1,540."), @"43.9 %; 46.6 %; $9.4 million; 1540");
        insta::assert_snapshot!(read("$ | (1,234) | 12 | % and 25 basis points"), @"$1234; 12 %; 25 basis points");
        insta::assert_snapshot!(read("between 10 and 12 million; in 2024,2025 or 1,5"), @"10 million; 12 million; 2024; 2025; 1; 5");
    }

    #[test]
    fn items_and_forms_are_names() {
        assert_eq!(read("Item 9A and Items 7 and 8 of the 10-K"), "");
        assert_eq!(read("a 10-Kilometre run"), "10");
    }

    #[test]
    fn another_scale_is_another_figure() {
        let number = |text: &str| figures(text).remove(0).number;
        assert!(number("$9.4 million").bears_out(&number("9.4 million")));
        assert!(!number("$9.4 million").bears_out(&number("$9.4 billion")));
        assert!(!number("$9.4 million").bears_out(&number("$9.4")));
        assert!(!number("9.4 million").bears_out(&number("$9.4 million")));
        assert!(number("10 to 12%").bears_out(&number("10%")));
    }
}
