use std::ops::Range;

use super::spelled::{Spelled, Value, spelled};

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
    /// Whether a source that has `self` bears out a statement that has `stated`: the same amount and unit; a statement may
    /// leave the currency away, and write an amount out or in another scale (`1.5 million`, `1,500,000`).
    pub(crate) fn bears_out(&self, stated: &Self) -> bool {
        let units = |number: &Self| [number.unit, number.shared_unit.or(number.unit)];
        let is_same = |own: Option<&str>, said: Option<&str>| {
            if own == said {
                return same_digits(&self.digits, &stated.digits);
            }
            // A source without a scale may be a table in thousands.
            own.is_some()
                && amount(&self.digits, own).is_some_and(|own| Some(own) == amount(&stated.digits, said))
        };
        (stated.currency.is_none() || stated.currency == self.currency)
            && units(self).into_iter().any(|own| units(stated).into_iter().any(|said| is_same(own, said)))
    }

    /// In the same unit; of figures in two currencies or units nothing can be computed. A currency may be left away.
    pub(crate) fn is_of_a_kind_with(&self, other: &Self) -> bool {
        let unit = |number: &Self| number.unit.or(number.shared_unit);
        let currencies = [self.currency, other.currency];
        (currencies.contains(&None) || self.currency == other.currency) && unit(self) == unit(other)
    }

    /// The number in its own unit.
    pub(crate) fn value(&self) -> Option<f64> {
        self.digits.parse().ok()
    }

    /// The number without its scale.
    pub(crate) fn amount(&self) -> Option<f64> {
        let unit = self.unit.or(self.shared_unit);
        Some(self.value()? * scale(unit).map_or(1.0, f64::from))
    }
}

fn same_digits(one: &str, other: &str) -> bool {
    one == other || amount(one, None).is_some_and(|one| Some(one) == amount(other, None))
}

/// In millionths; `None` for what is no amount, such as a percentage, and for more decimals than anybody writes.
fn amount(digits: &str, unit: Option<&str>) -> Option<u128> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if decimals.len() > 6 || decimals.contains('.') {
        return None;
    }
    let millionths: u128 = format!("{whole}{decimals:0<6}").parse().ok()?;
    let scale = scale(unit)?;
    millionths.checked_mul(u128::from(scale.thousands))?.checked_mul(u128::from(scale.millions))
}

/// A factor of up to a trillion, as two that fit.
#[derive(Clone, Copy)]
struct Scale {
    thousands: u32,
    millions: u32,
}

impl From<Scale> for f64 {
    fn from(scale: Scale) -> Self {
        Self::from(scale.thousands) * Self::from(scale.millions)
    }
}

fn scale(unit: Option<&str>) -> Option<Scale> {
    let (thousands, millions) = match unit {
        None => (1, 1),
        Some("thousand") => (1_000, 1),
        Some("million") => (1, 1_000_000),
        Some("billion") => (1_000, 1_000_000),
        Some("trillion") => (1_000_000, 1_000_000),
        Some(_) => return None,
    };
    Some(Scale { thousands, millions })
}

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) number: Number,
    /// Where its digits stand, in bytes.
    pub(crate) at: Range<usize>,
    /// Where the unit ends, or the digits when there is none.
    pub(crate) end: usize,
    /// Less than zero as it is written: `-5`, or `(5)` in a table or behind a currency.
    pub(crate) negative: bool,
    /// The word after it and its unit, in lower case.
    pub(crate) noun: String,
    /// A share or a multiple in words.
    pub(crate) relation: Option<Value>,
}

impl Figure {
    /// A year of our time, as far as digits can tell.
    pub(crate) fn is_year(&self) -> bool {
        let Number { digits, currency, unit, .. } = &self.number;
        let is_plain = digits.len() == 4 && self.at.len() == 4 && !digits.contains('.');
        unit.is_none()
            && currency.is_none()
            && is_plain
            && (digits.starts_with("19") || digits.starts_with("20"))
    }
}

/// The numbers of a normalised text, in digits and in words. Numbers of Items (`Item 9A`) and names of forms (`10-K`) are none.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let mut found = in_digits(text);
    found.extend(spelled(text).into_iter().map(|spelled| in_words(text, spelled)));
    found.sort_by_key(|figure| figure.at.start);
    share_units(text, &mut found);
    found
}

fn in_words(text: &str, Spelled { value, at }: Spelled) -> Figure {
    let (unit, after) = unit(text[at.end..].strip_prefix('-').unwrap_or(&text[at.end..]));
    let digits = match value {
        Value::Count(count) => count.to_string(),
        Value::Fraction(..) | Value::Times(_) | Value::Halved => String::new(),
    };
    let relation = (!matches!(value, Value::Count(_))).then_some(value);
    let number = Number { digits, currency: None, unit, shared_unit: None };
    Figure { number, end: text.len() - after.len(), at, negative: false, noun: noun(after), relation }
}

/// `10 to 12 million`: the first number has the unit of the second.
fn share_units(text: &str, found: &mut [Figure]) {
    for at in 1..found.len() {
        let unit = found[at].number.unit;
        let [previous, next] = [&found[at - 1], &found[at]];
        let shares = previous.number.unit.is_none()
            && unit.is_some()
            && previous.at.end <= next.at.start
            && joins(&text[previous.at.end..next.at.start]);
        if shares {
            found[at - 1].number.shared_unit = unit;
        }
    }
}

