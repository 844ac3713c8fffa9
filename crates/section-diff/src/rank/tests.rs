use std::fmt::Write as _;

use filing_model::{Extraction, Heading, Item, Status};

use crate::{Aligned, SectionDiffer as _};

/// Lines that begin with `#` are headings.
fn extraction(items: &[(Item, &str)]) -> Extraction {
    let mut extraction = Extraction::empty();
    extraction.period_end = Some(jiff::civil::date(2024, 12, 31));
    for (item, text) in items {
        let section = extraction.items.get_mut(item).expect("every Item has an entry");
        let paragraphs: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        section.status = Status::Found;
        section.text =
            paragraphs.iter().map(|line| line.trim_start_matches("# ")).collect::<Vec<_>>().join("\n\n");
        let headings = paragraphs.iter().enumerate().filter_map(|(paragraph, line)| {
            Some(Heading { level: 1, title: line.strip_prefix("# ")?.to_owned(), paragraph })
        });
        section.headings = headings.collect();
    }
    extraction
}

/// The changes of all Items, the heaviest first.
fn ranked(older: &[(Item, &str)], newer: &[(Item, &str)]) -> Vec<String> {
    let sections = Aligned.compare(&extraction(older), &extraction(newer)).sections;
    let mut changes: Vec<_> = sections.into_iter().flat_map(|section| section.changes).collect();
    changes.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let text = |passage: &Option<filing_model::Passage>| passage.as_ref().map(|passage| passage.text.clone());
    changes.iter().filter_map(|change| text(&change.newer).or_else(|| text(&change.older))).collect()
}

/// The first words of each.
fn outline(texts: &[String]) -> String {
    let mut outline = String::new();
    for text in texts {
        let _ = writeln!(outline, "{}", text.split_whitespace().take(7).collect::<Vec<_>>().join(" "));
    }
    outline
}

#[test]
fn what_tells_more_comes_first() {
    let older = "
        We may be subject to claims over the Duluth gauge, and such claims may harm us.
        Our credit line with Orlov Bank was $1.2 billion, and we may draw on it as we see fit.
        The dividend was $1.20 a share, and the board looks at it each quarter of the year.
        The annual meeting took place on May 12, 2024, at the plant in Duluth, Minnesota.
        Our depots are in Fargo, and their rents are paid at the start of each month.
    ";
    let newer = "
        We have been subject to claims over the Duluth gauge, and such claims have harmed us.
        Our credit line with Orlov Bank was $0.4 billion, and we may draw on it as we see fit.
        The dividend was $1.25 a share, and the board looks at it each quarter of the year.
        The annual meeting took place on May 11, 2025, at the plant in Duluth, Minnesota.
        Our depots are in Fargo, and their rents are due at the start of each month.
    ";
    insta::assert_snapshot!(outline(&ranked(&[(Item::I7, older)], &[(Item::I7, newer)])), @r"
    We have been subject to claims over
    Our credit line with Orlov Bank was
    Our depots are in Fargo, and their
    The dividend was $1.25 a share, and
    The annual meeting took place on May
    ");
}

#[test]
fn a_new_risk_factor_has_one_place_among_the_first() {
    let older = "
        # Our plants are old
        The plants in Duluth and Fargo were built before the war and need repair in most years.
        # We depend on one buyer
        One buyer takes most of our gauges, and we may lose it.
    ";
    let newer = "
        # Our plants are old
        The plants in Duluth and Fargo were built before the war and need repair in most years.
        # We depend on one buyer
        One buyer takes most of our gauges, and in March we lost it.
        # New tariffs on valves may raise our costs
        Tariffs on valves from abroad began in April and raised what we pay for each gauge that we make.
        Customers who cannot bear a higher price could turn to makers of plastic dials in their own country.
        Courts may end the levies, and refunds of what was paid could then take years to arrive.
    ";
    let ranked = ranked(&[(Item::I1A, older)], &[(Item::I1A, newer)]);
    insta::assert_snapshot!(outline(&ranked), @r"
    Tariffs on valves from abroad began in
    One buyer takes most of our gauges,
    New tariffs on valves may raise our
    Customers who cannot bear a higher price
    Courts may end the levies, and refunds
    ");
}

#[test]
fn boilerplate_moved_text_and_dates_come_last() {
    let business = "The gauge works in Fargo has a staff of forty and makes dials for ships and mines.";
    let older = [
        (Item::I1, business),
        (
            Item::I7,
            "We lease the depot.\n Results for the year ended June 30, 2024, are told below.\n
             Sales of dials in 2022 were up over 2021 as the yard in Moorhead bought more of them.",
        ),
    ];
    let newer = [
        (Item::I1, "We make gauges."),
        (
            Item::I7,
            "We lease the depot.\n Results for the year ended June 30, 2025, are told below.\n
             In May the FASB issued ASU 2025-90 on hedges of dials, which had no material effect on our statements.\n
             The gauge works in Fargo has a staff of forty and makes dials for ships and mines.\n
             Forward-looking statements speak of plans, hopes and dials, and events may differ from them.\n
             In May a fire took the foundry with its casts and moulds.",
        ),
    ];
    insta::assert_snapshot!(outline(&ranked(&older, &newer)), @r"
    In May a fire took the foundry
    We make gauges.
    In May the FASB issued ASU 2025-90
    Forward-looking statements speak of plans, hopes and
    Sales of dials in 2022 were up
    The gauge works in Fargo has a
    The gauge works in Fargo has a
    Results for the year ended June 30,
    ");
}

#[test]
fn figures_rank_by_how_far_they_moved() {
    let older = [(
        Item::I8,
        "Rent of the depots was $8.2 million in 2023 and is paid in advance.\n
         Sales of dials were $2,410 million in 2023 and all in one country.\n
         The loan of the Orlov Bank stood at $3.0 billion on June 30, 2023.\n
         The plan was adopted on June 30, 2023, by the board.",
    )];
    let newer = [(
        Item::I8,
        "Rent of the depots was $8.4 million in 2024 and is paid in advance.\n
         Sales of dials were $4,980 million in 2024 and all in one country.\n
         The loan of the Orlov Bank stood at $0.9 billion on June 30, 2024.\n
         The plan was adopted on June 30, 2024, by the board.",
    )];
    insta::assert_snapshot!(outline(&ranked(&older, &newer)), @r"
    The loan of the Orlov Bank stood
    Sales of dials were $4,980 million in
    Rent of the depots was $8.4 million
    The plan was adopted on June 30,
    ");
}
