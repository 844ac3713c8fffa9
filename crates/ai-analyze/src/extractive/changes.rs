use filing_model::{Comparison, Finding, Item, Materiality};

use super::{
    category,
    choice::Candidate,
    story::{self, Story},
    telling,
    wording::{self, Told},
};

/// Stories that are read for a report, the heaviest: more than it has room for, since some say nothing.
const MOST_STORIES: usize = 60;

/// The weight of the heaviest change of most reports.
const GREAT_WEIGHT: f64 = 7.0;

/// Scores from which a statement is worth reading first, and worth reading.
const HIGH_SCORE: f64 = 1.0;
const MEDIUM_SCORE: f64 = 0.4;

/// What is left of the score of text on accounting standards.
const STANDARDS: f64 = 0.05;

/// What is left of the score of what is gone: mostly the news of the year before.
const GONE: f64 = 0.6;

/// Statements on the changes, each in several wordings, not checked yet.
pub(super) fn candidates(comparison: &Comparison) -> Vec<Candidate<'_>> {
    let stories = story::stories(comparison);
    stories.iter().take(MOST_STORIES).filter_map(candidate).collect()
}

fn candidate<'a>(story: &Story<'a>) -> Option<Candidate<'a>> {
    let Told { statements, quotes, main, points, is_event } = wording::tell(story)?;
    let item = story.section.item;
    let is_standard = telling::is_on_standards(&main) || story.place().is_some_and(telling::is_on_standards);
    let share = if is_standard { STANDARDS } else { 1.0 };
    let is_gone = statements.last()?.contains(" no longer ") || statements.last()?.contains(" is gone;");
    let share = share * if is_gone { GONE } else { 1.0 } * usual_share(item);
    let score = story.weight() / GREAT_WEIGHT * telling::factor(points) * share;
    let materiality = if score >= HIGH_SCORE && is_event {
        Materiality::High
    } else if score >= MEDIUM_SCORE {
        Materiality::Medium
    } else {
        Materiality::Low
    };
    let category = category::of(item, &[story.place().unwrap_or_default(), &main].join(" "));
    let change_ids = story.changes.iter().map(|change| change.id.as_str()).collect();
    let findings = statements.into_iter().map(|statement| Finding {
        item,
        category,
        materiality,
        statement,
        quotes: quotes.clone(),
    });
    Some(Candidate {
        findings: findings.collect(),
        score,
        place: story.place(),
        change_ids,
        main,
        may_repeat: false,
    })
}

/// Part III names people and points to the proxy statement, and lists of officers and of holders change each year.
fn usual_share(item: Item) -> f64 {
    match item {
        Item::I10 | Item::I11 | Item::I12 | Item::I13 | Item::I14 => 0.4,
        Item::I5 => 0.7,
        _ => 1.0,
    }
}
