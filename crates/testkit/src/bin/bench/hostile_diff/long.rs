//! Paragraphs and words that never end.

use super::{
    Kind,
    written::{Written, both, each, edited, sentence, sentences, word, words},
};
use crate::noise::Noise;

/// Twice as many are just compared word by word.
const COMPARED: usize = 18_000;

pub(super) const KINDS: [Kind; 11] = [
    Kind {
        name: "one paragraph, a word in the middle another",
        count: 4_000_000,
        make: |count| {
            let mut list = words(&mut Noise::new(), count);
            let older = list.join(" ");
            list[count / 2].push_str("ed");
            both(&[older], &[list.join(" ")])
        },
    },
    Kind {
        name: "one paragraph, every fifth word another",
        count: 4_000_000,
        make: |count| {
            let mut noise = Noise::new();
            let older = sentence(&mut noise, count);
            let newer = edited(&older, 5, &mut noise);
            both(&[older], &[newer])
        },
    },
    Kind {
        name: "one paragraph of ten words that repeat, one in the middle another",
        count: 10_000_000,
        make: |count| {
            let text = ["aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh", "ii", "kk"];
            let mut list: Vec<&str> = (0..count).map(|at| text[at % 10]).collect();
            let older = list.join(" ");
            list[count / 2] = "zz";
            both(&[older], &[list.join(" ")])
        },
    },
    Kind {
        name: "paragraphs of 18,000 words, the words in other order",
        count: 64,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |at, older, newer| {
                anchor(at, older, newer);
                let mut list = words(&mut noise, COMPARED);
                older.paragraph(&list.join(" "));
                noise.shuffle(&mut list);
                newer.paragraph(&list.join(" "));
            })
        },
    },
    Kind {
        name: "paragraphs of 18,000 words, two words at random",
        count: 64,
        make: |count| {
            let mut noise = Noise::new();
            let mut text =
                || (0..COMPARED).map(|_| ["pumps", "valves"][noise.below(2)]).collect::<Vec<_>>().join(" ");
            each(count, |at, older, newer| {
                anchor(at, older, newer);
                older.paragraph(&text());
                newer.paragraph(&text());
            })
        },
    },
    Kind {
        name: "paragraphs of 18,000 words, written anew",
        count: 64,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |at, older, newer| {
                anchor(at, older, newer);
                older.paragraph(&format!("We {}", sentence(&mut noise, COMPARED)));
                newer.paragraph(&format!("We {}", sentence(&mut noise, COMPARED)));
            })
        },
    },
    Kind {
        name: "twenty paragraphs written anew",
        count: 4_000_000,
        make: |count| {
            let mut noise = Noise::new();
            let [older, newer] = [(); 2].map(|()| sentences(&mut noise, 20, count / 20));
            both(&older, &newer)
        },
    },
    Kind {
        name: "paragraphs of 10,000 figures, all rolled",
        count: 256,
        make: |count| {
            let figures =
                |from: usize| (from..from + 10_000).map(|at| at.to_string()).collect::<Vec<_>>().join(" ");
            each(count, |at, older, newer| {
                anchor(at, older, newer);
                older.paragraph(&figures(at));
                newer.paragraph(&figures(at + 17));
            })
        },
    },
    Kind {
        name: "words of 10,000 letters, every tenth another",
        count: 2_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |at, older, newer| {
                let text = sentence(&mut noise, 1_600).replace(' ', "");
                older.paragraph(&format!("we {text} sell"));
                newer.paragraph(&format!("we {text}{} sell", if at % 10 == 0 { "ed" } else { "" }));
            })
        },
    },
    Kind {
        name: "one word",
        count: 20_000_000,
        make: |count| both(&["a".repeat(count)], &["a".repeat(count + 1)]),
    },
    Kind {
        name: "punctuation alone, one mark more",
        count: 10_000_000,
        make: |count| both(&[".".repeat(count)], &[".".repeat(count + 1)]),
    },
];

/// A paragraph that stays: what stands between two of them is held against each other.
fn anchor(at: usize, older: &mut Written, newer: &mut Written) {
    older.paragraph(&word(6_000 + at));
    newer.paragraph(&word(6_000 + at));
}
