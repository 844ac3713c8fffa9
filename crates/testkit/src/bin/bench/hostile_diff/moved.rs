//! Paragraphs that are all edited, moved, split, merged, new or gone.

use std::ops::Range;

use filing_model::Item;

use super::{
    Kind,
    written::{both, each, edited, items, paragraphs, sentence, sentences, word},
};
use crate::noise::Noise;

/// Words of a paragraph.
const LENGTH: usize = 30;
/// Words of a short one.
const SENTENCE: usize = 10;

pub(super) const KINDS: [Kind; 12] = [
    Kind {
        name: "every paragraph edited slightly",
        count: 100_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |_, older, newer| {
                let text = sentence(&mut noise, LENGTH);
                older.paragraph(&text);
                newer.paragraph(&edited(&text, LENGTH, &mut noise));
            })
        },
    },
    Kind {
        name: "every paragraph edited heavily: every third word another",
        count: 100_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |_, older, newer| {
                let text = sentence(&mut noise, LENGTH);
                older.paragraph(&text);
                newer.paragraph(&edited(&text, 3, &mut noise));
            })
        },
    },
    Kind {
        name: "no paragraph in common, the same vocabulary",
        count: 100_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |_, older, newer| {
                older.paragraph(&sentence(&mut noise, LENGTH));
                newer.paragraph(&sentence(&mut noise, LENGTH));
            })
        },
    },
    Kind {
        name: "no word in common, every word once",
        count: 100_000,
        make: |count| {
            let text = |from: usize| (from..from + LENGTH).map(word).collect::<Vec<_>>().join(" ");
            each(count, |at, older, newer| {
                older.paragraph(&text(at * LENGTH));
                newer.paragraph(&text((count + at) * LENGTH));
            })
        },
    },
    Kind {
        name: "one side empty",
        count: 100_000,
        make: |count| both(&[], &sentences(&mut Noise::new(), count, LENGTH)),
    },
    Kind {
        name: "paragraphs in other order, at random",
        count: 100_000,
        make: |count| {
            let mut noise = Noise::new();
            let older = sentences(&mut noise, count, LENGTH);
            let mut newer = older.clone();
            noise.shuffle(&mut newer);
            both(&older, &newer)
        },
    },
    Kind {
        name: "paragraphs in other order and edited slightly",
        count: 100_000,
        make: |count| {
            let mut noise = Noise::new();
            let older = sentences(&mut noise, count, LENGTH);
            let mut newer: Vec<String> = older.iter().map(|text| edited(text, LENGTH, &mut noise)).collect();
            noise.shuffle(&mut newer);
            both(&older, &newer)
        },
    },
    Kind {
        name: "every paragraph split in two",
        count: 100_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |_, older, newer| {
                let [one, other] = [(); 2].map(|()| sentence(&mut noise, LENGTH));
                older.paragraph(&format!("{one}. {other}."));
                newer.paragraph(&format!("{one}."));
                newer.paragraph(&format!("{other}."));
            })
        },
    },
    Kind {
        name: "two paragraphs merged, each edited",
        count: 100_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |_, older, newer| {
                let [one, other] = [(); 2].map(|()| sentence(&mut noise, LENGTH));
                older.paragraph(&one);
                older.paragraph(&other);
                newer.paragraph(&edited(&format!("{one} {other}"), LENGTH, &mut noise));
            })
        },
    },
    Kind {
        name: "a paragraph, half of it set off sentence by sentence",
        count: 50_000,
        make: |count| {
            let text = |words: Range<usize>| words.map(word).collect::<Vec<_>>().join(" ") + ".";
            let start = text(0..count * SENTENCE);
            let rest: Vec<String> =
                (count..count * 2).map(|at| text(at * SENTENCE..(at + 1) * SENTENCE)).collect();
            let older = format!("{start} {}", rest.join(" "));
            let newer: Vec<String> = std::iter::once(start).chain(rest).collect();
            both(&[older], &newer)
        },
    },
    Kind {
        name: "a paragraph that repeats all others, and those edited",
        count: 200_000,
        make: |count| {
            let mut noise = Noise::new();
            let older = sentences(&mut noise, count, SENTENCE);
            let newer: Vec<String> = older.iter().map(|text| edited(text, SENTENCE, &mut noise)).collect();
            let all = newer.join(" ");
            both(&[&[all], older.as_slice()].concat(), &newer)
        },
    },
    Kind {
        name: "a text that stands in another Item",
        count: 100_000,
        make: |count| {
            let text = sentences(&mut Noise::new(), count, LENGTH);
            let sides = [[Item::I1, Item::I7], [Item::I7, Item::I1]];
            sides.map(|[full, short]| {
                let rest = paragraphs(&["We own two plants.".to_owned()]);
                items([(full, paragraphs(&text)), (short, rest)])
            })
        },
    },
];
