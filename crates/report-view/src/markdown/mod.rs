//! The report for chats and issues: what to know, not the redline.

mod escape;

use std::fmt::Write as _;

use filing_model::{AccessionNumber, FilingRef, Finding, Report, SectionDiff, Signal};

use self::escape::{escape, escape_cell};
use crate::{
    anchors::{Anchors, sec_link},
    facts, kind,
    prose::{Block, Span, blocks, unescaped},
    words::{counted, date, number, percent, shortened},
};

/// Statements shown; more are counted.
const MOST_STATEMENTS: usize = 12;

/// Words of a quotation shown; more are counted.
const MOST_QUOTED_WORDS: usize = 80;

/// The report as Markdown: the filings, what matters most with its quotations, signals, a table of the Items.
///
/// Whatever filings or a model say is escaped, so that none of it becomes markup, a link or a mention.
pub fn markdown(report: &Report) -> String {
    let mut text = String::with_capacity(8 * 1024);
    let _ = writeln!(text, "# {}\n", escape(&facts::title(report)));
    filings(&mut text, report);
    notices(&mut text, report);
    statements(&mut text, report);
    signals(&mut text, &report.signals);
    items(&mut text, report);
    not_analysed(&mut text, report);
    made(&mut text, report);
    text
}

fn filings(text: &mut String, report: &Report) {
    let totals = facts::totals(report);
    let _ = writeln!(
        text,
        "{}: {} in {}, {} added and {} removed.\n",
        escape(&report.company.name),
        counted(totals.changes, "change", "changes"),
        counted(totals.items, "Item", "Items"),
        counted(totals.added, "word", "words"),
        number(totals.removed),
    );
    for (side, filing) in [("Older", &report.older), ("Newer", &report.newer)] {
        let _ = writeln!(text, "- {side} filing: {}", filing_line(filing));
    }
    text.push('\n');
}

fn filing_line(filing: &FilingRef) -> String {
    let mut parts = vec![escape(filing.form.as_ref().map_or("a file on disk", |form| form.as_str()))];
    parts.extend(filing.period_end.map(|end| format!("period ended {}", date(end))));
    parts.extend(filing.filing_date.map(|filed| format!("filed {}", date(filed))));
    let accession = filing.accession.as_ref().map(AccessionNumber::as_str);
    match (accession, sec_link(filing.url.as_deref())) {
        (accession, Some(url)) => parts.push(format!("[{}](<{url}>)", accession.unwrap_or("at sec.gov"))),
        (Some(accession), None) => parts.push(accession.to_owned()),
        (None, None) => {}
    }
    parts.join(", ")
}

fn notices(text: &mut String, report: &Report) {
    if !report.quality.is_valid {
        let _ = writeln!(text, "> **This report is incomplete.**");
        for issue in &report.quality.issues {
            let _ = writeln!(text, "> {}", escape(issue));
        }
        text.push('\n');
    }
    if facts::without_model(report) || report.analysis.degraded.is_some() {
        let reason = report.analysis.degraded.as_deref().unwrap_or("no language model wrote for it");
        let what = if facts::without_model(report) {
            "has no written summaries"
        } else {
            "is less than it could be"
        };
        let _ = writeln!(text, "> **This report {what}:** {}\n", escape(reason));
    }
}

fn statements(text: &mut String, report: &Report) {
    let anchors = Anchors::new(report);
    let _ = writeln!(text, "## In one minute\n");
    prose(text, &report.analysis.executive_summary);
    let findings = &report.analysis.findings;
    if findings.is_empty() {
        let _ = writeln!(text, "No material changes.\n");
    }
    for (index, finding) in findings.iter().take(MOST_STATEMENTS).enumerate() {
        statement(text, index + 1, finding, &anchors);
    }
    if findings.len() > MOST_STATEMENTS {
        let more = counted(findings.len() - MOST_STATEMENTS, "more statement", "more statements");
        let _ = writeln!(text, "And {more}.\n");
    }
}

fn statement(text: &mut String, number: usize, finding: &Finding, anchors: &Anchors<'_>) {
    let (category, weight) = (kind::category(finding.category), kind::materiality(finding.materiality));
    let _ = writeln!(text, "{number}. **{category}, {weight}.** {}", escape(&finding.statement));
    for quote in &finding.quotes {
        let cited = anchors.find(quote.change_id.as_deref());
        let place = match cited {
            Some(place) => facts::change_name(place.item, &place.change.id),
            None => format!("Item {}", finding.item),
        };
        let words = escape(&shortened(quote.text.trim(), MOST_QUOTED_WORDS));
        let _ = write!(text, "   > “{words}” ({}, {})", escape(&place), kind::side(quote.side));
        let _ = match cited.and_then(|place| facts::elsewhere(place.change)) {
            Some(other) => writeln!(text, " {other}\n"),
            None => writeln!(text, "\n"),
        };
    }
    if finding.quotes.is_empty() {
        text.push('\n');
    }
}

