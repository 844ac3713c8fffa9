use std::{collections::BTreeMap, sync::OnceLock};

use filing_model::{Item, SectionDiff, Side, paragraphs};

use super::quotation::{folded, stands_in};
use crate::text::{BULLETS, normalise};

/// The texts of all Items that were compared, per side.
pub(super) struct Sources<'a>(BTreeMap<(Item, Side), Source<'a>>);

impl<'a> Sources<'a> {
    pub(super) fn new(sections: &'a [SectionDiff]) -> Self {
        let sides = [Side::Older, Side::Newer];
        let all = sections
            .iter()
            .flat_map(|section| sides.map(|side| ((section.item, side), Source::new(section, side))));
        Self(all.filter(|(_, source)| !source.paragraphs.is_empty()).collect())
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Source<'a>> {
        self.0.values()
    }

    pub(super) fn of(&self, item: Item, side: Side) -> Option<&Source<'a>> {
        self.0.get(&(item, side))
    }
}

/// One side of one Item: what stands in its unchanged runs and its changes.
pub(super) struct Source<'a> {
    paragraphs: Vec<Paragraph<'a>>,
    /// Consecutive paragraphs, joined by a blank.
    runs: Vec<String>,
    /// Passages of the changes by their id.
    passages: Vec<(&'a str, String)>,
    /// The runs without case and punctuation, made when first asked for.
    folded: OnceLock<Vec<String>>,
}

struct Paragraph<'a> {
    index: usize,
    text: &'a str,
    normal: String,
}

impl<'a> Source<'a> {
    fn new(section: &'a SectionDiff, side: Side) -> Self {
        let mut paragraphs = unchanged(section, side);
        let mut passages = Vec::new();
        for change in &section.changes {
            let Some(passage) = change.side(side) else { continue };
            passages.push((change.id.as_str(), normalise(&passage.text)));
            paragraphs.extend(numbered(passage.paragraph, self::paragraphs(&passage.text)));
        }
        paragraphs.sort_by_key(|paragraph| paragraph.index);
        let runs = runs(&paragraphs);
        Self { paragraphs, runs, passages, folded: OnceLock::new() }
    }

    /// Whether the words stand in one paragraph or across consecutive ones.
    pub(super) fn holds(&self, words: &str) -> bool {
        self.runs.iter().any(|run| stands_in(run, words))
    }

    /// Whether the same normalised words stand here, case and punctuation aside.
    pub(super) fn tells(&self, words: &str) -> bool {
        let folded_runs = self.folded.get_or_init(|| self.runs.iter().map(|run| folded(run)).collect());
        let words = folded(words);
        folded_runs.iter().any(|run| run.contains(&words))
    }

    /// The texts of this side, paragraph by paragraph.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().map(|paragraph| paragraph.text)
    }

    /// The change whose passage holds the words: the one that was named, if it does, else the first.
    pub(super) fn change_with(&self, words: &str, named: Option<&str>) -> Option<&'a str> {
        let holding = |(_, text): &&(&str, String)| stands_in(text, words);
        let by_name = self.passages.iter().filter(|(id, _)| Some(*id) == named).find(holding);
        by_name.or_else(|| self.passages.iter().find(holding)).map(|(id, _)| *id)
    }

    /// Whether the words are all of a paragraph, or of a change's passage; a bullet and a full stop may be left away.
    pub(super) fn is_whole_paragraph(&self, words: &str) -> bool {
        let whole = |text: &str| bare(text) == bare(words);
        self.paragraphs.iter().any(|paragraph| whole(&paragraph.normal))
            || self.passages.iter().any(|(_, text)| whole(text))
    }

    /// The first paragraph that holds the words, as it stands in the filing.
    pub(super) fn paragraph_with(&self, words: &str) -> Option<&'a str> {
        self.paragraphs
            .iter()
            .find(|paragraph| stands_in(&paragraph.normal, words))
            .map(|paragraph| paragraph.text)
    }
}

fn bare(text: &str) -> &str {
    text.trim_start_matches(BULLETS).trim_end_matches(['.', ';', ':', ','])
}

/// Paragraphs of the unchanged runs, in the wording of this side.
fn unchanged(section: &SectionDiff, side: Side) -> Vec<Paragraph<'_>> {
    let mut paragraphs = Vec::new();
    for run in &section.unchanged {
        let first = if side == Side::Older { run.older } else { run.newer };
        let older_wording = |index: usize| {
            run.cosmetic.iter().find(|(at, _)| side == Side::Older && *at == index).map(|(_, text)| text)
        };
        let texts =
            run.text.iter().enumerate().map(|(index, text)| older_wording(index).unwrap_or(text).as_str());
        paragraphs.extend(numbered(first, texts));
    }
    paragraphs
}

fn numbered<'a>(first: usize, texts: impl Iterator<Item = &'a str>) -> impl Iterator<Item = Paragraph<'a>> {
    texts.enumerate().map(move |(offset, text)| Paragraph {
        index: first + offset,
        text,
        normal: normalise(text),
    })
}

/// A gap between the numbers of two paragraphs parts the runs: what stands there is not known.
fn runs(paragraphs: &[Paragraph<'_>]) -> Vec<String> {
    paragraphs
        .chunk_by(|one, next| next.index <= one.index + 1)
        .map(|run| run.iter().map(|paragraph| paragraph.normal.as_str()).collect::<Vec<_>>().join(" "))
        .collect()
}
