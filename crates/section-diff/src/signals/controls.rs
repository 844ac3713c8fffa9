//! Controls that are called not effective, and material weaknesses (Regulation S-K, Items 307 and 308).

use filing_model::{Extraction, Item, Signal, SignalKind};

use super::{
    Evidence,
    mentions::{self, Mention},
    sentences::{is_past, is_supposed},
};

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let (older, newer) = (Controls::of(evidence.older), Controls::of(evidence.newer));
    let effectiveness = effectiveness(&older, &newer).map(|found| (SignalKind::ControlsNotEffective, found));
    let weakness = weakness(&older, &newer).map(|found| (SignalKind::MaterialWeakness, found));
    let found = effectiveness.into_iter().chain(weakness);
    found.map(|(kind, (statement, older, newer))| signal(evidence, kind, statement, older, newer)).collect()
}

fn signal(
    evidence: &Evidence<'_>,
    kind: SignalKind,
    statement: String,
    older: Option<&str>,
    newer: Option<&str>,
) -> Signal {
    Signal {
        kind,
        item: Item::I9A,
        statement,
        older: older.map(str::to_owned),
        newer: newer.map(str::to_owned),
        change_id: newer.or(older).and_then(|words| evidence.change_with(Item::I9A, words)),
    }
}

/// A statement of ours, and the words of the older and the newer filing.
type Found<'a> = (String, Option<&'a str>, Option<&'a str>);

/// What Item 9A of a filing says.
struct Controls<'a> {
    /// Whether there is a text that would say it.
    is_told: bool,
    not_effective: Option<&'a str>,
    weakness: Option<Weakness<'a>>,
}

/// A material weakness, and whether it was remediated by the end of the period.
#[derive(Clone, Copy)]
struct Weakness<'a> {
    words: &'a str,
    remediated: bool,
}

impl<'a> Controls<'a> {
    fn of(extraction: &'a Extraction) -> Self {
        let section = extraction.found(Item::I9A);
        let text = section.map_or("", |section| &section.text);
        let end = extraction.period_end;
        let calls = mentions::of(text, &[&["ot effective", "neffective", "ot maintain"]]);
        let not_effective =
            calls.iter().find(|call| is_conclusion(call) && !is_past(call.text, end)).map(|call| call.text);
        let mentions: Vec<Mention<'_>> = mentions::of(text, &[&["aterial weakness"]]);
        let remediated = mentions.iter().find(|mention| is_remediated(mention));
        let reported = mentions.iter().find(|mention| is_reported(mention) && !is_past(mention.text, end));
        // Controls that are effective have no weakness left.
        let remediated = remediated.filter(|_| not_effective.is_none());
        let weakness = remediated
            .or(reported)
            .map(|mention| Weakness { words: mention.text, remediated: remediated.is_some() });
        Self { is_told: section.is_some(), not_effective, weakness }
    }
}

fn effectiveness<'a>(older: &Controls<'a>, newer: &Controls<'a>) -> Option<Found<'a>> {
    let statement = match (older.not_effective, newer.not_effective) {
        (None, Some(words)) if older.is_told => {
            format!("The newer filing says that {} not effective; the older did not.", subject(words))
        }
        (None, Some(words)) => format!("The newer filing says that {} not effective.", subject(words)),
        (Some(_), Some(_)) => "Both filings say that controls were not effective.".to_owned(),
        (Some(words), None) if newer.is_told => {
            format!("The older filing said that {} not effective; the newer does not.", subject(words))
        }
        _ => return None,
    };
    Some((statement, older.not_effective, newer.not_effective))
}

/// Which controls a sentence is about.
fn subject(sentence: &str) -> &'static str {
    if sentence.to_lowercase().contains("disclosure controls") {
        "disclosure controls were"
    } else {
        "internal control over financial reporting was"
    }
}

fn weakness<'a>(older: &Controls<'a>, newer: &Controls<'a>) -> Option<Found<'a>> {
    let remediated = |controls: &Controls<'a>| controls.weakness.map(|weakness| weakness.remediated);
    let statement = match (remediated(older), remediated(newer)) {
        (None, Some(false)) if older.is_told => {
            "The newer filing reports a material weakness; the older did not."
        }
        (None, Some(false)) => "The newer filing reports a material weakness.",
        (Some(false), Some(false)) => "Both filings report a material weakness.",
        (Some(true), Some(false)) => {
            "The newer filing reports a material weakness; the older told of one that had been remediated."
        }
        (Some(false), Some(true)) => {
            "The older filing reported a material weakness; the newer says that it has been remediated."
        }
        (None, Some(true)) if older.is_told => {
            "The newer filing tells of a material weakness that has been remediated; the older mentions none."
        }
        (Some(false), None) if newer.is_told => {
            "The older filing reported a material weakness; the newer does not mention it."
        }
        _ => return None,
    };
    let words = |controls: &Controls<'a>| controls.weakness.map(|weakness| weakness.words);
    Some((statement.to_owned(), words(older), words(newer)))
}

/// A conclusion on controls, not a condition.
fn is_conclusion(mention: &Mention<'_>) -> bool {
    let about = ["disclosure controls", "internal control", "controls over financial reporting"];
    let concluded = [
        "were not effective",
        "was not effective",
        "are not effective",
        "is not effective",
        "not effective as of",
        "not effective at",
        "were ineffective",
        "was ineffective",
        "are ineffective",
        "is ineffective",
        "not maintain effective internal",
        "not maintained effective internal",
    ];
    mention.has(&about) && mention.has(&concluded) && !is_supposed(&mention.lower)
}

fn is_reported(mention: &Mention<'_>) -> bool {
    let told = [
        "identified",
        "exist",
        "because of",
        "due to",
        "as a result of",
        "constitute",
        "concluded",
        "determined",
        "following material weakness",
        "there is a",
        "there was a",
        "there are",
        "were as follows",
        "relates to",
        "related to",
        "resulted in",
        "not fully remediated",
        "not been remediated",
        "not been fully remediated",
        "was not remediated",
        "were not remediated",
    ];
    let denied = [
        "no material weakness",
        "any material weakness",
        "or material weakness",
        "and material weakness",
        "not identify",
        "not identified",
        "weakness is a ",
        "weaknesses are ",
        "risk that a material weakness",
        "risks that a material weakness",
    ];
    mention.text.ends_with(['.', ':', ';', '”'])
        && mention.has(&told)
        && !mention.has(&denied)
        && !is_supposed(&mention.lower)
}

fn is_remediated(mention: &Mention<'_>) -> bool {
    let done = [
        "was remediated",
        "were remediated",
        "been remediated",
        "been fully remediated",
        "is remediated",
        "are remediated",
        "successfully remediated",
        "have remediated",
        "has remediated",
        "remediation was complete",
        "remediation is complete",
        "remediation has been completed",
        "completed the remediation",
        "completed remediation",
    ];
    let pending = [
        "not been",
        "not yet",
        "not fully",
        "until",
        "will be",
        "will not be",
        "to be remediated",
        "once ",
        "expect",
        "not remediated",
    ];
    mention.has(&done) && !mention.has(&pending) && !is_supposed(&mention.lower)
}
