//! Signals on customers, segments, dividends, shares and legal cases, from pairs of invented texts.

use filing_model::{Extraction, Item, Section, SignalKind, Status, word_count};
use section_diff::{Aligned, SectionDiffer as _};

type Texts<'a> = &'a [(Item, &'a str)];

fn filing(year: i16, texts: Texts<'_>) -> Extraction {
    let mut extraction = Extraction::empty();
    extraction.period_end = Some(jiff::civil::date(year, 12, 31));
    for (item, text) in texts {
        let words = word_count(text);
        let found = Section { status: Status::Found, text: (*text).to_owned(), words, ..Section::missing() };
        extraction.items.insert(*item, found);
    }
    extraction
}

/// Signals of a kind between a filing on 2023 and one on 2024.
fn signals(kind: SignalKind, older: Texts<'_>, newer: Texts<'_>) -> String {
    let found = Aligned.compare(&filing(2023, older), &filing(2024, newer)).signals;
    let of_kind = found.into_iter().filter(|signal| signal.kind == kind);
    let lines = of_kind.map(|signal| {
        let side = |mark: &str, words: Option<String>| {
            words.map(|words| format!("\n{mark} {words}")).unwrap_or_default()
        };
        let change = signal.change_id.unwrap_or_else(|| "no change".to_owned());
        format!("{} {}{}{}", change, signal.statement, side("-", signal.older), side("+", signal.newer))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The same with one Item on both sides.
fn in_item(kind: SignalKind, item: Item, older: &str, newer: &str) -> String {
    signals(kind, &[(item, older)], &[(item, newer)])
}

#[test]
fn a_customer_comes_to_a_tenth() {
    let older = "No customer accounted for more than 10% of net sales in 2023 or 2022.";
    let newer = "One customer accounted for 12% of net sales in 2024. No customer accounted for more than 10% of net sales in 2023.";
    insta::assert_snapshot!(in_item(SignalKind::CustomerConcentration, Item::I8, older, newer), @r"
    8-1 One customer now made up a tenth of revenue or more; a year before none did.
    - No customer accounted for more than 10% of net sales in 2023 or 2022.
    + One customer accounted for 12% of net sales in 2024.
    ");
    insta::assert_snapshot!(in_item(SignalKind::CustomerConcentration, Item::I8,
        "Two customers accounted for 14% and 11% of our revenue in 2023.",
        "None of our customers accounted for 10% or more of our revenue in 2024."), @r"
        8-1 No customer made up a tenth of revenue or more; a year before 2 customers did.
        - Two customers accounted for 14% and 11% of our revenue in 2023.
        + None of our customers accounted for 10% or more of our revenue in 2024.
        ");
    insta::assert_snapshot!(signals(SignalKind::CustomerConcentration,
        &[(Item::I8, "One customer represented 13% of total revenue for fiscal year 2023.")],
        &[(Item::I7, "Two direct customers each represented 11% of total revenue for fiscal year 2024.")]), @r"
        no change 2 customers made up a tenth of revenue or more each; a year before one did.
        - One customer represented 13% of total revenue for fiscal year 2023.
        + Two direct customers each represented 11% of total revenue for fiscal year 2024.
        ");
}

#[test]
fn customers_that_stay_are_no_signal() {
    let cases = [
        // The year before is told again.
        (
            "One customer accounted for 12% of net sales in 2023.",
            "One customer accounted for 14% of net sales in 2024. One customer accounted for 12% of net sales in 2023.",
        ),
        // Silence is no denial.
        ("We sell to many customers.", "One customer accounted for 12% of net sales in 2024."),
        // What the filing says does not agree.
        (
            "No customer accounted for more than 10% of net sales in 2023.",
            "One customer accounted for 12% of net sales in 2024. No customer accounted for more than 10% of net sales in 2024.",
        ),
        // Nobody knows how many customers are beside the largest.
        (
            "Our largest customer accounted for 15% of net sales in 2023.",
            "Two customers accounted for 15% and 11% of net sales in 2024.",
        ),
        (
            "One customer accounted for 9% of accounts receivable at the end of 2023.",
            "One customer accounted for 12% of accounts receivable at the end of 2024.",
        ),
    ];
    for (older, newer) in cases {
        assert_eq!(in_item(SignalKind::CustomerConcentration, Item::I8, older, newer), "", "{newer}");
    }
}

#[test]
fn a_segment_comes_or_goes() {
    let kind = SignalKind::SegmentChanged;
    insta::assert_snapshot!(in_item(kind, Item::I1,
        "We report our results in two segments: Gauges and Valves.",
        "We report our results in three segments: Gauges, Valves and Services."), @r"
        1-1 Segments: 3; a year before: 2. New: Services.
        - We report our results in two segments: Gauges and Valves.
        + We report our results in three segments: Gauges, Valves and Services.
        ");
    insta::assert_snapshot!(signals(kind,
        &[(Item::I1, "We have four reportable segments."), (Item::I7, "Our four operating segments are listed below.")],
        &[(Item::I8, "The Company operates as one reportable segment.")]), @r"
        no change Segments: 1; a year before: 4.
        - We have four reportable segments.
        + The Company operates as one reportable segment.
        ");
    insta::assert_snapshot!(in_item(kind, Item::I8,
        "Our three segments are Gauges; Valves; and Services.",
        "Our three segments are Gauges; Valves; and Data Platforms."), @r"
        8-1 The segments bear other names than a year before. New: Data Platforms. Gone: Services.
        - Our three segments are Gauges; Valves; and Services.
        + Our three segments are Gauges; Valves; and Data Platforms.
        ");
}

#[test]
fn segments_that_stay_are_no_signal() {
    let cases = [
        ("We have two reportable segments.", "We operate in two reportable segments: Gauges and Valves."),
        // Another kind of segments is counted beside the same two.
        (
            "We have two reportable segments.",
            "We have two reportable segments. We have five operating segments.",
        ),
        ("We have two reportable segments.", "Beginning in 2025, we will have three reportable segments."),
        ("We have two reportable segments.", "Our segments did well. Sales rose in three of our segments."),
        // Two counts of one kind: unclear.
        (
            "We have two reportable segments.",
            "We have three reportable segments. We have two reportable segments.",
        ),
        // The same names in other words.
        (
            "Our two segments are Gauges and Valves.",
            "Our two segments are Gauges segment and the Valves segment.",
        ),
    ];
    for (older, newer) in cases {
        assert_eq!(in_item(SignalKind::SegmentChanged, Item::I1, older, newer), "", "{newer}");
    }
}

#[test]
fn a_dividend_begins_stops_and_changes() {
    let changed = |older, newer| in_item(SignalKind::DividendChanged, Item::I5, older, newer);
    insta::assert_snapshot!(changed(
        "We have never declared or paid cash dividends on our common stock.",
        "On May 2, 2024, our Board declared our first quarterly dividend of $0.25 per share."), @r"
        5-2 A dividend was begun; the older filing says that there is none.
        - We have never declared or paid cash dividends on our common stock.
        + On May 2, 2024, our Board declared our first quarterly dividend of $0.25 per share.
        ");
    insta::assert_snapshot!(changed(
        "In November 2023, we declared a quarterly cash dividend of $0.25 per share.",
        "In March 2024, our Board suspended the quarterly dividend on our common stock."), @r"
        5-1 The dividend was stopped.
        - In November 2023, we declared a quarterly cash dividend of $0.25 per share.
        + In March 2024, our Board suspended the quarterly dividend on our common stock.
        ");
    insta::assert_snapshot!(changed(
        "In November 2023, we declared a quarterly cash dividend of $0.25 per share.",
        "In November 2024, we declared a quarterly cash dividend of $0.20 per share. In November 2023, we declared a quarterly cash dividend of $0.25 per share."), @r"
        5-1 The quarterly dividend was cut from $0.25 to $0.20 a share.
        - In November 2023, we declared a quarterly cash dividend of $0.25 per share.
        + In November 2024, we declared a quarterly cash dividend of $0.20 per share.
        ");
    insta::assert_snapshot!(changed(
        "Our quarterly dividend was $0.40 per share in May 2023.",
        "In May 2024, the Board raised the quarterly dividend from $0.40 to $0.44 per share."), @r"
        5-1 The quarterly dividend was raised from $0.40 to $0.44 a share.
        - Our quarterly dividend was $0.40 per share in May 2023.
        + In May 2024, the Board raised the quarterly dividend from $0.40 to $0.44 per share.
        ");
    insta::assert_snapshot!(changed(
        "Dividends were declared as follows:\n\nDeclaration Date | Dividend Per Share | Payment Date\nMarch 3, 2023 | $0.10 | May 4, 2023\nJune 7, 2023 | $0.10 | August 3, 2023",
        "Dividends were declared as follows:\n\nDeclaration Date | Dividend Per Share | Payment Date\nMarch 3, 2024 | $0.10 | May 4, 2024\nJune 7, 2024 | $0.11 | August 3, 2024"), @r"
        5-1 The quarterly dividend was raised from $0.10 to $0.11 a share.
        - June 7, 2023 | $0.10 | August 3, 2023
        + June 7, 2024 | $0.11 | August 3, 2024
        ");
    insta::assert_snapshot!(changed(
        "In November 2023, we declared a quarterly cash dividend of $0.25 per share.",
        "In November 2024, we declared a quarterly cash dividend of $0.25 per share and a special dividend of $2.00 per share."), @r"
        5-1 A special dividend is told of; the older filing has none.
        + In November 2024, we declared a quarterly cash dividend of $0.25 per share and a special dividend of $2.00 per share.
        ");
}

#[test]
fn dividends_that_stay_are_no_signal() {
    let cases = [
        (
            "We paid a quarterly dividend of $0.25 per share.",
            "We paid a quarterly dividend of $0.250 per share in 2024.",
        ),
        (
            "We have never paid cash dividends.",
            "We have never paid cash dividends and do not intend to pay any.",
        ),
        (
            "We have never paid cash dividends.",
            "Our subsidiary paid a quarterly dividend of $0.30 per share to us.",
        ),
        (
            "We paid a quarterly dividend of $0.25 per share.",
            "We may suspend the quarterly dividend on our common stock at any time.",
        ),
        (
            "We paid a quarterly dividend of $0.25 per share.",
            "We paid quarterly dividends of $0.25 per share, or $1.00 per share for the year.",
        ),
        (
            "We paid a quarterly dividend of $0.25 per share.",
            "Preferred stock bears a quarterly dividend of $0.50 per share.",
        ),
    ];
    for (older, newer) in cases {
        assert_eq!(in_item(SignalKind::DividendChanged, Item::I5, older, newer), "", "{newer}");
    }
}

#[test]
fn shares_are_split_once() {
    let kind = SignalKind::DividendChanged;
    let older = "In November 2023, we paid a quarterly dividend of $0.50 per share.";
    let newer = "On June 3, 2024, we effected a two-for-one stock split of our common stock.\n\n\
                 In November 2024, we paid a quarterly dividend of $0.25 per share.";
    insta::assert_snapshot!(in_item(kind, Item::I5, older, newer), @r"
    5-1 The company’s shares were split; the older filing does not tell of it.
    + On June 3, 2024, we effected a two-for-one stock split of our common stock.
    ");
    // A split of years ago, and one that the older filing announced.
    let old = "On June 3, 2019, we effected a two-for-one stock split.";
    assert_eq!(in_item(kind, Item::I5, older, old), "");
    let announced = "In 2024, we will effect the two-for-one stock split that the Board approved.";
    assert_eq!(in_item(kind, Item::I5, announced, newer), "");
}

#[test]
fn a_new_class_of_shares_is_told() {
    let common = |text| [Item::I1, Item::I5, Item::I7, Item::I8].map(|item| (item, text));
    let older = common("We have one class of shares.");
    let newer = common("In May 2024, stockholders authorized 5 million shares of Class B common stock.");
    insta::assert_snapshot!(signals(SignalKind::DividendChanged, &older, &newer), @r"
    5-1 The newer filing tells of a class of shares that the older does not name.
    + In May 2024, stockholders authorized 5 million shares of Class B common stock.
    ");
    let named = common("In May 2023, we spoke of Class B common stock.");
    assert_eq!(signals(SignalKind::DividendChanged, &named, &newer), "");
}

const CASE: &str = "On March 3, 2024, Harbor Supply Inc. filed a complaint against us in the U.S. District Court for the District of Nevada.";

#[test]
fn new_cases_are_found_in_item_3_and_in_notes() {
    let kind = SignalKind::LegalProceeding;
    let older = [
        (Item::I3, "We defend ourselves."),
        (Item::I8, "Note 9. We lease offices in Nevada and pay rent for them each month."),
    ];
    let whole = format!("We defend ourselves.\n\n{CASE}");
    insta::assert_snapshot!(signals(kind, &older, &[(Item::I3, &whole), older[1]]), @r"
    3-1 Item 3 tells of a proceeding that the older filing does not have.
    + On March 3, 2024, Harbor Supply Inc. filed a complaint against us in the U.S. District Court for the District of Nevada.
    ");
    // Inside an edited paragraph of a note.
    let edited = format!("Note 9. We lease offices in Nevada and pay rent for them each month. {CASE}");
    insta::assert_snapshot!(signals(kind, &older, &[older[0], (Item::I8, &edited)]), @r"
    8-1 Item 8 tells of a proceeding that the older filing does not have.
    + On March 3, 2024, Harbor Supply Inc. filed a complaint against us in the U.S. District Court for the District of Nevada.
    ");
    // In both places: one case.
    assert_eq!(signals(kind, &older, &[(Item::I3, &whole), (Item::I8, &edited)]).matches("3-").count(), 1);
}

#[test]
fn cases_that_go_on_are_no_signal() {
    let older = "On March 3, 2022, Harbor Supply Inc. filed a complaint against us in the District Court for the District of Nevada.";
    let newer = [
        "On March 3, 2022, Harbor Supply Inc. filed a complaint against us before the court in Nevada, alleging breach of a supply agreement.",
        "On May 2, 2024, Harbor Supply Inc. filed an amended complaint against us in the District Court.",
        "A complaint may be filed against us in court at any time, and we cannot say by whom or when.",
    ];
    for newer in newer {
        assert_eq!(in_item(SignalKind::LegalProceeding, Item::I3, older, newer), "", "{newer}");
    }
}

#[test]
fn cases_end() {
    let kind = SignalKind::LegalProceedingEnded;
    let older = "Harbor Supply Inc. sued us over a supply agreement. A trial is set for the spring.";
    let newer = "Harbor Supply Inc. sued us over a supply agreement. On June 2, 2024, the lawsuit was dismissed with prejudice.";
    insta::assert_snapshot!(in_item(kind, Item::I3, older, newer), @r"
    3-1 Item 3 tells that a proceeding ended.
    + On June 2, 2024, the lawsuit was dismissed with prejudice.
    ");
    let appealed = format!("{newer} Harbor has filed a notice of appeal.");
    assert_eq!(in_item(kind, Item::I3, older, &appealed), "");
    // Told a year before already.
    assert_eq!(in_item(kind, Item::I3, newer, newer), "");
}

#[test]
fn many_cases_say_how_many_they_are() {
    let names = ["Harbor", "Juniper", "Larch", "Maple", "Poplar", "Sequoia", "Tamarack"];
    let cases = names.iter().enumerate().map(|(day, name)| {
        format!("On March {}, 2024, {name} Partners filed a complaint against us in the District Court of {name} City.", day + 1)
    });
    let newer = cases.collect::<Vec<_>>().join("\n\n");
    let found =
        in_item(SignalKind::LegalProceeding, Item::I3, "We know of no proceedings of importance.", &newer);
    assert_eq!(found.matches("(one of 7)").count(), 5, "{found}");
}
