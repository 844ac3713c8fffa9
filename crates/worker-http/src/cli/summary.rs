//! What a finished report says in a few lines.

use std::fmt::Write as _;

use console::style;
use filing_model::{Analysis, Item, Report, SectionDiff, Signal, Status};

use crate::dollars::dollars;

/// More would push the table off the screen.
const MOST_SIGNALS: usize = 8;

/// The closing text, 80 columns wide.
pub(crate) fn summary(report: &Report) -> String {
    let mut text = format!("\n{}\n\n", style(title(report)).for_stderr().bold());
    text += &signals(&report.signals);
    text += &table(&report.sections);
    text += &not_compared(&report.sections);
    text += &remarks(report);
    text
}

/// The last line: what it took.
pub(crate) fn closing(report: &Report) -> String {
    format!("  {}. Not investment advice.", took(report))
}

/// `12.3 s, 33,000 tokens, $0.17 (estimated $0.19)`
pub(super) fn took(report: &Report) -> String {
    format!("{:.1} s{}", report.generation_time_seconds, cost(&report.analysis))
}

/// `, 33,000 tokens, $0.17 (estimated $0.19)`; nothing when no model was asked.
fn cost(analysis: &Analysis) -> String {
    let estimated =
        analysis.estimated_cost_usd.map(|usd| format!(" (estimated {})", dollars(usd))).unwrap_or_default();
    match (&analysis.model, analysis.total_tokens, analysis.total_cost_usd) {
        (None, ..) => String::new(),
        (Some(_), 0, _) => ", no cost: all answers were kept".to_owned(),
        (Some(_), tokens, Some(usd)) => {
            format!(", {} tokens, {}{estimated}", thousands(tokens), dollars(usd))
        }
        (Some(_), tokens, None) => format!(", {} tokens", thousands(tokens)),
    }
}

fn title(report: &Report) -> String {
    let form = report.newer.form.as_ref().map_or("10-K", |form| form.as_str());
    match (report.newer.fiscal_year(), report.older.fiscal_year()) {
        (Some(newer), Some(older)) => {
            format!("{}: {form} fiscal {newer} against {older}", report.company.name)
        }
        _ => format!("{}: {form}, newer against older", report.company.name),
    }
}

/// One line each; the same said several times is said once.
fn signals(signals: &[Signal]) -> String {
    let mut said: Vec<(&Signal, usize)> = Vec::new();
    for signal in signals {
        match said
            .iter_mut()
            .find(|(other, _)| (other.item, &other.statement) == (signal.item, &signal.statement))
        {
            Some((_, times)) => *times += 1,
            None => said.push((signal, 1)),
        }
    }
    let mut text = String::new();
    for (signal, times) in said.iter().take(MOST_SIGNALS) {
        let times = if *times > 1 { format!(" ({times} times)") } else { String::new() };
        let _ = writeln!(text, "  {:<4}{}", signal.item, wrapped(&format!("{}{times}", signal.statement), 6));
    }
    if said.len() > MOST_SIGNALS {
        let _ = writeln!(text, "      and {} more", said.len() - MOST_SIGNALS);
    }
    if !said.is_empty() {
        text.push('\n');
    }
    text
}

fn table(sections: &[SectionDiff]) -> String {
    let changed: Vec<_> = sections.iter().filter(|section| !section.changes.is_empty()).collect();
    if sections.iter().all(|section| section.not_compared.is_some()) {
        return "  No Item could be compared.\n\n".to_owned();
    }
    if changed.is_empty() {
        return "  No Item changed.\n\n".to_owned();
    }
    let mut text = format!("  {:<28}{:>9}{:>8}{:>10}{:>8}\n", "Item", "changes", "added", "removed", "kept");
    for section in changed {
        let _ = writeln!(
            text,
            "  {:<4}{:<24}{:>9}{:>8}{:>10}{:>8}",
            section.item,
            fitting(section.short_title()),
            thousands(section.changes.len() as u64),
            thousands(section.words.added as u64),
            thousands(section.words.removed as u64),
            kept(section)
        );
    }
    text + "\n"
}

/// A caption as far as its column holds it.
fn fitting(caption: &str) -> String {
    const WIDTH: usize = 23;
    if caption.chars().count() <= WIDTH {
        return caption.to_owned();
    }
    caption.chars().take(WIDTH - 1).chain(['…']).collect()
}

