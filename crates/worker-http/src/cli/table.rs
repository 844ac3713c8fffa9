//! Rows in columns, for people.

use super::stdout;

/// Writes a table whose columns are as wide as their cells; the last one takes what is left.
pub(super) fn print<const N: usize>(
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
    when_empty: &str,
) -> anyhow::Result<()> {
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Ok(stdout::line(when_empty)?);
    }
    let head = head.map(str::to_owned);
    let width = |column: usize| {
        let cells = rows.iter().chain([&head]).map(|row| row[column].chars().count());
        cells.max().unwrap_or_default()
    };
    let widths: [usize; N] = std::array::from_fn(width);
    for row in [&head].into_iter().chain(&rows) {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        stdout::line(cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