fn prose(text: &mut String, summary: &str) {
    let line = |spans: &[Span<'_>]| -> String {
        spans
            .iter()
            .map(|span| match span {
                Span::Plain(words) => escape(&unescaped(words)),
                Span::Bold(words) => format!("**{}**", escape(unescaped(words).trim())),
            })
            .collect()
    };
    for block in blocks(summary) {
        match block {
            Block::Paragraph(spans) => text.push_str(&line(&spans)),
            Block::List(points) => {
                let points: Vec<_> = points.iter().map(|point| format!("- {}", line(point))).collect();
                text.push_str(&points.join("\n"));
            }
        }
        text.push_str("\n\n");
    }
}

fn signals(text: &mut String, signals: &[Signal]) {
    if signals.is_empty() {
        return;
    }
    let _ = writeln!(text, "## Signals, found by rule\n");
    for signal in signals {
        let _ = write!(
            text,
            "- **{}** (Item {}): {}",
            kind::signal(signal.kind),
            signal.item,
            escape(&signal.statement)
        );
        if signal.older.is_some() || signal.newer.is_some() {
            let words = |side: &Option<String>| {
                side.as_deref().map_or("nothing".to_owned(), |text| escape(&shortened(text.trim(), 40)))
            };
            let _ = write!(text, " Before: {} → now: {}", words(&signal.older), words(&signal.newer));
        }
        text.push('\n');
    }
    text.push('\n');
}

fn items(text: &mut String, report: &Report) {
    let _ = writeln!(text, "## Change by Item\n");
    if facts::changed(report).next().is_none() {
        let _ = writeln!(text, "No Item that both filings have differs.\n");
        return;
    }
    let _ = writeln!(text, "| Item | Changes | Words added | Words removed | Kept |\n|---|--:|--:|--:|--:|");
    for section in facts::changed(report) {
        item(text, section);
    }
    in_other_items(text, report);
    let unchanged = facts::unchanged_items(report);
    if !unchanged.is_empty() {
        let _ = write!(text, "\nNo change: {}\n", unchanged.join(", "));
    }
    text.push('\n');
}

fn item(text: &mut String, section: &SectionDiff) {
    let _ = writeln!(
        text,
        "| {} {} | {} | {} | {} | {} |",
        section.item,
        escape_cell(section.short_title()),
        number(section.changes.len()),
        number(section.words.added),
        number(section.words.removed),
        percent(section.share_kept()),
    );
}

/// What is counted as added or removed in an Item, and only changed its place.
fn in_other_items(text: &mut String, report: &Report) {
    let groups = facts::in_other_items(report);
    if groups.is_empty() {
        return;
    }
    text.push('\n');
    for (item, is_new, other, count) in groups {
        let (state, filing) = if is_new { ("new", "older") } else { ("gone", "newer") };
        let passages = counted(count, "passage", "passages");
        let verb = if count == 1 { "stands" } else { "stand" };
        let _ = writeln!(
            text,
            "- Item {item}: {passages}, {state} there, {verb} in Item {other} of the {filing} filing in the same words."
        );
    }
}

fn not_analysed(text: &mut String, report: &Report) {
    let mut lines: Vec<String> = facts::not_compared(report)
        .into_iter()
        .map(|(reason, items)| format!("{}: {}", facts::item_range(&items), escape(reason)))
        .collect();
    let not_sent = report.analysis.not_sent_words.total;
    if not_sent > 0 {
        lines.push(counted(not_sent, "changed word was not summarised", "changed words were not summarised"));
    }
    for (reason, count) in facts::dropped_reasons(report) {
        lines.push(format!("{} dropped: {}", counted(count, "statement", "statements"), escape(reason)));
    }
    lines.extend(report.notes.iter().map(|note| escape(note)));
    lines.extend(report.quality.findings.iter().map(|finding| {
        format!("{}: {}", kind::place(finding.item, finding.side), escape(&finding.statement))
    }));
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "## What was not analysed, and why\n");
    for line in lines {
        let _ = writeln!(text, "- {line}");
    }
    text.push('\n');
}

fn made(text: &mut String, report: &Report) {
    let _ = writeln!(text, "## How this report was made\n");
    let facts: Vec<_> = facts::of_making(report)
        .into_iter()
        .map(|(what, value)| format!("{what}: {}", escape(&value)))
        .collect();
    let _ = writeln!(
        text,
        "Made on {}. {}.\n\n{}",
        date(report.made_on),
        facts.join("; "),
        escape(&report.disclaimer)
    );
}
