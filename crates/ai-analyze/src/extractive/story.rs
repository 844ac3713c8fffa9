//! Changes that are told together: all of a new or gone sub-section, or one.

use filing_model::{Change, ChangeKind, Comparison, EditOp, HeadingState, Item, SectionDiff};

use crate::text::normalise;

/// What one statement is about.
pub(super) struct Story<'a> {
    pub(super) section: &'a SectionDiff,
    /// The heaviest first.
    pub(super) changes: Vec<&'a Change>,
    /// The heading of a sub-section that came or went as a whole.
    pub(super) sub_section: Option<&'a str>,
    /// Fiscal years of the older and the newer filing.
    pub(super) years: [Option<i16>; 2],
}

impl<'a> Story<'a> {
    pub(super) fn weight(&self) -> f64 {
        self.changes.first().map_or(0.0, |change| change.weight)
    }

    /// Whether the other filing has the same heading with another year.
    pub(super) fn rolls(&self) -> bool {
        let letters = |title: &str| title.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        let Some(title) = self.sub_section.filter(|title| title.contains(|c: char| c.is_ascii_digit()))
        else {
            return false;
        };
        let own = letters(title);
        let titles = self.section.headings.iter().flat_map(|it| it.older_title.iter().chain([&it.title]));
        titles.filter(|other| *other != title).any(|other| letters(other) == own)
    }

    /// The sub-heading it stands under or is.
    pub(super) fn place(&self) -> Option<&'a str> {
        self.sub_section.or_else(|| self.changes.first()?.heading.as_deref())
    }
}

/// All stories of a comparison, the heaviest first.
pub(super) fn stories(comparison: &Comparison) -> Vec<Story<'_>> {
    let years = [comparison.older.fiscal_year(), comparison.newer.fiscal_year()];
    let mut all: Vec<Story<'_>> =
        comparison.sections.iter().flat_map(|section| of_section(section, years)).collect();
    all.sort_by(|one, other| other.weight().total_cmp(&one.weight()));
    all
}

fn of_section(section: &SectionDiff, years: [Option<i16>; 2]) -> Vec<Story<'_>> {
    let mut stories: Vec<Story<'_>> = Vec::new();
    let mut changes: Vec<&Change> =
        section.changes.iter().filter(|change| is_worth_a_statement(section, change)).collect();
    changes.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    for change in changes {
        let sub_section = sub_section_title(section, change);
        let same = |story: &&mut Story<'_>| sub_section.is_some() && story.sub_section == sub_section;
        match stories.iter_mut().find(same) {
            Some(story) => story.changes.push(change),
            None => stories.push(Story { section, changes: vec![change], sub_section, years }),
        }
    }
    stories
}

/// Moves without edits, tables, the list of exhibits and words that another Item has already are counted, not stated.
fn is_worth_a_statement(section: &SectionDiff, change: &Change) -> bool {
    let sides = [&change.older, &change.newer];
    let is_table = || sides.into_iter().flatten().any(|passage| passage.text.contains(" | "));
    let is_edit =
        |(op, text): &(EditOp, String)| *op != EditOp::Equal && text.contains(char::is_alphanumeric);
    let is_edited = || match change.kind {
        ChangeKind::Added | ChangeKind::Removed => true,
        ChangeKind::Modified | ChangeKind::Moved => change.edits.iter().any(is_edit),
    };
    section.item != Item::I15 && change.elsewhere.is_none() && is_edited() && !is_table()
}

/// The new or gone sub-section that a change is part of: many changes, one statement.
pub(super) fn sub_section_title<'a>(section: &'a SectionDiff, change: &Change) -> Option<&'a str> {
    let state = match change.kind {
        ChangeKind::Added => HeadingState::Added,
        ChangeKind::Removed => HeadingState::Removed,
        ChangeKind::Modified | ChangeKind::Moved => return None,
    };
    let passage = change.newer.as_ref().or(change.older.as_ref())?;
    let is_its = |title: &str| {
        change.heading.as_deref() == Some(title)
            || passage.text.len() < title.len() + 20 && normalise(&passage.text) == normalise(title)
    };
    let heading = section.headings.iter().find(|heading| heading.state == state && is_its(&heading.title))?;
    Some(&heading.title)
}
