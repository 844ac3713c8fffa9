//! How many lies of each kind were made and what became of them.

use std::collections::BTreeMap;

use super::{
    claims::Claim,
    quotations::{self, Make},
    random::Random,
    sayings, truths,
    world::World,
};

/// Lies of one kind.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) kind: String,
    pub(crate) made: usize,
    pub(crate) caught: usize,
    /// Meant as lies, true all the same.
    pub(crate) true_after_all: usize,
    pub(crate) missed: Vec<String>,
    /// Why they were caught, and how often.
    pub(crate) reasons: BTreeMap<String, usize>,
}

/// So many tries of each kind; not every claim can be twisted in every way.
pub(crate) fn lies(world: &World<'_>, each: usize, random: &mut Random) -> Vec<Row> {
    let mut kinds: Vec<(&str, Make)> = quotations::KINDS.into();
    kinds.push(quotations::UNCHANGED);
    kinds.extend(sayings::KINDS);
    kinds.push(sayings::NEGATION);
    kinds.into_iter().map(|(kind, make)| row(kind, make, world, each, random)).collect()
}

pub(crate) fn undecided(world: &World<'_>, each: usize, random: &mut Random) -> Vec<Row> {
    sayings::UNDECIDED.into_iter().map(|(kind, make)| row(kind, make, world, each, random)).collect()
}

fn row(kind: &str, make: Make, world: &World<'_>, each: usize, random: &mut Random) -> Row {
    let mut row = Row { kind: kind.to_owned(), ..Row::default() };
    let mut tries = 0;
    while row.made < each && tries < 60 * each {
        tries += 1;
        let Some(claim) = random.one_of(&world.claims) else { break };
        let Some(lie) = make(claim, world, random) else { continue };
        row.made += 1;
        if let Err(reason) = world.check(claim, &lie.finding) {
            row.caught += 1;
            *row.reasons.entry(reason).or_default() += 1;
        } else if lie.is_true(claim) {
            row.true_after_all += 1;
        } else {
            row.missed.push(format!("{}: {:?}", lie.finding.statement, lie.finding.quotes));
        }
    }
    row
}

/// True statements by their form, and those that were dropped.
#[derive(Debug, Default)]
pub(crate) struct Truths(BTreeMap<&'static str, (usize, Vec<String>)>);

impl Truths {
    pub(crate) fn tell(&mut self, claim: &Claim<'_>, world: &World<'_>, random: &mut Random) {
        for (kind, finding) in truths::truths(claim, random) {
            let (made, dropped) = self.0.entry(kind).or_default();
            *made += 1;
            if let Err(reason) = world.check(claim, &finding) {
                dropped.push(format!("{reason}: {} {:?}", finding.statement, finding.quotes));
            }
        }
    }

    pub(crate) fn made(&self) -> usize {
        self.0.values().map(|(made, _)| made).sum()
    }

    pub(crate) fn dropped(&self) -> Vec<&String> {
        self.0.values().flat_map(|(_, dropped)| dropped).collect()
    }

    pub(crate) fn shown(&self) -> String {
        let line = |kind: &str, made: usize, dropped: usize| format!("{kind:<36} {made:>6} {dropped:>8}");
        let mut lines = vec![format!("{:<36} {:>6} {:>8}", "true statement", "made", "dropped")];
        lines.extend(self.0.iter().map(|(kind, (made, dropped))| line(kind, *made, dropped.len())));
        lines.push(line("all", self.made(), self.dropped().len()));
        lines.join("\n")
    }
}

pub(crate) fn shown(rows: &[Row]) -> String {
    let mut lines = vec![format!(
        "{:<46} {:>5} {:>7} {:>15} {:>7}",
        "kind", "made", "caught", "true after all", "missed"
    )];
    let line = |kind: &str, numbers: [usize; 4]| {
        format!("{kind:<46} {:>5} {:>7} {:>15} {:>7}", numbers[0], numbers[1], numbers[2], numbers[3])
    };
    let numbers = |row: &Row| [row.made, row.caught, row.true_after_all, row.missed.len()];
    lines.extend(rows.iter().map(|row| line(&row.kind, numbers(row))));
    let sum = rows.iter().map(numbers).fold([0; 4], |sum, row| [0, 1, 2, 3].map(|at| sum[at] + row[at]));
    lines.push(line("all", sum));
    lines.join("\n")
}
