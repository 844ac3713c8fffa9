//! Two tables side by side: rows matched by their label, columns by the period they are headed with.

use super::grid::{Grid, year};

/// A row of the two tables.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Row<'a> {
    /// Cell by cell.
    Matched(Vec<Cell<'a>>),
    /// In the older table only, or not alignable.
    Removed(Vec<&'a str>),
    /// In the newer table only, or not alignable.
    Added(Vec<&'a str>),
}

/// A cell of both tables; a side that lacks the column has none.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(crate) struct Cell<'a> {
    pub(crate) older: Option<&'a str>,
    pub(crate) newer: Option<&'a str>,
}

/// For each shown column, its place in the older and in the newer table.
type Columns = Vec<(Option<usize>, Option<usize>)>;

/// Beyond this many pairs of rows, only those at start and end are matched.
const MOST_PAIRS: usize = 250_000;

/// How many rows at the top may be the head.
const HEAD_ROWS: usize = 4;

/// The rows of both tables in reading order.
pub(crate) fn compare<'a>(older: &Grid<'a>, newer: &Grid<'a>) -> Vec<Row<'a>> {
    let columns = columns(older, newer);
    let mut rows = Vec::with_capacity(newer.rows.len() + 2);
    for pair in matched_rows(older, newer) {
        match pair {
            (Some(older_row), Some(newer_row)) => match (&columns, older_row.len(), newer_row.len()) {
                (_, 1, 1) => rows.push(Row::Matched(vec![both(older_row[0], newer_row[0])])),
                (Some(columns), 2.., 2..) => rows.push(Row::Matched(cells(columns, older_row, newer_row))),
                _ if older_row == newer_row => {
                    rows.push(Row::Matched(newer_row.iter().map(|cell| both(cell, cell)).collect()));
                }
                _ => rows.extend([Row::Removed(older_row.clone()), Row::Added(newer_row.clone())]),
            },
            (Some(row), None) => rows.push(Row::Removed(laid_out(columns.as_ref(), row, |column| column.0))),
            (None, Some(row)) => rows.push(Row::Added(laid_out(columns.as_ref(), row, |column| column.1))),
            (None, None) => {}
        }
    }
    rows
}

fn both<'a>(older: &'a str, newer: &'a str) -> Cell<'a> {
    Cell { older: Some(older), newer: Some(newer) }
}

fn cells<'a>(columns: &Columns, older: &[&'a str], newer: &[&'a str]) -> Vec<Cell<'a>> {
    let at = |row: &[&'a str], index: Option<usize>| index.and_then(|index| row.get(index).copied());
    columns.iter().map(|&(o, n)| Cell { older: at(older, o), newer: at(newer, n) }).collect()
}

fn laid_out<'a>(
    columns: Option<&Columns>,
    row: &[&'a str],
    side: impl Fn(&(Option<usize>, Option<usize>)) -> Option<usize>,
) -> Vec<&'a str> {
    match columns {
        Some(columns) if row.len() > 1 => columns
            .iter()
            .map(|column| side(column).and_then(|index| row.get(index).copied()).unwrap_or(""))
            .collect(),
        _ => row.to_vec(),
    }
}

/// By period where the heads name them; else by place when both are as wide.
fn columns(older: &Grid<'_>, newer: &Grid<'_>) -> Option<Columns> {
    by_period(older, newer).or_else(|| {
        (older.width == newer.width)
            .then(|| (0..newer.width).map(|index| (Some(index), Some(index))).collect())
    })
}

fn by_period(older: &Grid<'_>, newer: &Grid<'_>) -> Option<Columns> {
    let (older_head, newer_head) = (head(older)?, head(newer)?);
    let place = |head: &[String], key: &String| head.iter().position(|other| other == key);
    let shared = newer_head.iter().skip(1).filter(|key| older_head.contains(key)).count();
    if shared == 0 {
        return None;
    }
    let mut columns: Columns =
        newer_head.iter().enumerate().map(|(index, key)| (place(&older_head, key), Some(index))).collect();
    let gone = older_head.iter().enumerate().filter(|(_, key)| place(&newer_head, key).is_none());
    columns.extend(gone.map(|(index, _)| (Some(index), None)));
    Some(columns)
}

/// What each column is called: its year, or its words; nothing when a name would be missing or stand twice.
fn head(grid: &Grid<'_>) -> Option<Vec<String>> {
    let years = |row: &&Vec<&str>| row.iter().skip(1).filter(|cell| year(cell).is_some()).count() > 1;
    let row = grid.rows.iter().take(HEAD_ROWS).find(years)?;
    let mut names = vec![String::new()];
    for cell in row.iter().skip(1) {
        let name = year(cell).map_or_else(|| cell.to_lowercase(), str::to_owned);
        if names.contains(&name) {
            return None;
        }
        names.push(name);
    }
    Some(names)
}

type RowPair<'g, 'a> = (Option<&'g Vec<&'a str>>, Option<&'g Vec<&'a str>>);

/// Rows of equal label in the order of both tables: the longest such sequence, identical rows preferred.
fn matched_rows<'g, 'a>(older: &'g Grid<'a>, newer: &'g Grid<'a>) -> Vec<RowPair<'g, 'a>> {
    let labels = |grid: &Grid<'_>| grid.rows.iter().map(|row| label(row)).collect::<Vec<_>>();
    let (older_labels, newer_labels) = (labels(older), labels(newer));
    let pair = |o: Option<usize>, n: Option<usize>| (o.map(|o| &older.rows[o]), n.map(|n| &newer.rows[n]));
    let (height, width) = (older.rows.len(), newer.rows.len());
    if height * width > MOST_PAIRS {
        let same = older_labels.iter().zip(&newer_labels).take_while(|(older, newer)| older == newer).count();
        let start = (0..same).map(|index| pair(Some(index), Some(index)));
        let gone = (same..height).map(|index| pair(Some(index), None));
        return start.chain(gone).chain((same..width).map(|index| pair(None, Some(index)))).collect();
    }
    let worth = |o: usize, n: usize| {
        if older_labels[o] == newer_labels[n] { 2 + u32::from(older.rows[o] == newer.rows[n]) } else { 0 }
    };
    // best[o][n]: the worth of the best sequence of the rows from o and from n on.
    let mut best = vec![0_u32; (height + 1) * (width + 1)];
    let at = |o: usize, n: usize| o * (width + 1) + n;
    for o in (0..height).rev() {
        for n in (0..width).rev() {
            let skip = best[at(o + 1, n)].max(best[at(o, n + 1)]);
            let take = worth(o, n);
            best[at(o, n)] = if take > 0 { skip.max(take + best[at(o + 1, n + 1)]) } else { skip };
        }
    }
    let (mut o, mut n) = (0, 0);
    let mut pairs = Vec::with_capacity(height.max(width));
    while o < height || n < width {
        let take = if o < height && n < width { worth(o, n) } else { 0 };
        if take > 0 && best[at(o, n)] == take + best[at(o + 1, n + 1)] {
            pairs.push(pair(Some(o), Some(n)));
            (o, n) = (o + 1, n + 1);
        } else if o < height && (n == width || best[at(o + 1, n)] >= best[at(o, n + 1)]) {
            pairs.push(pair(Some(o), None));
            o += 1;
        } else {
            pairs.push(pair(None, Some(n)));
            n += 1;
        }
    }
    pairs
}

/// What names a row from year to year: its first words without figures; those of all cells when the first is blank.
fn label(row: &[&str]) -> String {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect::<String>()
    };
    match row.first() {
        Some(first) if row.len() == 1 || !first.is_empty() => {
            format!("{}:{}", row.len().min(2), letters(first))
        }
        _ => format!("blank:{}", row.iter().map(|cell| letters(cell)).collect::<String>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(older: &str, newer: &str) -> String {
        let (older, newer) = (Grid::of(older), Grid::of(newer));
        let cell = |cell: &Cell<'_>| match (cell.older, cell.newer) {
            (Some(older), Some(newer)) if older == newer => newer.to_owned(),
            (older, newer) => format!("[{}>{}]", older.unwrap_or("-"), newer.unwrap_or("-")),
        };
        let rows = compare(&older, &newer).into_iter().map(|row| match row {
            Row::Matched(cells) => cells.iter().map(cell).collect::<Vec<_>>().join("|"),
            Row::Removed(cells) => format!("- {}", cells.join("|")),
            Row::Added(cells) => format!("+ {}", cells.join("|")),
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn columns_are_matched_by_period_so_a_restated_year_shows() {
        let older = "2024 | 2023\nFlow | 228.4 | 219.0\nGas | 184.2 | 177.4";
        let newer = "2025 | 2024\nFlow | 241.3 | 214.9\nGas | 206.8 | 184.2";
        insta::assert_snapshot!(shown(older, newer), @r"
        |[->2025]|2024|[2023>-]
        Flow|[->241.3]|[228.4>214.9]|[219.0>-]
        Gas|[->206.8]|184.2|[177.4>-]
        ");
    }

    #[test]
    fn rows_are_matched_by_label() {
        let older = "Obligation | Total\nTerm loan | 145.0\nLeases | 31.4\nTotal | 176.4";
        let newer = "Obligation | Total\nTerm loan | 135.0\nPrepayments | 18.0\nTotal | 153.0";
        insta::assert_snapshot!(shown(older, newer), @r"
        Obligation|Total
        Term loan|[145.0>135.0]
        - Leases|31.4
        + Prepayments|18.0
        Total|[176.4>153.0]
        ");
    }

    #[test]
    fn tables_that_cannot_be_aligned_lose_nothing() {
        insta::assert_snapshot!(shown("A | 1 | 2\nB | 3 | 4", "A | 1\nB | 3"), @r"
        - A|1|2
        + A|1
        - B|3|4
        + B|3
        ");
        insta::assert_snapshot!(shown("A | 1", "one line"), @r"
        - A|1
        + one line
        ");
    }
}
