//! Reports as files, or on stdout.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use filing_model::Report;

use super::stdout;

/// What a report is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// One page that needs nothing else
    Html,
    /// The whole report for programs
    Json,
    /// For notes and mail
    Md,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Html => "html",
            Self::Json => "json",
            Self::Md => "md",
        })
    }
}

/// Where reports go.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// A file for each format.
    Folder { dir: PathBuf, formats: Vec<Format> },
    /// `--out -`
    Stdout { format: Format },
}

/// A report that was made but could not be handed over.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutputError {
    #[error("{} cannot be written", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("the report cannot be written to stdout")]
    Stdout { source: io::Error },
}

impl Target {
    /// Fails before any work when the folder cannot be written to.
    pub(crate) fn prepare(&self) -> Result<(), OutputError> {
        let Self::Folder { dir, .. } = self else { return Ok(()) };
        let refused = |source| OutputError::Write { path: dir.clone(), source };
        fs::create_dir_all(dir).map_err(refused)?;
        tempfile::tempfile_in(dir).map(drop).map_err(refused)
    }

    /// Writes the report and returns the files; none when it went to stdout.
    pub(crate) fn write(&self, report: &Report, stem: &str) -> Result<Vec<PathBuf>, OutputError> {
        match self {
            Self::Stdout { format } => {
                let text = render(report, *format, Width::Line);
                stdout::line(text.trim_end()).map_err(|source| OutputError::Stdout { source })?;
                Ok(Vec::new())
            }
            Self::Folder { dir, formats } => formats
                .iter()
                .map(|&format| write_file(report, format, &dir.join(format!("{stem}.{format}"))))
                .collect(),
        }
    }
}

fn write_file(report: &Report, format: Format, path: &Path) -> Result<PathBuf, OutputError> {
    fs::write(path, render(report, format, Width::Page))
        .map_err(|source| OutputError::Write { path: path.to_owned(), source })?;
    Ok(path.to_owned())
}

/// How JSON is laid out.
#[derive(Clone, Copy)]
enum Width {
    /// For programs that read line by line.
    Line,
    /// For people, too.
    Page,
}

fn render(report: &Report, format: Format, width: Width) -> String {
    let json = |report| match width {
        Width::Line => serde_json::to_string(report),
        Width::Page => serde_json::to_string_pretty(report).map(|text| text + "\n"),
    };
    match format {
        Format::Html => report_view::html(report),
        Format::Md => report_view::markdown(report),
        Format::Json => json(report).expect("a report has text keys and finite numbers"),
    }
}

/// `NWND_0009904117-26-000003_0009904117-25-000002`
pub(crate) fn file_stem(report: &Report) -> String {
    let accession = |filing: &filing_model::FilingRef| {
        filing.accession.as_ref().map_or("unknown", |it| it.as_str()).to_owned()
    };
    let ticker = report.ticker.as_ref().map_or("report", filing_model::Ticker::as_str);
    format!("{ticker}_{}_{}", accession(&report.newer), accession(&report.older))
}
