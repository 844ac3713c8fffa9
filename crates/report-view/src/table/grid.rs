//! Rows and cells of one table.

/// Whether a text is a table.
pub(crate) fn is_table(text: &str) -> bool {
    text.contains(" | ") || text.starts_with("| ")
}

/// A table whose rows are a line across all columns, or as wide as the table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Grid<'a> {
    pub(crate) rows: Vec<Vec<&'a str>>,
    pub(crate) width: usize,
}

impl<'a> Grid<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let mut rows: Vec<Vec<&str>> =
            text.lines().filter(|line| !line.trim().is_empty()).map(cells).collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(1);
        let mut in_head = true;
        for row in rows.iter_mut().filter(|row| row.len() > 1) {
            in_head &= row.len() < width;
            pad(row, width, in_head);
        }
        Self { rows, width }
    }

    /// Whether most of what is not a row's first cell is a figure.
    pub(crate) fn is_numeric(&self) -> bool {
        let others = self.rows.iter().flat_map(|row| row.iter().skip(1)).filter(|cell| !cell.is_empty());
        let (figures, all) =
            others.fold((0, 0), |(figures, all), cell| (figures + usize::from(is_figure(cell)), all + 1));
        2 * figures > all
    }
}

fn cells(line: &str) -> Vec<&str> {
    line.split(" | ")
        .flat_map(|cell| {
            let cell = cell.trim();
            // A blank cell at an end loses its blank when the text is trimmed.
            let (first, rest) = cell.strip_prefix("| ").map_or((None, cell), |rest| (Some(""), rest));
            let (rest, last) = rest.strip_suffix(" |").map_or((rest, None), |rest| (rest, Some("")));
            [first, Some(rest.trim()), last]
        })
        .flatten()
        .collect()
}

/// Figures stand at the right, so a short row of them lacks cells at the left, as does the head of a table.
fn pad(row: &mut Vec<&str>, width: usize, in_head: bool) {
    let missing = width - row.len();
    let starts_with_figure = row.first().is_some_and(|cell| is_figure(cell) || year(cell).is_some());
    if starts_with_figure || (in_head && missing == 1) {
        row.splice(0..0, std::iter::repeat_n("", missing));
    } else {
        row.extend(std::iter::repeat_n("", missing));
    }
}

/// Whether a cell is a number, an amount, a share, or a dash in place of one.
pub(crate) fn is_figure(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || "$€£¥%.,()+-–—− *".contains(c))
}

/// The one year that a cell names.
pub(crate) fn year(cell: &str) -> Option<&str> {
    let mut years = cell
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
        .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    years.next().filter(|_| years.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_rows_are_filled_where_they_lack_cells() {
        let grid = Grid::of("(in millions)\n2025 | 2024\nRevenue | 448.1 | 412.6\nOther | 3");
        assert_eq!(grid.width, 3);
        assert_eq!(
            grid.rows,
            [
                vec!["(in millions)"],
                vec!["", "2025", "2024"],
                vec!["Revenue", "448.1", "412.6"],
                vec!["Other", "3", ""]
            ]
        );
        assert!(grid.is_numeric());
    }

    #[test]
    fn blank_cells_stay() {
        assert_eq!(cells("| 2025 | 2024"), ["", "2025", "2024"]);
        assert_eq!(cells("Total |  | 7 |"), ["Total", "", "7", ""]);
    }

    #[test]
    fn a_date_names_its_year() {
        assert_eq!(year("December 28, 2024"), Some("2024"));
        assert_eq!(year("2025 vs. 2024"), None);
        assert_eq!(year("20,250"), None);
    }
}
