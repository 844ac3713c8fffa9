use std::ops::Range;

/// A number written in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spelled {
    pub(crate) value: Value,
    /// Where it stands, in bytes.
    pub(crate) at: Range<usize>,
}

/// What a number in words says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// `twelve`, `two hundred and five`; ordinals such as `third` too.
    Count(u64),
    /// `two-thirds`, `half of`: numerator and denominator.
    Fraction(u64, u64),
    /// `doubled`, `fivefold`: as many times as before.
    Times(u64),
    /// `halved`.
    Halved,
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [(&str, u64); 11] = [
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
];
/// Shares by their plural; `seconds` are none.
const SHARES: [(&str, u64); 10] = [
    ("halves", 2),
    ("thirds", 3),
    ("quarters", 4),
    ("fourths", 4),
    ("fifths", 5),
    ("sixths", 6),
    ("sevenths", 7),
    ("eighths", 8),
    ("ninths", 9),
    ("tenths", 10),
];
const TIMES: [(&str, u64); 14] = [
    ("doubled", 2),
    ("doubles", 2),
    ("doubling", 2),
    ("twofold", 2),
    ("tripled", 3),
    ("triples", 3),
    ("tripling", 3),
    ("trebled", 3),
    ("threefold", 3),
    ("quadrupled", 4),
    ("quadrupling", 4),
    ("fourfold", 4),
    ("fivefold", 5),
    ("tenfold", 10),
];

