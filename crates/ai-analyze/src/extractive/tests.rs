#![allow(clippy::unwrap_used, reason = "a test may fail")]

use filing_model::{Change, Materiality, SectionDiff, SignalKind};
use proptest::prelude::*;

use super::*;
use crate::invented::{added, comparison, modified, placed, removed, section, signal, unchanged};

/// A year in which much happened to a maker of pumps.
fn pumps() -> Comparison {
    let item_1a = section(
        Item::I1A,
        vec![
            placed(
                added(
                    "1A-1",
                    3,
                    "New tariffs have raised the cost of cast housings. We may not be able to pass this cost on to water utilities, whose prices are fixed for years.",
                ),
                1,
                9.0,
                "Tariffs may raise our costs",
            ),
            placed(
                modified(
                    "1A-2",
                    5,
                    "A failure of our foundry would last [-two to three-]{+four to six+} quarters.",
                ),
                2,
                6.0,
                "We depend on one foundry",
            ),
            placed(removed("1A-3", 8, "The pandemic closed two of our plants for eleven weeks."), 3, 2.0, ""),
        ],
    );
    let mut figures = modified("7-1", 1, "Net sales were $[-9.1-]{+9.4+} million.");
    figures.figures_only = true;
    let item_7 = section(Item::I7, vec![figures]);
    let item_9a = section(
        Item::I9A,
        vec![modified(
            "9A-1",
            2,
            "Our disclosure controls were {+not +}effective at year end{+ because of a material weakness in revenue contracts+}.",
        )],
    );
    let mut pumps = comparison(vec![item_1a, item_7, item_9a]);
    pumps.sections[1].not_compared = None;
    pumps.signals = vec![
        signal(SignalKind::RiskFactorAdded, Item::I1A, "One risk factor of 30 is new.", Some("1A-1")),
        signal(
            SignalKind::ControlsNotEffective,
            Item::I9A,
            "Management no longer calls its controls effective.",
            Some("9A-1"),
        ),
        signal(SignalKind::AuditorChanged, Item::I9, "Another firm audits the statements.", None),
    ];
    pumps
}

#[test]
fn a_report_reads_well_without_a_model() {
    let analysis = Extractive::new().read(&pumps());
    let findings = analysis.findings.iter().map(|finding| {
        let quotes = finding.quotes.iter().map(|quote| {
            format!("\n    {:?} {}: {}", quote.side, quote.change_id.as_deref().unwrap_or("-"), quote.text)
        });
        format!(
            "{:?} {:?} {}{}",
            finding.materiality,
            finding.category,
            finding.statement,
            quotes.collect::<String>()
        )
    });
    let summaries = analysis.summaries.iter().map(|(item, text)| format!("{item}: {text}"));
    let text = [analysis.executive_summary.clone()].into_iter().chain(findings).chain(summaries);
    insta::assert_snapshot!(text.collect::<Vec<_>>().join("\n\n"));
    assert_eq!((analysis.total_tokens, analysis.total_cost_usd, analysis.model), (0, Some(0.0), None));
}

#[test]
fn figures_alone_are_counted_and_never_stated() {
    let analysis = Extractive::new().read(&pumps());
    assert!(analysis.findings.iter().all(|finding| finding.item != Item::I7));
    assert!(analysis.executive_summary.contains("One passage differs in figures alone"));
    assert!(analysis.summaries["Item 7"].contains("One edit is in figures alone"));
}

#[test]
fn no_change_at_all_is_a_valid_result() {
    let mut same = section(Item::I1A, Vec::new());
    same.unchanged = vec![unchanged(0, 0, &["The same in both years."])];
    let analysis = Extractive::new().read(&comparison(vec![same]));
    insta::assert_snapshot!(analysis.executive_summary, @"No language model was used for this report: its statements were picked by rule, and each one quotes the filings. Tidewell Pumps, Inc.’s annual report for fiscal 2025 and annual report for fiscal 2024 have the same wording in every Item that could be compared. There is nothing material to state.");
    assert!(analysis.findings.is_empty() && analysis.dropped.is_empty() && analysis.summaries.is_empty());
}

#[test]
fn a_signal_on_two_places_is_one_statement_and_a_sub_section_is_told_once() {
    let heading = "We are sued";
    let mut comparison = comparison(vec![section(
        Item::I3,
        vec![
            added("3-1", 0, "A county sued us over a burst water main."),
            added("3-2", 1, "A mine sued us over a pump that failed."),
            placed(added("3-3", 2, "A third suit was filed against us in May."), 1, 5.0, heading),
            placed(added("3-4", 3, "It was settled for a small sum in June."), 2, 4.0, heading),
        ],
    )]);
    let sued = |id: &str| {
        signal(SignalKind::LegalProceeding, Item::I3, "Item 3 tells of a new proceeding.", Some(id))
    };
    comparison.signals = vec![sued("3-1"), sued("3-2")];
    let analysis = Extractive::new().read(&comparison);
    let told: Vec<_> =
        analysis.findings.iter().map(|finding| (finding.statement.as_str(), finding.quotes.len())).collect();
    let third = "Item 3, “We are sued”: a new paragraph of 9 words.";
    assert_eq!(told, [("Item 3 tells of a new proceeding.", 2), (third, 1)]);
}

