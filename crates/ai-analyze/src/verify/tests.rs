#![allow(clippy::unwrap_used, reason = "a test may fail")]

use filing_model::{Category, Materiality, SignalKind};

use super::*;
use crate::invented::{added, comparison, modified, placed, section, signal, unchanged};

/// Item 7 of both filings: one edited paragraph, one new one, and text around them.
fn pumps() -> Comparison {
    let mut item_7 = section(
        Item::I7,
        vec![
            placed(
                modified(
                    "7-1",
                    1,
                    "Gross margin [-rose to 46.6%-]{+fell to 43.9%+} of net sales of $9.4 million, driven by [-mix-]{+tariffs+}.",
                ),
                1,
                2.0,
                "Results of 2025",
            ),
            added("7-2", 3, "Our lenders amended the covenant in June.\u{a0}They now allow 4.00 to 1.00."),
        ],
    );
    item_7.unchanged = vec![
        unchanged(0, 0, &["Overview"]),
        unchanged(2, 2, &["We sell pumps to water utilities and mines."]),
        unchanged(3, 4, &["We hold no derivatives\u{2014}none at all\u{2014}for trading.", "None."]),
        unchanged(9, 10, &["Far from the rest of the text."]),
    ];
    item_7.unchanged[1].cosmetic = vec![(0, "We sell pumps to Water Utilities and mines".into())];
    comparison(vec![item_7])
}

fn finding(statement: &str, quotes: &[(Side, &str)]) -> Finding {
    let quotes = quotes.iter().map(|(side, text)| quote(*side, text)).collect();
    Finding {
        item: Item::I7,
        category: Category::Financial,
        materiality: Materiality::High,
        statement: statement.into(),
        quotes,
    }
}

fn quote(side: Side, text: &str) -> Quote {
    Quote { side, text: text.into(), change_id: None, verified: false }
}

fn verdict(finding: Finding) -> String {
    let verified = verify(vec![finding], &pumps());
    match (verified.accepted.first(), verified.dropped.first()) {
        (Some(finding), None) => {
            assert!(finding.quotes.iter().all(|quote| quote.verified));
            let links = finding.quotes.iter().map(|quote| quote.change_id.as_deref().unwrap_or("-"));
            format!("accepted: {}", links.collect::<Vec<_>>().join(" "))
        }
        (None, Some(dropped)) => dropped.reason.clone(),
        other => panic!("neither accepted nor dropped: {other:?}"),
    }
}

const MARGIN: (Side, &str) = (Side::Newer, "Gross margin fell to 43.9% of net sales");

#[test]
fn a_quotation_is_found_on_the_side_it_names() {
    assert_eq!(verdict(finding("Margin fell.", &[MARGIN])), "accepted: 7-1");
    assert_eq!(
        verdict(finding("Margin fell.", &[MARGIN, (Side::Older, "Gross margin rose to 46.6% of net sales")])),
        "accepted: 7-1 7-1"
    );
    insta::assert_snapshot!(
        verdict(finding("Margin fell.", &[(Side::Older, MARGIN.1)])),
        @"a quotation was not found word for word in Item 7 of the older filing"
    );
}

#[test]
fn spelling_of_the_typesetter_does_not_count_but_wording_does() {
    assert_eq!(
        verdict(finding("x", &[(Side::Newer, "the covenant in June. They  now\nallow")])),
        "accepted: 7-2"
    );
    for unchanged in [
        (Side::Newer, "no derivatives \u{2014} none at all"),
        (Side::Older, "pumps to Water Utilities and mines"),
    ] {
        assert_eq!(verdict(finding("x", &[MARGIN, unchanged])), "accepted: 7-1 -");
    }
    for wrong in [
        "pumps to Water Utilities and mines",
        "sell pumps to all water utilities",
        "gross margin fell to 43.9%",
    ] {
        assert!(verdict(finding("x", &[(Side::Newer, wrong)])).contains("not found"), "{wrong}");
    }
}

#[test]
fn a_quotation_may_run_over_consecutive_paragraphs_only() {
    assert_eq!(
        verdict(finding("x", &[(Side::Newer, "utilities and mines. Our lenders amended")])),
        "accepted: -"
    );
    assert_eq!(
        verdict(finding("x", &[MARGIN, (Side::Older, "Water Utilities and mines We hold no")])),
        "accepted: 7-1 -"
    );
    assert!(verdict(finding("x", &[(Side::Newer, "None. Far from the rest")])).contains("not found"));
}

