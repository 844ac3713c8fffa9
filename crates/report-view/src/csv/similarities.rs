use filing_model::{Report, SectionDiff};

use super::{PAIR, Table, pair};

const COLUMNS: [&str; 20] = [
    "older_accession",
    "newer_accession",
    "item",
    "title",
    "not_compared",
    "cosine",
    "jaccard",
    "min_edit",
    "simple",
    "share_kept",
    "older_words",
    "newer_words",
    "words_added",
    "words_removed",
    "unchanged",
    "modified",
    "added",
    "removed",
    "moved",
    "figures_only",
];

/// The similarity of every Item as a row of CSV, in the order of the form.
///
/// An Item that was not compared has the reason in `not_compared` and empty measures, so that a mean over the column is right.
/// `modified` to `figures_only` count paragraphs.
///
/// ```
/// # fn show(report: &filing_model::Report) {
/// for row in report_view::similarities_csv(report).lines().skip(1) {
///     println!("{row}");
/// }
/// # }
/// ```
pub fn similarities_csv(report: &Report) -> String {
    let mut table = Table::new(&[&PAIR[..], &COLUMNS].concat());
    let pair = pair(report);
    let accession = [&report.older, &report.newer]
        .map(|filing| filing.accession.as_ref().map_or(String::new(), |number| number.as_str().to_owned()));
    for section in &report.sections {
        table.row(pair.iter().chain(&accession).cloned().chain(cells(section)));
    }
    table.into_text()
}

fn cells(section: &SectionDiff) -> Vec<String> {
    let mut cells = vec![
        section.item.number().to_owned(),
        section.title.clone(),
        section.not_compared.clone().unwrap_or_default(),
    ];
    let compared = section.not_compared.is_none();
    let similarity = section.similarity.filter(|_| compared);
    let measures = similarity.map(|of| [of.cosine, of.jaccard, of.min_edit, of.simple]);
    cells.extend((0..4).map(|at| measures.map_or(String::new(), |of| share(of[at]))));
    cells.push(if compared { share(section.share_kept()) } else { String::new() });
    let (words, counts) = (section.words, section.counts);
    cells.extend([words.older, words.newer].map(|count| count.to_string()));
    let counts = [
        words.added,
        words.removed,
        counts.unchanged,
        counts.modified,
        counts.added,
        counts.removed,
        counts.moved,
        counts.figures_only,
    ];
    cells.extend(counts.map(|count| if compared { count.to_string() } else { String::new() }));
    cells
}

fn share(value: f64) -> String {
    format!("{value:.4}")
}
