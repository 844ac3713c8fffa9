use std::fmt::Write as _;

use filing_model::{Confidence, Extraction, Status};

/// An extraction for a reviewer: a line per Item with status, words, first and last words. Missing Items are on one line.
pub fn outline(extraction: &Extraction) -> String {
    let mut lines = String::new();
    let mut missing = Vec::new();
    for (item, section) in &extraction.items {
        if section.status == Status::Missing {
            missing.push(item.number());
            continue;
        }
        let status = match section.status {
            Status::Found => "found".to_owned(),
            Status::ByReference => format!("by reference to {}", section.refers_to.as_deref().unwrap_or("?")),
            Status::Omitted => "omitted".to_owned(),
            Status::Missing => unreachable!("left out above"),
        };
        let doubt = if section.confidence == Confidence::Low { ", low" } else { "" };
        let _ = writeln!(
            lines,
            "{:<3} {status}{doubt}, {} words, {} tables: {}",
            item.number(),
            section.words,
            section.tables,
            ends(&section.text)
        );
    }
    if !missing.is_empty() {
        let _ = writeln!(lines, "missing: {}", missing.join(" "));
    }
    lines
}

/// First and last words of a text.
fn ends(text: &str) -> String {
    const SHOWN: usize = 5;
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 2 * SHOWN {
        return words.join(" ");
    }
    format!("{} … {}", words[..SHOWN].join(" "), words[words.len() - SHOWN..].join(" "))
}
