//! Days, months and years that a sentence names.

use super::tokens;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month as twelve times the year and the number of the month, for comparing.
pub(super) type Month = i32;

/// The month of a day.
pub(super) fn month_of(day: jiff::civil::Date) -> Month {
    i32::from(day.year()) * 12 + i32::from(day.month())
}

/// The last month that a sentence names with its year; a year alone counts as the month before its first.
pub(super) fn latest(sentence: &str) -> Option<Month> {
    let mut month = 0;
    let mut latest = None;
    for token in tokens::of(sentence) {
        if let Some(place) = MONTHS.iter().position(|known| known.eq_ignore_ascii_case(token.word)) {
            month = i32::try_from(place + 1).unwrap_or(0);
        } else if let Some(year) = tokens::year(token.word) {
            latest = latest.max(Some(i32::from(year) * 12 + month));
            month = 0;
        }
    }
    latest
}

/// Days and months as the sentence writes them, such as `June 24, 2024` or `June 2024`.
pub(super) fn written(sentence: &str) -> Vec<&str> {
    let starts =
        MONTHS.iter().flat_map(|month| sentence.match_indices(month).map(|(at, _)| (at, at + month.len())));
    let mut found: Vec<&str> =
        starts.filter_map(|(start, behind)| through_year(sentence, start, behind)).collect();
    found.sort_unstable_by_key(|words| words.as_ptr().addr());
    found
}

/// The words from a month up to the year that follows it.
fn through_year(sentence: &str, start: usize, behind: usize) -> Option<&str> {
    const FARTHEST: usize = 6;
    let rest = &sentence[behind..];
    let space = rest.find(|c: char| c.is_ascii_digit()).filter(|space| *space <= 1)?;
    let digits = |at: usize| rest[at..].bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(space);
    let at = if first == 4 {
        space
    } else {
        let comma = rest.get(space + first..)?.find(|c: char| c.is_ascii_digit())? + space + first;
        if comma > FARTHEST {
            return None;
        }
        comma
    };
    tokens::year(rest.get(at..at + 4)?)?;
    Some(&sentence[start..behind + at + 4])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_as_written() {
        let text = "On June 24, 2024 and in May 2023, may we say, not in March or on July 4.";
        assert_eq!(written(text), ["June 24, 2024", "May 2023"]);
        assert_eq!(latest(text), Some(2024 * 12 + 6));
        assert_eq!(latest("In 2023 nothing happened."), Some(2023 * 12));
        assert_eq!(latest("Nothing happened."), None);
    }
}