/// The share of words that no edit touched: `99%`, `99.8%`.
fn kept(section: &SectionDiff) -> String {
    let share = 100.0 * section.share_kept();
    // All or nothing is said of exactly that.
    let decimals = usize::from((99.5..100.0).contains(&share));
    let touched = section.words.removed + section.words.added > 0;
    format!("{:.decimals$}%", share.min(if touched { 99.9 } else { 100.0 }))
}

/// `Not compared: Items 10 to 14. The newer filing refers to ...`; what is absent from both years is not missed.
fn not_compared(sections: &[SectionDiff]) -> String {
    let missed = |section: &&SectionDiff| {
        section.not_compared.is_some()
            && (section.newer_status != section.older_status || section.newer_status == Status::ByReference)
    };
    let mut groups: Vec<(&str, Vec<Item>)> = Vec::new();
    for section in sections.iter().filter(missed) {
        let reason = section.not_compared.as_deref().unwrap_or_default();
        match groups.last_mut() {
            Some((last, members)) if *last == reason => members.push(section.item),
            _ => groups.push((reason, vec![section.item])),
        }
    }
    let line = |(reason, members): &(&str, Vec<Item>)| {
        format!("  {}\n", wrapped(&format!("Not compared: {}. {reason}", span(members)), 2))
    };
    groups.iter().map(line).collect()
}

/// `Item 9`, `Items 10 to 14`, `Items 1B, 4, 6`
fn span(members: &[Item]) -> String {
    let place = |item: &Item| Item::ALL.iter().position(|other| other == item);
    let unbroken = members.windows(2).all(|pair| place(&pair[0]).map(|at| at + 1) == place(&pair[1]));
    match members {
        [one] => format!("Item {one}"),
        [first, .., last] if unbroken && members.len() > 2 => format!("Items {first} to {last}"),
        several => {
            format!("Items {}", several.iter().map(|item| item.number()).collect::<Vec<_>>().join(", "))
        }
    }
}

fn remarks(report: &Report) -> String {
    let mut remarks = report.notes.clone();
    remarks.extend(report.quality.issues.iter().cloned());
    match report.sections.iter().map(|section| section.counts.figures_only).sum::<usize>() {
        0 => {}
        1 => remarks.push("1 change of figures alone is listed, not summarised.".to_owned()),
        count => remarks.push(format!("{count} changes of figures alone are listed, not summarised.")),
    }
    remarks.extend(report.analysis.degraded.clone());
    if let (Some(model), None) = (&report.analysis.model, report.analysis.total_cost_usd) {
        remarks.push(format!(
            "Warning: the price of {model} is not known, so the cost of this report is not told."
        ));
    }
    if report.analysis.model.is_none() {
        remarks.push(
            "Written without a language model. Signals, redline and counts are complete; summaries are the top \
             changes, quoted."
                .to_owned(),
        );
    }
    remarks.iter().fold(String::new(), |text, remark| text + "  " + &wrapped(remark, 2) + "\n")
}

/// Breaks a text before column 80; lines after the first are indented.
pub(super) fn wrapped(text: &str, indent: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && indent + line.chars().count() + 1 + word.chars().count() > 78 {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join(&format!("\n{:indent$}", ""))
}

/// `38,412`
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn thousands_are_parted() {
        let shown: Vec<_> = [0, 999, 1_000, 38_412, 1_234_567].map(thousands).into();
        assert_eq!(shown.join(" "), "0 999 1,000 38,412 1,234,567");
    }

    #[test]
    fn a_gap_in_the_numbers_is_no_span() {
        let shown: Vec<_> = ["10 11 12 13 14", "1B 4 6", "9", "9A 9B"]
            .map(|items| span(&items.split(' ').map(|item| item.parse().unwrap()).collect::<Vec<Item>>()))
            .into();
        assert_eq!(shown.join("; "), "Items 10 to 14; Items 1B, 4, 6; Item 9; Items 9A, 9B");
    }

    #[test]
    fn long_sentences_are_broken_before_the_margin() {
        let text = wrapped(&"word ".repeat(40), 6);
        assert!(text.lines().count() > 1 && text.lines().all(|line| line.len() <= 78), "{text}");
    }
}
