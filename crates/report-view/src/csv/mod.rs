//! The report as tables for spreadsheets and data frames: RFC 4180, UTF-8, a header row, no cell that is run as a formula.

mod cell;
mod changes;
mod similarities;

pub use self::{changes::changes_csv, similarities::similarities_csv};

use filing_model::Report;

use self::cell::cell;

/// Rows of one width.
struct Table {
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    fn new(columns: &[&str]) -> Self {
        let writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let mut table = Self { writer };
        table.row(columns.iter().map(|&column| column.to_owned()));
        table
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().map(|text| cell(&text).into_owned());
        self.writer.write_record(cells).expect("rows have one width, and memory takes them");
    }

    fn into_text(self) -> String {
        let bytes = self.writer.into_inner().expect("memory takes all rows");
        String::from_utf8(bytes).expect("only text was written")
    }
}

/// Whose rows these are, in every row, so that tables of many reports can be put under each other.
const PAIR: [&str; 4] = ["company", "ticker", "older_period_end", "newer_period_end"];

fn pair(report: &Report) -> [String; 4] {
    let day = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
    [
        report.company.name.clone(),
        report.ticker.as_ref().map_or(String::new(), |ticker| ticker.as_str().to_owned()),
        day(report.older.period_end),
        day(report.newer.period_end),
    ]
}