#[test]
fn a_short_quotation_must_be_a_whole_paragraph() {
    assert_eq!(verdict(finding("x", &[MARGIN, (Side::Newer, "None")])), "accepted: 7-1 -");
    insta::assert_snapshot!(verdict(finding("x", &[(Side::Newer, "fell to 43.9% of")])), @"a quotation has fewer than 5 words");
}

#[test]
fn one_false_quotation_or_none_at_all_drops_the_statement() {
    assert_eq!(verdict(finding("x", &[])), "the statement has no quotation");
    assert_eq!(verdict(finding(" ", &[MARGIN])), "the statement is empty");
    assert_eq!(verdict(finding("x", &[(Side::Newer, " \u{ad}")])), "a quotation is empty");
    assert!(
        verdict(finding("x", &[MARGIN, (Side::Newer, "we expect to cease operations soon")]))
            .contains("not found")
    );
    let elsewhere = Finding { item: Item::I3, ..finding("x", &[MARGIN]) };
    assert_eq!(verdict(elsewhere), "Item 3 was not compared, so there is nothing to quote");
}

#[test]
fn every_figure_of_a_statement_is_borne_out() {
    for (statement, holds) in [
        ("Gross margin fell to 43.9% from 46.6 percent.", true),
        ("Net sales were $9.4 million in fiscal 2025 against fiscal 2024.", true),
        ("Item 7 now names tariffs, in 4 words.", true),
        ("Under \u{201c}Results of 2025\u{201d}, margin fell.", true),
        ("Gross margin fell to 43.8%.", false),
        ("Gross margin fell to 43.9 basis points.", false),
        ("Net sales were $9.4 billion.", false),
        ("Net sales were \u{20ac}9.4 million.", false),
        ("Net sales were $9.4.", false),
        ("Margin fell for 5 years.", false),
        ("The covenant is 4.00 to 1.00.", false),
        ("Margin fell as in 2019.", false),
        ("It says \u{201c}rose 71% again\u{201d}.", false),
    ] {
        let verdict = verdict(finding(statement, &[MARGIN]));
        assert_eq!(verdict.starts_with("accepted"), holds, "{statement}: {verdict}");
    }
}

#[test]
fn figures_of_a_signal_belong_to_the_change_that_shows_it() {
    let mut pumps = pumps();
    let counted = finding("Risk factors: 37 before, 39 now.", &[MARGIN]);
    assert_eq!(verify(vec![counted.clone()], &pumps).accepted.len(), 0);
    pumps.signals.push(signal(
        SignalKind::RiskFactorAdded,
        Item::I7,
        "Risk factors: 37 before, 39 now.",
        Some("7-1"),
    ));
    assert_eq!(verify(vec![counted], &pumps).accepted.len(), 1);
}

#[test]
fn a_link_to_the_wrong_change_is_repaired_and_marks_from_outside_are_ignored() {
    let mut wrong = finding("x", &[MARGIN, (Side::Newer, "We sell pumps to water utilities")]);
    wrong.quotes[0].change_id = Some("7-2".into());
    wrong.quotes[1].change_id = Some("1A-99".into());
    assert_eq!(verdict(wrong), "accepted: 7-1 -");
    let mut false_mark = finding("x", &[(Side::Newer, "nothing of the kind stands here")]);
    false_mark.quotes[0].verified = true;
    assert!(verify(vec![false_mark], &pumps()).accepted.is_empty());
}

#[test]
fn a_quotation_that_stands_in_both_filings_shows_no_change() {
    let unchanged = (Side::Newer, "We sell pumps to water utilities");
    let none = "every quotation stands in both filings, so none shows a change";
    assert_eq!(verdict(finding("The company now sells pumps.", &[unchanged])), none);
    let both = finding("x", &[unchanged, (Side::Older, "We sell pumps to Water Utilities")]);
    assert_eq!(verdict(both), none);
    let part = (Side::Newer, "of net sales of $9.4 million, driven by");
    assert_eq!(verdict(finding("x", &[part])), none, "an unchanged part of an edited paragraph");
    let mut with_signal = pumps();
    with_signal.signals.push(filing_model::Signal {
        newer: Some("We sell pumps to water utilities and mines.".into()),
        ..signal(SignalKind::SegmentChanged, Item::I7, "Other segments.", None)
    });
    assert_eq!(verify(vec![finding("x", &[unchanged])], &with_signal).accepted.len(), 1);
}

