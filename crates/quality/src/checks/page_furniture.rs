use filing_model::{QualityFinding, Side, Status};

use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, error, name},
    readings::short_lines,
};

/// A short line that comes back page after page: a running head or page numbers were taken for text.
///
/// The text itself is whole, so nothing is refunded; what is shown as changed may be page numbers.
pub(crate) struct PageFurniture;

/// Words of a page of a report, for a rough count of pages.
const PAGE_WORDS: usize = 450;

/// Lines for every ten pages. In 166 real filings the most is four: sub-headings such as "2013 compared with 2012", and the
/// dollar signs and years above tables of plain text.
const MOST_LINES: usize = 5;

/// In shorter texts a line comes back by chance.
const FEWEST_LINES: usize = 5;

impl Check for PageFurniture {
    fn name(&self) -> &'static str {
        "page_furniture"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        Evidence::SIDES.into_iter().filter_map(|side| self.side(evidence, side)).collect()
    }
}

impl PageFurniture {
    fn side(&self, evidence: &Dossier<'_>, side: Side) -> Option<QualityFinding> {
        let found =
            evidence.extraction(side).items.values().filter(|section| section.status == Status::Found);
        let pages = found.clone().map(|section| section.words).sum::<usize>() / PAGE_WORDS;
        let lines = short_lines(found.map(|section| section.text.as_str()));
        let (line, count) = lines.into_iter().max_by(|one, two| (one.1, &one.0).cmp(&(two.1, &two.0)))?;
        if count < FEWEST_LINES || 10 * count < MOST_LINES * pages {
            return None;
        }
        let what = if line.is_empty() { "A number alone on its line" } else { "The same short line" };
        let statement = format!(
            "{what} stands {count} times in the text of the {} filing: page numbers or running heads may be among it.",
            name(side)
        );
        let basis = format!("{count} lines on about {pages} pages; usual are fewer than four on ten");
        Some(error(self, Place::side(side), statement).based_on(basis))
    }
}

#[cfg(test)]
mod tests {
    use filing_model::Item;

    use super::*;
    use crate::invented::{Case, story, texts};

    #[test]
    fn a_line_on_every_page_is_an_error_without_refund() {
        let mut case = Case::usual();
        case.newer.items.clear();
        let pages = |edge: fn(usize) -> String| {
            let page =
                |at: usize| format!("{}\n\n{}", story(&format!("pump{}", "s".repeat(at)), 450), edge(at));
            (1..40).map(page).collect::<Vec<_>>().join("\n\n")
        };
        case.set_text(Side::Newer, Item::I1, &pages(|at| format!("{}", at + 6)));
        insta::assert_snapshot!(texts(&PageFurniture, &case), @"error: A number alone on its line stands 39 times in the text of the newer filing: page numbers or running heads may be among it.");
        case.set_text(Side::Newer, Item::I1, &pages(|at| format!("Part {}", "I".repeat(at))));
        assert_eq!(texts(&PageFurniture, &case), "");
    }
}
