use filing_model::{AccessionNumber, Report};

/// What makes two reports the same work: the same two filings, analysed in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReuseKey {
    /// The later submission.
    pub newer_accession: AccessionNumber,
    /// The earlier submission.
    pub older_accession: AccessionNumber,
    /// See [`filing_model::Analysis::analyzer`].
    pub analyzer: String,
    /// See [`filing_model::Analysis::model`].
    pub model: Option<String>,
    /// See [`filing_model::Analysis::prompt_version`].
    pub prompt_version: String,
}

impl ReuseKey {
    /// Under which this report may be found again; `None` when a side is a file on disk.
    pub fn of(report: &Report) -> Option<Self> {
        Some(Self {
            newer_accession: report.newer.accession.clone()?,
            older_accession: report.older.accession.clone()?,
            analyzer: report.analysis.analyzer.clone(),
            model: report.analysis.model.clone(),
            prompt_version: report.analysis.prompt_version.clone(),
        })
    }
}
