//! Sentences that the rules for signals look for, without end.

use filing_model::{Extraction, Item};

use super::{
    Kind,
    written::{Written, each, items, paragraphs, word},
};

/// Where the rules look.
const ITEMS: [Item; 8] = [Item::I1, Item::I1A, Item::I1C, Item::I3, Item::I5, Item::I7, Item::I8, Item::I9A];
/// `#` stands for a word that no other sentence has.
const TELLING: [&str; 10] = [
    "One customer, #, accounted for 12% of our net sales in 2024, and no other for more than 10%.",
    "We have three reportable segments: Pumps, # and Valves, and # is not one of them.",
    "In May 2024 the board declared a quarterly dividend of $0.25 per share on the # class of our shares.",
    "On May 3, 2024, # filed a complaint in the district court, alleging that our pumps leak.",
    "In June 2024 the court dismissed the lawsuit that # had brought against us.",
    "Management identified a material weakness in our internal control over # as of year end.",
    "These conditions raise substantial doubt about our ability to continue as a going concern in #.",
    "In March 2024 we detected that an unauthorized party gained access to our systems in #.",
    "We restated our financial statements of # to correct an error.",
    "The audit committee dismissed # LLP and engaged another firm as our auditor.",
];

pub(super) const KINDS: [Kind; 4] = [
    Kind {
        name: "sentences that give signals, in eight Items, the older text others",
        count: 100_000,
        make: |count| [0, count].map(|from| in_all_items(from..from + count)),
    },
    Kind {
        name: "sentences that give signals, in eight Items, new",
        count: 100_000,
        make: |count| [0..ITEMS.len(), 0..count].map(in_all_items),
    },
    Kind {
        name: "new legal proceedings",
        count: 100_000,
        make: |count| {
            let case = |at: usize| TELLING[3].replace('#', &word(at));
            [0..1, 1..count].map(|range| paragraphs(&range.map(case).collect::<Vec<_>>()).item(Item::I3))
        },
    },
    Kind {
        name: "sentences that nearly give a signal, marks that nearly end one",
        count: 100_000,
        make: |count| {
            let text = |at: usize, verb: &str| {
                format!(
                    "In May {} {verb} an unauthorized party, and we detected no access. U.S. Co. No. J. Mr. ? ! .) ",
                    word(at)
                )
            };
            each(count, |at, older, newer| {
                older.paragraph(&text(at, "met"));
                newer.paragraph(&text(at, "saw"));
            })
        },
    },
];

/// So many sentences, dealt to the Items in turn.
fn in_all_items(numbers: std::ops::Range<usize>) -> Extraction {
    let mut written = ITEMS.map(|item| (item, Written::default()));
    for at in numbers {
        let sentence = TELLING[at % TELLING.len()].replace('#', &word(at));
        written[at % ITEMS.len()].1.paragraph(&sentence);
    }
    items(written)
}