#[test]
fn what_a_model_sets_around_a_quotation_goes() {
    let kept = |text: &str| {
        let verified = verify(vec![finding("x", &[(Side::Newer, text)])], &pumps());
        verified.accepted.first().map_or("-".to_owned(), |finding| finding.quotes[0].text.clone())
    };
    let margin = "Gross margin fell to 43.9% of net sales";
    assert_eq!(kept("Gross margin [-rose to 46.6%-]{+fell to 43.9%+} of net sales"), margin);
    assert_eq!(kept("\u{201c}Gross margin fell to 43.9% of net sales...\u{201d}"), margin);
    assert_eq!(kept("Gross\u{200b} margin  fell to\n43.9% of net sales"), margin);
    for wrong in [
        "Gross margin fell to 43.9% ... driven by tariffs",
        "Gross margin fell to 43.9% [...] driven by tariffs",
        "Gross margin [-rose to 46.6%-] fell to 43.9%+} of net sales",
        "Gross margin {+rose to 46.6%+} of net sales",
    ] {
        assert_eq!(kept(wrong), "-", "{wrong}");
    }
}

/// What a careless or hostile model may make of true words.
fn spoiled(words: &str, how: usize, at: usize) -> String {
    let tokens: Vec<&str> = words.split(' ').collect();
    let at = at % tokens.len();
    let with = |token: &str| [&tokens[..at], &[token], &tokens[at + 1..]].concat().join(" ");
    let digits = |token: &str| token.replace(['1', '3', '4', '9'], "7");
    match how {
        0 => with("not"),
        1 => with(""),
        2 => words.chars().skip(1 + at % 3).collect(),
        3 => digits(words),
        4 => words.to_uppercase(),
        5 => [&tokens[at..], &tokens[..at]].concat().join(" "),
        6 => format!("{words} indeed"),
        7 => words.replacen(' ', "", 1),
        _ => words.to_owned(),
    }
}

/// The words of one side, by other means than the check's: all its paragraphs in their order, blanks and typesetting gone.
fn side_text(side: Side) -> String {
    let pumps = pumps();
    let section = &pumps.sections[0];
    let mut paragraphs: Vec<(usize, String)> = Vec::new();
    for run in &section.unchanged {
        let first = if side == Side::Older { run.older } else { run.newer };
        for (index, text) in run.text.iter().enumerate() {
            let cosmetic = run.cosmetic.iter().find(|(at, _)| *at == index && side == Side::Older);
            paragraphs.push((first + index, cosmetic.map_or(text, |(_, text)| text).clone()));
        }
    }
    let passages = section.changes.iter().filter_map(|change| change.side(side));
    paragraphs.extend(passages.map(|passage| (passage.paragraph, passage.text.clone())));
    paragraphs.sort();
    let all: Vec<String> = paragraphs.into_iter().map(|(_, text)| text).collect();
    format!(" {} ", squeezed(&all.join(" ")))
}

/// The last paragraph stands apart.
fn crosses_a_gap(words: &str) -> bool {
    words.contains("None. Far")
}

fn squeezed(text: &str) -> String {
    text.replace('\u{2014}', " - ").split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1_000))]

    #[test]
    fn whatever_is_made_of_true_words_only_true_words_are_accepted(
        start in 0..60_usize, length in 3..25_usize, how in 0..10_usize, at in 0..25_usize, is_older in proptest::bool::ANY,
    ) {
        let side = if is_older { Side::Older } else { Side::Newer };
        let text = side_text(if how == 9 { Side::Older } else { side });
        let words: Vec<&str> = text.split_whitespace().collect();
        let true_words = words[start % words.len()..].iter().take(length).copied().collect::<Vec<_>>().join(" ");
        let said = spoiled(&true_words, how, at);
        let verified = verify(vec![finding("It changed.", &[MARGIN, (side, &said)])], &pumps());
        let bare = squeezed(&said).trim_start_matches(['.', ',', ' ']).to_owned();
        let is_true = side_text(side).contains(&format!(" {bare} "));
        proptest::prop_assert!(verified.accepted.is_empty() || is_true, "{}", said);
        proptest::prop_assert_eq!(verified.accepted.len() + verified.dropped.len(), 1);
        let whole_and_long = how == 8 && length >= FEWEST_WORDS && !crosses_a_gap(&said);
        proptest::prop_assert!(!verified.accepted.is_empty() || !whole_and_long || plain_words(&said) < FEWEST_WORDS, "{}", said);
    }
}
