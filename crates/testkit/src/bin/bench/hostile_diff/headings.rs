//! Sub-headings: many, long, deep.

use super::{
    Kind,
    written::{each, edited, sentence},
};
use crate::noise::Noise;

const LENGTH: usize = 20;
/// Words of a heading about as long as the extraction takes for one.
const LONG_TITLE: usize = 60;

pub(super) const KINDS: [Kind; 5] = [
    Kind {
        name: "different sub-headings, the paragraph below each edited",
        count: 200_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |_, older, newer| {
                let (title, text) = (sentence(&mut noise, 6), sentence(&mut noise, LENGTH));
                older.heading(1, &title);
                older.paragraph(&text);
                newer.heading(1, &title);
                newer.paragraph(&edited(&text, LENGTH, &mut noise));
            })
        },
    },
    Kind {
        name: "sub-headings with other words over the same text",
        count: 200_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |_, older, newer| {
                let text = sentence(&mut noise, LENGTH);
                older.heading(1, &sentence(&mut noise, 6));
                older.paragraph(&text);
                newer.heading(1, &sentence(&mut noise, 6));
                newer.paragraph(&text);
            })
        },
    },
    Kind {
        name: "sub-headings of six levels in turn, every tenth paragraph edited",
        count: 200_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |at, older, newer| {
                let (title, text) = (sentence(&mut noise, 6), sentence(&mut noise, LENGTH));
                let level = [1, 2, 3, 4, 5, 6][at % 6];
                older.heading(level, &title);
                older.paragraph(&text);
                newer.heading(level, &title);
                newer.paragraph(&if at % 10 == 0 { edited(&text, LENGTH, &mut noise) } else { text });
            })
        },
    },
    Kind {
        name: "sub-headings alone, none in common",
        count: 200_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |_, older, newer| {
                older.heading(1, &sentence(&mut noise, 8));
                newer.heading(1, &sentence(&mut noise, 8));
            })
        },
    },
    Kind {
        name: "one long sub-heading over edited paragraphs",
        count: 100_000,
        make: |count| {
            let mut noise = Noise::new();
            let title = sentence(&mut noise, LONG_TITLE);
            each(count, |at, older, newer| {
                if at == 0 {
                    older.heading(1, &title);
                    newer.heading(1, &title);
                }
                let text = sentence(&mut noise, 8);
                older.paragraph(&text);
                newer.paragraph(&edited(&text, 8, &mut noise));
            })
        },
    },
];