#[test]
fn one_item_does_not_crowd_out_the_others() {
    let many = |item: Item, weight: f64| {
        let change = |n: usize| {
            placed(
                added(
                    &format!("{item}-{n}"),
                    n,
                    &format!("The plant number {n} of Item {item} makes pumps."),
                ),
                n,
                weight,
                "",
            )
        };
        section(item, (1..20).map(change).collect())
    };
    let analysis = Extractive::new().read(&comparison(vec![
        many(Item::I1, 1.0),
        many(Item::I1A, 5.0),
        many(Item::I7, 3.0),
        many(Item::I15, 9.0),
    ]));
    let of = |item: Item| analysis.findings.iter().filter(|finding| finding.item == item).count();
    assert_eq!([of(Item::I1A), of(Item::I7), of(Item::I1), of(Item::I15)], [5, 5, 2, 0]);
    assert!(analysis.findings.is_sorted_by(|one, next| one.materiality >= next.materiality));
    assert!(
        analysis
            .findings
            .iter()
            .all(|finding| finding.materiality != Materiality::High || finding.item == Item::I1A)
    );
}

/// Words with everything that verification is strict about: figures, signs, dashes, quotation marks, abbreviations.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["pumps", "we", "Our", "mines", "may", "not", "The", "effective", "company\u{2019}s", "year-over-year"]),
        3 => prop::sample::select(vec![
            "$9.4 million", "43.9%", "1,540", "12", "$1", "billion", "Inc.", "U.S.", "\u{201c}Notes\u{201d}", "(5)", "\u{2014}", "risk\u{2014}old",
            "10-K", "Item 9A", "sales.", "lenders,", "covenant;", "words", "\u{a0}", "\u{2022}", "-5", "No.", "3.", "\"", "soft\u{ad}hyphen", "\n",
        ]),
    ]
    .prop_map(ToOwned::to_owned)
}

fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(word(), words).prop_map(|words| words.join(" "))
}

fn change() -> impl Strategy<Value = Change> {
    let heading = prop_oneof![Just(String::new()), text(1..25)];
    let shape =
        prop_oneof![
            text(1..90).prop_map(|text| added("x", 0, &text)),
            text(1..90).prop_map(|text| removed("x", 0, &text)),
            (text(1..40), text(0..12), text(0..12), text(1..40)).prop_map(
                |(start, gone, new, end)| modified("x", 0, &format!("{start} [-{gone} -]{{+{new} +}}{end}"))
            ),
            (text(1..9), text(1..4), text(1..3), text(1..4), text(1..9)).prop_map(
                |(start, gone, same, new, end)| modified(
                    "x",
                    0,
                    &format!("{start} [-{gone}-] {same} {{+{new}+}} {end}\n\n{end}")
                )
            ),
        ];
    (shape, heading, 0.0..10.0).prop_map(|(change, heading, weight)| placed(change, 1, weight, &heading))
}

fn generated() -> impl Strategy<Value = Comparison> {
    let item = prop::sample::select(vec![Item::I1, Item::I1A, Item::I7, Item::I9A]);
    let one = (item, prop::collection::vec(change(), 0..7)).prop_map(|(item, mut changes)| {
        for (index, change) in changes.iter_mut().enumerate() {
            change.id = format!("{item}-{index}");
            for passage in [&mut change.older, &mut change.newer].into_iter().flatten() {
                passage.paragraph = 4 * index;
            }
        }
        section(item, changes)
    });
    prop::collection::vec(one, 1..4).prop_map(|mut sections: Vec<SectionDiff>| {
        sections.sort_by_key(|section| section.item);
        sections.dedup_by_key(|section| section.item);
        comparison(sections)
    })
}

proptest! {
    #[test]
    fn whatever_it_states_stands_up_to_verification(comparison in generated()) {
        let analysis = Extractive::new().read(&comparison);
        prop_assert_eq!(&analysis.dropped, &vec![]);
        prop_assert!(analysis.findings.len() <= MOST_FINDINGS);
        prop_assert!(analysis.findings.iter().flat_map(|finding| &finding.quotes).all(|quote| quote.verified));
        let again = verify(analysis.findings.clone(), &comparison);
        prop_assert_eq!(again.accepted, analysis.findings);
    }

    /// The quotation picked for a change is good at the first go, before any check could leave it out.
    #[test]
    fn every_picked_quotation_stands_in_its_change(change in change()) {
        let Some(quote) = passage::quote_of_change(&change) else { return Ok(()) };
        let comparison = comparison(vec![section(Item::I7, vec![change])]);
        let finding = Finding { item: Item::I7, category: category(Item::I7), materiality: Materiality::Low, statement: "It changed.".into(), quotes: vec![quote] };
        let verified = verify(vec![finding], &comparison);
        prop_assert_eq!(&verified.dropped, &vec![]);
        prop_assert_eq!(verified.accepted[0].quotes[0].change_id.as_deref(), Some("x"));
    }
}
