//! Tables a year later.

use super::{
    figures::{other_amount, roll, year},
    pieces::CELL,
    random::Random,
    words::is_month,
};

/// A table with its years and figures moved on: half of the time every row shifts by a column, as tables of several years
/// do. `None` when it has no figures.
pub(super) fn roll_table(text: &str, random: &mut Random) -> Option<String> {
    let shift = random.happens(500);
    let lines: Vec<String> = text.lines().map(|line| roll_line(line, shift, random)).collect();
    let newer = lines.join("\n");
    (newer != text).then_some(newer)
}

fn roll_line(line: &str, shift: bool, random: &mut Random) -> String {
    let cells: Vec<&str> = line.split(CELL).collect();
    let figures: Vec<usize> = (0..cells.len()).filter(|&at| is_amount(cells[at])).collect();
    let mixed = figures.iter().any(|&at| cells[at].contains('%'));
    let mut newer: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
    for (place, &at) in figures.iter().enumerate() {
        newer[at] = match place.checked_sub(1) {
            Some(left) if shift && !mixed => in_the_place_of(cells[at], cells[figures[left]]),
            _ => other_amount(cells[at], random).unwrap_or_else(|| cells[at].to_owned()),
        };
    }
    for (at, cell) in newer.iter_mut().enumerate() {
        if let Some(year) = year(cell) {
            *cell = (year + 1).to_string();
        } else if !figures.contains(&at) {
            *cell = roll(cell, random).unwrap_or_else(|| std::mem::take(cell));
        }
    }
    newer.join(CELL)
}

/// A figure of another column, with a dollar sign when the column has one.
fn in_the_place_of(place: &str, figure: &str) -> String {
    let bare = figure.trim_start_matches('$');
    if place.starts_with('$') { format!("${bare}") } else { bare.to_owned() }
}

fn is_amount(cell: &str) -> bool {
    let marks = |c: char| c.is_ascii_digit() || "$%.,()".contains(c);
    year(cell).is_none() && cell.bytes().any(|byte| byte.is_ascii_digit()) && cell.chars().all(marks)
}

/// Fewer rows make another table of it.
const FEWEST_ROWS: usize = 5;

/// A table with a row added, taken out or renamed; `None` when it is too small. The labels come from another table.
pub(super) fn edit_rows(text: &str, donor: &str, random: &mut Random) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let rows: Vec<usize> = (1..lines.len()).filter(|&at| label(&lines[at]).is_some()).collect();
    if rows.len() < FEWEST_ROWS {
        return None;
    }
    let chosen = *random.pick(&rows)?;
    let labels: Vec<&str> = donor.lines().filter_map(label).collect();
    let foreign = *random.pick(&labels)?;
    let own = label(&lines[chosen])?.to_owned();
    if lines.iter().any(|line| label(line) == Some(foreign)) {
        return None;
    }
    match random.below(3) {
        0 => drop(lines.remove(chosen)),
        1 => lines[chosen] = lines[chosen].replacen(&own, foreign, 1),
        _ => {
            let row = roll_line(&lines[chosen].replacen(&own, foreign, 1), false, random);
            lines.insert(chosen, row);
        }
    }
    Some(lines.join("\n"))
}

/// The label of a row with figures, when it says something.
fn label(line: &str) -> Option<&str> {
    let (label, rest) = line.split_once(CELL)?;
    let telling = |word: &str| word.len() > 4 && word.chars().all(char::is_alphabetic) && !is_month(word);
    let figures = rest.split(CELL).any(is_amount);
    (figures && label.split_whitespace().any(telling)).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Sales | 2024 | 2023\nGauges | $50 | $40\nSensors | 30 | 20\nValves | 7 | 6\nCables | 5 | 4\nOther parts | 3 | 2";

    #[test]
    fn a_year_later_the_columns_shift() {
        let mut random = Random::named(1, &["tables"]);
        let made: Vec<String> = (0..20).filter_map(|_| roll_table(TABLE, &mut random)).collect();
        assert!(made.iter().all(|newer| newer.starts_with("Sales | 2025 | 2024\nGauges | $")));
        assert!(made.iter().any(|newer| newer.contains(" | $50\n") && newer.contains(" | 30\n")));
    }

    #[test]
    fn rows_come_and_go() {
        let mut random = Random::named(1, &["rows"]);
        let donor = "Costs | 2024\nFreight | 9";
        for _ in 0..20 {
            let newer = edit_rows(TABLE, donor, &mut random).expect("rows enough");
            assert!(newer.contains("Freight | ") || newer.lines().count() == 5, "{newer}");
        }
        assert_eq!(edit_rows("Sales | 2024\nGauges | 5", donor, &mut random), None);
    }
}
