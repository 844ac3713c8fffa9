use std::{
    fmt::Write as _,
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

use filing_model::Ticker;

/// A list that no report can be made from.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TickerListError {
    #[error("{} cannot be read", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} names no ticker", path.display())]
    Empty { path: PathBuf },
    #[error("{} has lines that are no ticker", path.display())]
    NoTickers {
        path: PathBuf,
        /// One line each: `line 3: "A;B"`.
        lines: String,
    },
}

/// Wrong lines that are shown.
const MOST_SHOWN: usize = 5;

/// The tickers of a file, or of stdin for `-`: one a line, blank lines and `#` comments skipped, each ticker once.
pub(super) fn read(path: &Path) -> Result<Vec<Ticker>, TickerListError> {
    let text = if path.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    parsed(&text.map_err(|source| TickerListError::Unreadable { path: path.to_owned(), source })?, path)
}

fn parsed(text: &str, path: &Path) -> Result<Vec<Ticker>, TickerListError> {
    let mut tickers: Vec<Ticker> = Vec::new();
    let mut wrong: Vec<(usize, &str)> = Vec::new();
    // Editors of some systems begin a file with a mark.
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let written = line.split('#').next().unwrap_or_default().trim();
        match written.parse() {
            _ if written.is_empty() => {}
            Ok(ticker) if tickers.contains(&ticker) => {}
            Ok(ticker) => tickers.push(ticker),
            Err(_) => wrong.push((index + 1, written)),
        }
    }
    if !wrong.is_empty() {
        return Err(TickerListError::NoTickers { path: path.to_owned(), lines: shown(&wrong) });
    }
    if tickers.is_empty() {
        return Err(TickerListError::Empty { path: path.to_owned() });
    }
    Ok(tickers)
}

fn shown(wrong: &[(usize, &str)]) -> String {
    let mut lines = String::new();
    for (number, written) in wrong.iter().take(MOST_SHOWN) {
        let beginning: String = written.chars().take(40).collect();
        let _ = writeln!(lines, "line {number}: {beginning:?}");
    }
    if wrong.len() > MOST_SHOWN {
        let _ = writeln!(lines, "and {} more", wrong.len() - MOST_SHOWN);
    }
    lines
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn comments_blanks_and_repetitions_are_skipped() {
        let text = "\u{feff}# large ones\nAAPL\r\n\n  msft  # the other\n\tBRK.B\nAAPL\naapl\n#";
        let tickers = parsed(text, Path::new("list")).unwrap();
        let names: Vec<_> = tickers.iter().map(Ticker::as_str).collect();
        assert_eq!(names, ["AAPL", "MSFT", "BRK-B"]);
    }

    #[test]
    fn every_wrong_line_is_told_by_its_number() {
        let error = parsed("AAPL\nA;B\n\nMicrosoft Corporation, Redmond\n", Path::new("list")).unwrap_err();
        let TickerListError::NoTickers { lines, .. } = error else { panic!("{error}") };
        assert_eq!(lines, "line 2: \"A;B\"\nline 4: \"Microsoft Corporation, Redmond\"\n");
        let many = parsed(&"A;B\n".repeat(9), Path::new("list")).unwrap_err();
        let TickerListError::NoTickers { lines, .. } = many else { panic!("{many}") };
        assert!(lines.ends_with("and 4 more\n"), "{lines}");
    }

    #[test]
    fn a_list_without_a_ticker_is_refused() {
        for text in ["", "\n\n", "# none\n"] {
            assert!(
                matches!(parsed(text, Path::new("list")), Err(TickerListError::Empty { .. })),
                "{text:?}"
            );
        }
    }
}