/// The numbers that a text spells out.
///
/// `one` and `first` are none unless they begin a larger number, a share or stand before a unit: they are mostly no
/// number at all (`one of our plants`). `third party` is none either. A unit (`million`, `percent`) is left to what
/// reads the text behind the number.
pub(crate) fn spelled(text: &str) -> Vec<Spelled> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match read(text, &words, at) {
            Some((value, next)) => {
                let place = words[at].start..words[next - 1].end;
                found.extend(value.map(|value| Spelled { value, at: place }));
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

struct Word {
    lower: String,
    start: usize,
    end: usize,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (at, character) in text.char_indices() {
        if !character.is_alphanumeric() {
            continue;
        }
        let end = at + character.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at => {
                word.end = end;
                word.lower.extend(character.to_lowercase());
            }
            _ => words.push(Word { lower: character.to_lowercase().collect(), start: at, end }),
        }
    }
    words
}

/// What begins at a word, and the word behind it; a value of `None` is a use that is no number.
fn read(text: &str, words: &[Word], at: usize) -> Option<(Option<Value>, usize)> {
    let word = words[at].lower.as_str();
    let next = |offset: usize| words.get(at + offset).map_or("", |word| word.lower.as_str());
    if let Some((_, times)) = TIMES.iter().find(|(name, _)| *name == word) {
        return Some((Some(Value::Times(*times)), at + 1));
    }
    match word {
        "halved" | "halving" => return Some((Some(Value::Halved), at + 1)),
        "twice" => return Some((Some(Value::Count(2)), at + 1)),
        "dozen" => return Some((Some(Value::Count(12)), at + 1)),
        "half" if matches!(next(1), "of" | "the" | "its" | "their" | "our") => {
            return Some((Some(Value::Fraction(1, 2)), at + 1));
        }
        "a" if ends_share(next(1), next(2)) => {
            return Some((Some(Value::Fraction(1, share(next(1), 1)?)), at + 2));
        }
        "a" if matches!(next(1), "hundred" | "thousand" | "million" | "billion") => {
            let is_unit = matches!(next(1), "million" | "billion");
            let (value, end) = if is_unit { (1, at + 1) } else { (scale(next(1)).unwrap_or(1), at + 2) };
            return Some((Some(Value::Count(value)), end));
        }
        _ => {}
    }
    if let Some(value) = ordinal(word) {
        let is_party = matches!(next(1), "party" | "parties");
        return Some(((!is_party).then_some(Value::Count(value)), at + 1));
    }
    let (value, end) = cardinal(text, words, at)?;
    let after = words.get(end).filter(|word| is_joined(text, words[end - 1].end, word.start));
    let denominator = after.and_then(|word| share(&word.lower, value));
    if let Some(denominator) = denominator {
        return Some((Some(Value::Fraction(value, denominator)), end + 1));
    }
    let before_unit = after.is_some_and(|word| {
        matches!(word.lower.as_str(), "percent" | "percentage" | "million" | "billion" | "trillion" | "basis")
    });
    let is_number = value != 1 || before_unit;
    Some((is_number.then_some(Value::Count(value)), end))
}

/// `A third of it`, `of which a third is`; not `a third plant`.
fn ends_share(word: &str, next: &str) -> bool {
    match word {
        "quarter" => next == "of",
        "third" | "fifth" | "tenth" => {
            matches!(next, "" | "of" | "is" | "are" | "was" | "were" | "or" | "more" | "less")
        }
        _ => false,
    }
}

fn ordinal(word: &str) -> Option<u64> {
    ORDINALS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

fn scale(word: &str) -> Option<u64> {
    match word {
        "hundred" => Some(100),
        "thousand" => Some(1_000),
        "dozen" => Some(12),
        _ => None,
    }
}

/// The denominator: of one the singular, of more the plural.
fn share(word: &str, numerator: u64) -> Option<u64> {
    if numerator == 1 {
        return match word {
            "half" => Some(2),
            "quarter" => Some(4),
            _ => ordinal(word).filter(|value| *value > 2),
        };
    }
    // Four quarters are mostly a year's.
    let found = SHARES.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)?;
    (numerator < found).then_some(found)
}

/// `twelve`, `twenty-five`, `two hundred and five`, `three thousand`.
fn cardinal(text: &str, words: &[Word], start: usize) -> Option<(u64, usize)> {
    let (mut value, mut end) = below_hundred(text, words, start)?;
    while let Some(word) = words.get(end).filter(|word| is_joined(text, words[end - 1].end, word.start)) {
        let Some(scale) = scale(&word.lower) else { break };
        value *= scale;
        end += 1;
        let and = words.get(end).is_some_and(|word| word.lower == "and");
        let from = end + usize::from(and);
        let rest = below_hundred(text, words, from).filter(|_| is_near(text, words, end, from));
        if let Some((rest, next)) = rest {
            value += rest;
            end = next;
        }
    }
    Some((value, end))
}

fn is_near(text: &str, words: &[Word], end: usize, from: usize) -> bool {
    (end..=from).all(|at| is_joined(text, words[at - 1].end, words[at].start))
}

fn below_hundred(text: &str, words: &[Word], at: usize) -> Option<(u64, usize)> {
    let one_of = |at: usize| {
        let place = ONES.iter().position(|name| words.get(at).is_some_and(|word| word.lower == *name))?;
        u64::try_from(place).ok()
    };
    if let Some(one) = one_of(at) {
        return Some((one, at + 1));
    }
    let word = &words.get(at)?.lower;
    let ten = TENS.iter().position(|name| word == name)?;
    let ten = 20 + 10 * u64::try_from(ten).ok()?;
    let one = one_of(at + 1).filter(|one| (1..10).contains(one));
    match one {
        Some(one) if is_joined(text, words[at].end, words[at + 1].start) => Some((ten + one, at + 2)),
        _ => Some((ten, at + 1)),
    }
}

/// Nothing but a blank or a hyphen stands between.
fn is_joined(text: &str, end: usize, start: usize) -> bool {
    matches!(&text[end..start], " " | "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |it: Spelled| {
            let value = match it.value {
                Value::Count(value) => value.to_string(),
                Value::Fraction(one, of) => format!("{one}/{of}"),
                Value::Times(times) => format!("x{times}"),
                Value::Halved => "x1/2".to_owned(),
            };
            format!("{}={value}", &text[it.at])
        };
        spelled(text).into_iter().map(show).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn numbers_in_words_are_read() {
        for (text, numbers) in [
            ("Twelve plants and twenty-five depots", "Twelve=12; twenty-five=25"),
            ("two hundred and five of three thousand", "two hundred and five=205; three thousand=3000"),
            ("five two-year terms, two to three percent", "five=5; two=2; two=2; three=3"),
            (
                "two-thirds, one third, half of it, a quarter of sales",
                "two-thirds=2/3; one third=1/3; half=1/2; a quarter=1/4",
            ),
            ("doubled, then halved, a fivefold rise", "doubled=x2; halved=x1/2; fivefold=x5"),
            ("of which a third is old; a third plant", "a third=1/3; third=3"),
            ("the third quarter of a hundred", "third=3; a hundred=100"),
            ("one million and one percent", "one=1; one=1"),
        ] {
            assert_eq!(shown(text), numbers, "{text}");
        }
    }

    #[test]
    fn what_is_mostly_no_number_is_none() {
        for text in [
            "one of our plants was first closed",
            "third-party vendors and third parties",
            "the quarter and half a year",
            "someone, often, tenant, weight",
        ] {
            assert_eq!(shown(text), "", "{text}");
        }
    }
}
