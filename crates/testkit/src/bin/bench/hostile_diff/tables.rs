//! Tables: long, wide, with labels that repeat.

use super::{
    Kind,
    written::{Pair, both, each, sentence, word},
};
use crate::noise::Noise;

pub(super) const KINDS: [Kind; 8] = [
    Kind {
        name: "a table, every figure rolled",
        count: 500_000,
        make: |count| {
            table([
                (0..count).map(|at| row(&word(at), at)).collect(),
                (0..count).map(|at| row(&word(at), at + 7)).collect(),
            ])
        },
    },
    Kind {
        name: "a table, every tenth row gone, the others rolled",
        count: 500_000,
        make: |count| {
            table([
                (0..count).map(|at| row(&word(at), at)).collect(),
                (0..count).filter(|at| at % 10 > 0).map(|at| row(&word(at), at + 7)).collect(),
            ])
        },
    },
    Kind {
        name: "a table, its rows in other order at random",
        count: 500_000,
        make: |count| {
            let older: Vec<String> = (0..count).map(|at| row(&word(at), at)).collect();
            let mut newer = older.clone();
            Noise::new().shuffle(&mut newer);
            table([older, newer])
        },
    },
    Kind {
        name: "a table, all rows of one label, a tenth fewer, rolled",
        count: 500_000,
        make: |count| {
            table([
                (0..count).map(|at| row("Total", at)).collect(),
                (0..count).filter(|at| at % 10 > 0).map(|at| row("Total", at + count)).collect(),
            ])
        },
    },
    Kind {
        name: "a table, rows of two labels at random, rolled",
        count: 500_000,
        make: |count| {
            let mut noise = Noise::new();
            let mut rows = |by| (0..count).map(|at| row(["Net", "Gross"][noise.below(2)], at + by)).collect();
            table([rows(0), rows(count)])
        },
    },
    Kind {
        name: "a table, two rows at random",
        count: 500_000,
        make: |count| {
            let mut noise = Noise::new();
            let mut rows = || (0..count).map(|_| row(["Net", "Gross"][noise.below(2)], 1)).collect();
            table([rows(), rows()])
        },
    },
    Kind {
        name: "a table of two rows, cells of two words at random, one more",
        count: 500_000,
        make: |count| {
            let mut noise = Noise::new();
            let mut cells =
                |count| (0..count).map(|_| ["yes", "no"][noise.below(2)]).collect::<Vec<_>>().join(" | ");
            table([count, count + 1].map(|count| vec!["Year | 1".to_owned(), cells(count)]))
        },
    },
    Kind {
        name: "tables of ten rows, rolled",
        count: 50_000,
        make: |count| {
            let mut noise = Noise::new();
            each(count, |at, older, newer| {
                let labels: Vec<String> = (0..10).map(|_| sentence(&mut noise, 2)).collect();
                let rows =
                    |by: usize| labels.iter().map(|label| row(label, at + by)).collect::<Vec<_>>().join("\n");
                older.paragraph(&rows(0));
                newer.paragraph(&rows(count));
            })
        },
    },
];

fn row(label: &str, figure: usize) -> String {
    format!("{label} | {figure} | {}", figure / 3)
}

fn table(sides: [Vec<String>; 2]) -> Pair {
    let [older, newer] = sides.map(|rows| {
        [rows.join(
            "
",
        )]
    });
    both(&older, &newer)
}
