#![allow(clippy::unwrap_used, reason = "a test may fail")]

use filing_model::{Change, Finding, HeadingDiff, HeadingState, Item, Materiality, SectionDiff, SignalKind};
use proptest::prelude::*;

use super::{
    choice::{MOST_FINDINGS, MOST_FINDINGS_PER_ITEM},
    *,
};
use crate::{
    invented::{added, comparison, modified, placed, removed, section, signal, unchanged},
    verify,
};

/// A year in which much happened to a maker of pumps.
fn pumps() -> Comparison {
    let mut pumps = comparison(vec![risk_factors(), results(), controls()]);
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

fn risk_factors() -> SectionDiff {
    let tariffs = "New tariffs have raised the cost of cast housings. We may not be able to pass this cost on to water utilities, whose prices are fixed for years.";
    section(
        Item::I1A,
        vec![
            placed(added("1A-1", 3, tariffs), 1, 9.0, "Tariffs may raise our costs"),
            placed(
                modified(
                    "1A-2",
                    5,
                    "A failure of our foundry [-could last two to three-]{+has lasted six+} quarters.",
                ),
                2,
                6.0,
                "We depend on one foundry",
            ),
            placed(removed("1A-3", 8, "The pandemic closed two of our plants for eleven weeks."), 3, 2.0, ""),
        ],
    )
}

fn results() -> SectionDiff {
    let mut backlog = modified("7-1", 1, "At year end our backlog of orders was $[-9.1-]{+12.6+} million.");
    backlog.figures_only = true;
    backlog.figures = vec![["$9.1 million".into(), "$12.6 million".into()]];
    let mut sales = modified("7-2", 2, "Net sales were $[-40.1-]{+40.4+} million.");
    sales.figures_only = true;
    sales.figures = vec![["$40.1 million".into(), "$40.4 million".into()]];
    let closing = "Closing of the Ohio plant";
    let standard = "In May the FASB issued an Accounting Standards Update on leases, which we adopted in 2025 without any effect.";
    let mut item_7 = section(
        Item::I7,
        vec![
            placed(backlog, 5, 3.0, "Backlog"),
            placed(sales, 6, 1.0, "Sales"),
            placed(added("7-3", 4, closing), 3, 4.0, ""),
            placed(added("7-4", 5, "The plant served us well. It may be sold."), 2, 7.0, closing),
            placed(
                added(
                    "7-5",
                    6,
                    "In June 2025, the Board approved the closing of the plant, and we recorded severance of $2.4 million for 85 employees.",
                ),
                4,
                6.5,
                closing,
            ),
            placed(added("7-6", 9, standard), 1, 7.5, "New standards"),
            placed(
                removed("7-7", 12, "We lease the Iowa plant from Nordwell Water for $0.3 million a year."),
                7,
                3.0,
                "The Iowa plant",
            ),
        ],
    );
    item_7.headings =
        vec![heading(closing, HeadingState::Added), heading("The Iowa plant", HeadingState::Removed)];
    item_7
}

fn controls() -> SectionDiff {
    section(
        Item::I9A,
        vec![modified(
            "9A-1",
            2,
            "Our disclosure controls were {+not +}effective at year end{+ because of a material weakness in revenue contracts+}.",
        )],
    )
}

fn heading(title: &str, state: HeadingState) -> HeadingDiff {
    HeadingDiff {
        title: title.into(),
        similarity: None,
        level: 2,
        state,
        older_title: None,
        older_paragraph: None,
        newer_paragraph: None,
    }
}

/// The first statement on one change of Item 7 under a heading that stayed.
fn statement(change: Change) -> String {
    let change = placed(change, 1, 5.0, "Operations");
    let findings = Extractive::new().read(&comparison(vec![section(Item::I7, vec![change])])).findings;
    findings.first().map_or("-".into(), |finding| {
        let sides: Vec<String> = finding.quotes.iter().map(|quote| format!("{:?}", quote.side)).collect();
        format!("{} ({})", finding.statement, sides.join(", "))
    })
}

#[test]
fn statements_say_what_changed() {
    let with_figures = |mut change: Change, old: &str, new: &str| {
        change.figures = vec![[old.into(), new.into()]];
        change
    };
    let said = [
        statement(added(
            "7-1",
            0,
            "We sell pumps. In May we acquired Nordwell Water for $3 million. It may grow.",
        )),
        statement(removed("7-1", 0, "We had a plant in Ohio that made cast housings for pumps.")),
        statement(modified(
            "7-1",
            0,
            "Our controls over the pricing of contracts were {+not +}effective at year end.",
        )),
        statement(modified(
            "7-1",
            0,
            "A failure of the foundry [-could stop-]{+has stopped+} our work for weeks.",
        )),
        statement(modified("7-1", 0, "Our pumps are [-safe and -]well made in all of our plants.")),
        statement(modified(
            "7-1",
            0,
            "We sell pumps to mines.{+ In June, Nordwell Water terminated its contract for pumps with us.+}",
        )),
        statement(with_figures(
            modified("7-1", 0, "At year end, the backlog of orders was $[-8.0-]{+9.6+} million."),
            "$8.0 million",
            "$9.6 million",
        )),
        statement(with_figures(
            modified("7-1", 0, "Orders at year end were $[-8.0-]{+8.1+} million, and we think that is good."),
            "$8.0 million",
            "$8.1 million",
        )),
        statement(added("7-1", 0, "The following table shows our sales by country:")),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn the_quotation_is_the_sentence_that_tells_most() {
    let analysis = Extractive::new().read(&pumps());
    let closing =
        analysis.findings.iter().find(|finding| finding.statement.contains("Closing of the Ohio plant"));
    let quote = &closing.unwrap().quotes[0];
    assert!(
        quote.text.starts_with("In June 2025, the Board approved")
            && quote.change_id.as_deref() == Some("7-5")
    );
}

#[test]
fn a_heading_that_names_its_year_is_not_new() {
    let text = "In June 2025, we completed the new foundry for $9 million.";
    let mut item_7 = section(
        Item::I7,
        vec![
            placed(added("7-1", 1, text), 1, 5.0, "Highlights of 2025"),
            placed(
                removed("7-2", 1, "In June 2024, we closed the old foundry."),
                2,
                5.0,
                "Highlights of 2024",
            ),
        ],
    );
    item_7.headings = vec![
        heading("Highlights of 2025", HeadingState::Added),
        heading("Highlights of 2024", HeadingState::Removed),
    ];
    let findings = Extractive::new().read(&comparison(vec![item_7])).findings;
    let told: Vec<&str> = findings.iter().map(|finding| finding.statement.as_str()).collect();
    assert_eq!(
        told,
        ["Item 7, “Highlights of 2025”: “In June 2025, we completed the new foundry for $9 million”."]
    );
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
fn figures_alone_are_told_when_they_moved_far_and_counted_in_any_case() {
    let analysis = Extractive::new().read(&pumps());
    let told = |words: &str| analysis.findings.iter().any(|finding| finding.statement.contains(words));
    assert!(told("“backlog of orders” rose 38%, from $9.1 million to $12.6 million"));
    assert!(!told("$40.4 million"));
    assert!(analysis.executive_summary.contains("Two passages differ in figures alone"));
    assert!(analysis.summaries["Item 7"].contains("Two edits are in figures alone"));
}

#[test]
fn standards_without_effect_come_last() {
    let analysis = Extractive::new().read(&pumps());
    let at = analysis.findings.iter().position(|finding| finding.statement.contains("FASB"));
    assert!(at.is_none_or(|at| at + 1 == analysis.findings.len()), "{at:?}");
}

#[test]
fn no_change_at_all_is_a_valid_result() {
    let mut same = section(Item::I1A, Vec::new());
    same.unchanged = vec![unchanged(0, 0, &["The same in both years."])];
    let analysis = Extractive::new().read(&comparison(vec![same]));
    insta::assert_snapshot!(analysis.executive_summary, @"No language model was used: rules picked the statements, and each one quotes the filings. Tidewell Pumps, Inc.’s annual report for fiscal 2025 and annual report for fiscal 2024 have the same wording in every Item that could be compared. There is nothing material to state.");
    assert!(analysis.findings.is_empty() && analysis.dropped.is_empty() && analysis.summaries.is_empty());
}

#[test]
fn a_signal_on_two_places_is_two_statements_and_a_sub_section_is_told_once() {
    let heading = "We are sued";
    let mut comparison = comparison(vec![section(
        Item::I3,
        vec![
            added("3-1", 0, "A county sued us over a burst water main."),
            added("3-2", 1, "A mine filed a complaint against us over a pump that failed."),
            placed(added("3-3", 2, "A third suit was filed against us in May."), 1, 5.0, heading),
            placed(added("3-4", 3, "It was settled for a small sum in June."), 2, 4.0, heading),
        ],
    )]);
    let sued = |id: &str| {
        signal(SignalKind::LegalProceeding, Item::I3, "Item 3 tells of a new proceeding.", Some(id))
    };
    comparison.signals = vec![sued("3-1"), sued("3-2")];
    let analysis = Extractive::new().read(&comparison);
    let told: Vec<&str> = analysis.findings.iter().map(|finding| finding.statement.as_str()).collect();
    assert_eq!(
        told,
        [
            "Item 3 tells of a new proceeding: “A county sued us over a burst water main”.",
            "Item 3 tells of a new proceeding: “A mine filed a complaint against us over a pump that failed”.",
            "Item 3, “We are sued”, now says: “A third suit was filed against us in May”.",
        ]
    );
}

#[test]
fn one_item_does_not_crowd_out_the_others() {
    let names = ["Ada", "Bly", "Cole", "Dunn", "Eads", "Ford", "Gale", "Hume", "Ivor", "Jett"];
    let many = |item: Item, weight: f64| {
        let change = |(n, name): (usize, &&str)| {
            let text = format!(
                "{name}town{item} had{n} opened{n} pump{item}{n} works{n}{item} there{n}{item} for mines."
            );
            placed(added(&format!("{item}-{n}"), 2 * n, &text), n, weight, "")
        };
        section(item, names.iter().enumerate().map(change).collect())
    };
    let items = [many(Item::I1, 3.0), many(Item::I1A, 7.0), many(Item::I7, 5.0), many(Item::I15, 9.0)];
    let analysis = Extractive::new().read(&comparison(items.to_vec()));
    let of = |item: Item| analysis.findings.iter().filter(|finding| finding.item == item).count();
    assert_eq!(
        [of(Item::I1A), of(Item::I7), of(Item::I15)],
        [MOST_FINDINGS_PER_ITEM, MOST_FINDINGS_PER_ITEM, 0]
    );
    assert!(of(Item::I1) > 2 && analysis.findings.len() <= MOST_FINDINGS);
    assert!(analysis.findings.is_sorted_by(|one, next| one.materiality >= next.materiality));
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
        let finding = Finding { item: Item::I7, category: category::usual(Item::I7), materiality: Materiality::Low, statement: "It changed.".into(), quotes: vec![quote] };
        let verified = verify(vec![finding], &comparison);
        if let [dropped] = verified.dropped.as_slice() {
            // A change of blanks alone, or of words that stand elsewhere in the other filing.
            prop_assert_eq!(dropped.reason.as_str(), "every quotation stands in both filings, so none shows a change");
            return Ok(());
        }
        prop_assert_eq!(verified.accepted[0].quotes[0].change_id.as_deref(), Some("x"));
    }
}
