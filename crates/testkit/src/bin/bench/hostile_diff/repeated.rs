//! Paragraphs that are short, the same, or nearly the same.

use super::{
    Kind,
    written::{both, each, sentence, sentences, word},
};
use crate::noise::Noise;

const PARAGRAPH: &str =
    "We sell pumps and valves to mills through distributors that may end their contracts.";
const OTHER: &str = "We sell pumps and valves to mills through agents who may end their contracts.";

pub(super) const KINDS: [Kind; 11] = [
    Kind {
        name: "paragraphs of one word, every tenth another",
        count: 1_000_000,
        make: |count| {
            each(count, |at, older, newer| {
                older.paragraph(&word(at));
                newer.paragraph(&word(if at % 10 == 0 { count + at } else { at }));
            })
        },
    },
    Kind {
        name: "paragraphs of one word, none in common",
        count: 1_000_000,
        make: |count| {
            each(count, |at, older, newer| {
                older.paragraph(&word(at));
                newer.paragraph(&word(count + at));
            })
        },
    },
    Kind {
        name: "paragraphs of one of fifty words at random",
        count: 1_000_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |_, older, newer| {
                older.paragraph(&word(noise.below(50)));
                newer.paragraph(&word(noise.below(50)));
            })
        },
    },
    Kind {
        name: "the same paragraph, a tenth fewer of it",
        count: 100_000,
        make: |count| {
            each(count, |at, older, newer| {
                older.paragraph(PARAGRAPH);
                if at % 10 > 0 {
                    newer.paragraph(PARAGRAPH);
                }
            })
        },
    },
    Kind {
        name: "the same paragraph, in the newer text edited",
        count: 100_000,
        make: |count| {
            each(count, |_, older, newer| {
                older.paragraph(PARAGRAPH);
                newer.paragraph(OTHER);
            })
        },
    },
    Kind {
        name: "two paragraphs in turn, the newer text begins with the other",
        count: 100_000,
        make: |count| {
            each(count, |at, older, newer| {
                older.paragraph(if at % 2 == 0 { PARAGRAPH } else { OTHER });
                newer.paragraph(if at % 2 == 0 { OTHER } else { PARAGRAPH });
            })
        },
    },
    Kind {
        name: "two paragraphs at random",
        count: 100_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |_, older, newer| {
                older.paragraph([PARAGRAPH, OTHER][noise.below(2)]);
                newer.paragraph([PARAGRAPH, OTHER][noise.below(2)]);
            })
        },
    },
    Kind {
        name: "near-twins: one text with one word another, in other order",
        count: 100_000,
        make: |count| {
            let text = sentence(&mut Noise::new(), 30);
            let twins: Vec<String> =
                (0..count).map(|at| format!("{text} {} end", word(6_000 + at))).collect();
            let mut newer: Vec<String> = twins.iter().map(|twin| format!("{twin} now")).collect();
            Noise::new().shuffle(&mut newer);
            both(&twins, &newer)
        },
    },
    Kind {
        name: "near-twins in place, the one word another in each text",
        count: 100_000,
        make: |count| {
            let text = sentence(&mut Noise::new(), 30);
            each(count, |at, older, newer| {
                older.paragraph(&format!("{text} {} end", word(6_000 + at)));
                newer.paragraph(&format!("{text} {} end", word(6_000 + count + at)));
            })
        },
    },
    Kind {
        name: "sixteen near-twins of each of many paragraphs, in other order",
        count: 100_000,
        make: |count| {
            let mut noise = Noise::new();
            let twins = |text: String| (0..16).map(move |at| format!("{text} {}", word(6_000 + at)));
            let older: Vec<String> =
                sentences(&mut noise, count / 16, 30).into_iter().flat_map(twins).collect();
            let mut newer: Vec<String> = older.iter().map(|twin| format!("{twin} now")).collect();
            noise.shuffle(&mut newer);
            both(&older, &newer)
        },
    },
    Kind {
        name: "a paragraph between all others, in the older text behind them",
        count: 50_000,
        make: |count| {
            let others = sentences(&mut Noise::new(), count, 20);
            let older: Vec<String> =
                others.iter().cloned().chain(std::iter::repeat_n(PARAGRAPH.to_owned(), count)).collect();
            let newer: Vec<String> =
                others.into_iter().flat_map(|other| [other, PARAGRAPH.to_owned()]).collect();
            both(&older, &newer)
        },
    },
];
