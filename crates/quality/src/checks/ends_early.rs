use filing_model::{Item, QualityFinding, Side};

use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, error, name, other},
};

/// Financial statements that end where those of the other year go on for pages.
///
/// They often stand behind the last Item, where no heading says that they are over, so text between Items does not tell.
pub(crate) struct EndsEarly;

/// Share of the other year's text that stands at its end in one piece and is not here. In 69 real pairs of Item 8 the most
/// is 0.14; of the other Items it is 0.53, since they are rewritten.
const MOST_SHARE: f64 = 0.20;

/// A share of a short text is a note or two.
const FEWEST_WORDS: f64 = 800.0;

/// What a run of words that stands here, too, takes from the piece.
const KEPT_RUN: f64 = -1.5;

impl Check for EndsEarly {
    fn name(&self) -> &'static str {
        "ends_early"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        Evidence::SIDES.into_iter().filter_map(|side| self.side(evidence, side)).collect()
    }
}

impl EndsEarly {
    #[expect(clippy::cast_precision_loss, reason = "words of an Item are far fewer than 2^52")]
    fn side(&self, evidence: &Dossier<'_>, side: Side) -> Option<QualityFinding> {
        evidence.both(side, Item::I8)?;
        let (here, there) = (evidence.wording(side), evidence.wording(other(side)));
        let runs = there.runs(Item::I8);
        let weights = runs.iter().rev().map(|run| if here.has(Item::I8, *run) { KEPT_RUN } else { 1.0 });
        let sums = weights.scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        let words = sums.fold(0.0, f64::max);
        if words < FEWEST_WORDS || words < MOST_SHARE * runs.len() as f64 || !evidence.are_neighbours() {
            return None;
        }
        let statement = format!(
            "Item 8 of the {} filing ends where that of the other year goes on for some {words:.0} words.",
            name(side)
        );
        let basis = format!(
            "{:.0} % of the other year's text; usual are fewer than 15 %",
            100.0 * words / runs.len() as f64
        );
        Some(error(self, Place::item(Item::I8).on(side), statement).based_on(basis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, story, texts};

    #[test]
    fn statements_that_break_off_are_an_error() {
        let mut case = Case::usual();
        case.set_text(Side::Older, Item::I8, &story("sums", 9_000));
        case.set_text(Side::Newer, Item::I8, &story("sums", 8_500));
        assert_eq!(texts(&EndsEarly, &case), "");
        case.set_text(Side::Newer, Item::I8, &story("sums", 5_000));
        insta::assert_snapshot!(texts(&EndsEarly, &case), @"error: Item 8 of the newer filing ends where that of the other year goes on for some 4000 words.");
    }
}