fn noun(after: &str) -> String {
    let noun = after.split_whitespace().next().unwrap_or_default();
    noun.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn in_digits(text: &str) -> Vec<Figure> {
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
        found.push(Figure {
            number,
            at: start..end,
            end: text.len() - after.len(),
            negative: is_negative(text, start, end),
            noun: noun(after),
            relation: None,
        });
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

/// Brackets in prose are an aside: `one customer (12%)`.
fn is_negative(text: &str, start: usize, end: usize) -> bool {
    let before = &text[..start];
    let unsigned = before.trim_end_matches(['$', '€', '£', '¥']);
    if let Some(rest) = unsigned.strip_suffix('-') {
        return rest.is_empty() || rest.ends_with([' ', '(', '|']);
    }
    let Some(outside) = before.trim_end_matches(' ').strip_suffix('(') else { return false };
    let closes = text[end..].trim_start_matches([' ', '|', '%']).starts_with(')');
    let line = outside.rfind('\n').map_or(0, |at| at + 1);
    let is_table =
        outside[line..].contains('|') || text[end..].lines().next().is_some_and(|rest| rest.contains('|'));
    closes && (is_table || outside.trim_end().ends_with(['$', '€', '£', '¥']))
}

/// The unit after a number, and the text after the unit.
fn unit(after: &str) -> (Option<&'static str>, &str) {
    const SIGNS: [(&str, &str); 2] = [("%", "%"), ("bps", "basis points")];
    const WORDS: [(&str, &str); 25] = [
        ("percentage points", "percentage points"),
        ("percentage point", "percentage points"),
        ("percentage-points", "percentage points"),
        ("percentage-point", "percentage points"),
        ("points", "percentage points"),
        ("pp", "percentage points"),
        ("percent", "%"),
        ("per cent", "%"),
        ("basis points", "basis points"),
        ("basis point", "basis points"),
        ("basis-points", "basis points"),
        ("basis-point", "basis points"),
        ("bp", "basis points"),
        ("thousands", "thousand"),
        ("thousand", "thousand"),
        ("millions", "million"),
        ("million", "million"),
        ("billions", "billion"),
        ("billion", "billion"),
        ("trillion", "trillion"),
        ("mn", "million"),
        ("bn", "billion"),
        ("M", "million"),
        ("B", "billion"),
        ("K", "thousand"),
    ];
    // `12-million` is written, too.
    let rest = after.trim_start_matches([' ', '|', ')']);
    let rest = rest.strip_prefix('-').filter(|rest| rest.starts_with(char::is_alphabetic)).unwrap_or(rest);
    for (written, unit) in SIGNS.into_iter().chain(WORDS) {
        let is_letter = written.len() == 1;
        let begins = rest
            .get(..written.len())
            .is_some_and(|head| head == written || (!is_letter && head.eq_ignore_ascii_case(written)));
        if begins && (written == "%" || !rest[written.len()..].starts_with(char::is_alphanumeric)) {
            return (Some(unit), &rest[written.len()..]);
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
            let minus = if figure.negative { "-" } else { "" };
            format!(
                "{minus}{}{digits}{}",
                currency.map_or(String::new(), String::from),
                unit.or(shared_unit).map_or(String::new(), |unit| format!(" {unit}"))
            )
        };
        figures(text).into_iter().map(show).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_number_comes_with_its_currency_and_unit() {
        insta::assert_snapshot!(read("Margin fell to 43.9% from 46.6 percent, or $9.4 million of 1,540."), @"43.9 %; 46.6 %; $9.4 million; 1540");
        insta::assert_snapshot!(read("$ | (1,234) | 12 | % and 25 basis points"), @"-$1234; 12 %; 25 basis points");
        insta::assert_snapshot!(read("between 10 and 12 million; in 2024,2025 or 1,5"), @"10 million; 12 million; 2024; 2025; 1; 5");
    }

    #[test]
    fn items_and_forms_are_names() {
        assert_eq!(read("Item 9A and Items 7 and 8 of the 10-K"), "");
        assert_eq!(read("a 10-Kilometre run"), "10");
    }

    #[test]
    fn numbers_in_words_have_units_and_signs_are_seen() {
        assert_eq!(read("twelve million dollars, two to three percent"), "12 million; 2 %; 3 %");
        assert_eq!(read("a loss of -5% and $(7), not 9-5 (12%) of it"), "-5 %; -$7; 9; 5; 12 %");
        assert_eq!(
            read("2.7 percentage-point fall, $5M of $1bn, a 3-million loss"),
            "2.7 percentage points; $5 million; $1 billion; 3 million"
        );
    }

    #[test]
    fn another_scale_is_another_figure() {
        let number = |text: &str| figures(text).remove(0).number;
        assert!(number("$9.4 million").bears_out(&number("9.4 million")));
        assert!(!number("$9.4 million").bears_out(&number("$9.4 billion")));
        assert!(!number("$9.4 million").bears_out(&number("$9.4")));
        assert!(!number("9.4 million").bears_out(&number("$9.4 million")));
        assert!(number("10 to 12%").bears_out(&number("10%")));
        assert!(number("$1.5 million").bears_out(&number("$1,500,000")));
        assert!(!number("1,500,000").bears_out(&number("1.5 million")), "the source may be in thousands");
        assert!(number("12.0%").bears_out(&number("12%")));
        assert!(!number("2.7 percentage points").bears_out(&number("2.7%")));
    }
}
