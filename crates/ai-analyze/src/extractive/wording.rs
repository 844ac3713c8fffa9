use std::ops::Range;

use filing_model::{Change, ChangeKind, Item, Quote, Side};

use super::{
    amounts::{self, Moved},
    gist::{gist, gist_of, single_marks},
    passage::{edited, overlap, quotable},
    replaced::{self, Shown},
    story::Story,
    telling,
};
use crate::text::{normalise, plain_words, sentences};

/// The longest heading that a statement shows in full: of a sub-section that came or went, and of one that stayed.
const HEADING_WORDS: [usize; 2] = [18, 9];

/// A sentence of which so much is an edit counts as new, or gone.
const NEW_SHARE: f64 = 0.6;

/// A heading of so many words says a risk by itself.
const SENTENCE_WORDS: usize = 6;

/// A passage whose best sentence has fewer points says nothing alone: a lead-in, a pointer.
const LEAST_POINTS: f64 = -1.5;

/// Points from which a second sentence of a sub-section is quoted, too.
const SECOND_POINTS: f64 = 1.5;

/// Words of a sentence that another one took the place of, as a statement shows them.
const FORMER_WORDS: usize = 16;

/// What a story says, and what bears it out.
pub(super) struct Told {
    /// The most telling first; all rest on the same quotations.
    pub(super) statements: Vec<String>,
    /// What bears the statement out before what is told beside it.
    pub(super) quotes: Vec<Quote>,
    /// The sentence that the statement is about.
    pub(super) main: String,
    /// See [`telling::points`].
    pub(super) points: f64,
    pub(super) is_event: bool,
}

/// What changed, in the words of the filings; `None` when rules cannot say it.
pub(super) fn tell(story: &Story<'_>) -> Option<Told> {
    let change = story.changes.first()?;
    match (story.sub_section, change.kind) {
        (Some(title), kind) => tell_sub_section(story, title, kind),
        (None, ChangeKind::Added) => tell_passage(story, change, Side::Newer),
        (None, ChangeKind::Removed) => tell_passage(story, change, Side::Older),
        (None, ChangeKind::Modified | ChangeKind::Moved) => tell_edits(story, change),
    }
}

/// A sentence and how much it tells.
struct Sentence<'a> {
    change: &'a Change,
    side: Side,
    at: Range<usize>,
    text: &'a str,
    points: f64,
}

impl Sentence<'_> {
    fn quote(&self) -> Option<Quote> {
        let text = quotable(&self.change.side(self.side)?.text, &self.at, &edited(self.change, self.side))?;
        Some(Quote { side: self.side, text, change_id: Some(self.change.id.clone()), verified: false })
    }
}

/// The sentences of one side of a change; earlier ones mostly say what it is about.
fn sentences_of<'a>(story: &Story<'_>, change: &'a Change, side: Side) -> Vec<Sentence<'a>> {
    let Some(passage) = change.side(side) else { return Vec::new() };
    let text = passage.text.as_str();
    let [older_year, newer_year] = story.years;
    let year = if side == Side::Newer { newer_year } else { older_year };
    let sentence = |(index, at): (usize, Range<usize>)| {
        let words = &text[at.clone()];
        let points = telling::points(words, year) + if index == 0 { 0.6 } else { 0.0 };
        Sentence { change, side, text: words, at, points }
    };
    sentences(text).into_iter().enumerate().map(sentence).collect()
}

/// The first of those that tell most.
fn best<'s, 'a>(all: impl IntoIterator<Item = &'s Sentence<'a>>) -> Option<&'s Sentence<'a>>
where
    'a: 's,
{
    all.into_iter().reduce(|best, next| if next.points > best.points { next } else { best })
}

fn tell_sub_section(story: &Story<'_>, title: &str, kind: ChangeKind) -> Option<Told> {
    let side = if kind == ChangeKind::Added { Side::Newer } else { Side::Older };
    let is_title =
        |sentence: &Sentence<'_>| sentence.text.trim_end_matches('.') == title.trim_end_matches('.');
    let mut all: Vec<Sentence<'_>> = story
        .changes
        .iter()
        .flat_map(|change| sentences_of(story, change, side))
        .filter(|it| !is_title(it))
        .collect();
    // In the order of the filing, so that of equals the first counts.
    all.sort_by_key(|it| (it.change.side(side).map_or(0, |passage| passage.paragraph), it.at.start));
    let first = best(&all)?;
    let shown = gist(first.text)?;
    let name = heading(title, HEADING_WORDS[0]);
    let item = story.section.item;
    let is_risk = item == Item::I1A && title.split_whitespace().count() >= SENTENCE_WORDS;
    let kind = if is_risk { "risk factor" } else { "sub-section" };
    let statement = match (side, story.rolls()) {
        (Side::Newer, true) => format!("Item {item}, {name}: {shown}."),
        (Side::Newer, false) => format!("Item {item}, new {kind} {name}: {shown}."),
        // It left with its year.
        (Side::Older, true) => return None,
        (Side::Older, false) => format!("Item {item}, {kind} {name} is gone; it said {shown}."),
    };
    let mut quotes = vec![first.quote()?];
    let others = all.iter().filter(|it| it.points >= SECOND_POINTS && it.text != first.text);
    quotes.extend(best(others).and_then(Sentence::quote));
    Some(Told {
        statements: vec![statement],
        quotes,
        points: first.points,
        is_event: telling::is_event(first.text),
        main: first.text.to_owned(),
    })
}

fn tell_passage(story: &Story<'_>, change: &Change, side: Side) -> Option<Told> {
    let all = sentences_of(story, change, side);
    let first = best(&all)?;
    if first.points < LEAST_POINTS {
        return None;
    }
    let shown = gist(first.text)?;
    let place = clause(story);
    let verb = if side == Side::Newer { "now says" } else { "no longer says" };
    Some(Told {
        statements: vec![format!("{place} {verb}: {shown}.")],
        quotes: vec![first.quote()?],
        points: first.points,
        is_event: telling::is_event(first.text),
        main: first.text.to_owned(),
    })
}

/// One side of an edited passage.
struct Edited<'a> {
    sentences: Vec<Sentence<'a>>,
    /// Where it was edited, in bytes.
    ranges: Vec<Range<usize>>,
}

/// An edited passage: an amount that moved, a short edit, or a new or gone sentence; what tells most.
fn tell_edits(story: &Story<'_>, change: &Change) -> Option<Told> {
    let sides = [Side::Older, Side::Newer]
        .map(|side| Edited { sentences: sentences_of(story, change, side), ranges: edited(change, side) });
    let amount = amounts::moved(change).and_then(|moved| tell_amount(story, &sides, &moved));
    if change.figures_only {
        return amount;
    }
    let told = [amount, tell_sentence(story, &sides), tell_replacement(story, change, &sides)];
    told.into_iter().flatten().reduce(|best, next| if next.points > best.points { next } else { best })
}

fn tell_amount(story: &Story<'_>, [older, newer]: &[Edited<'_>; 2], moved: &Moved) -> Option<Told> {
    let with = |side: &Edited<'_>, amount: &str| {
        let digits = amount.trim_start_matches(|c: char| !c.is_ascii_digit());
        side.sentences.iter().position(|it| {
            let text = normalise(it.text);
            text.contains(&moved.name) && text.contains(digits)
        })
    };
    let [from, to] = &moved.amounts;
    let former = &older.sentences[with(older, from)?];
    let sentence = &newer.sentences[with(newer, to)?];
    let place = place(story);
    Some(Told {
        statements: [&moved.wording, &moved.plain].map(|wording| format!("{place}: {wording}.")).to_vec(),
        quotes: [former, sentence].into_iter().filter_map(Sentence::quote).collect(),
        points: 1.2 + 2.0 * moved.size,
        is_event: true,
        main: sentence.text.to_owned(),
    })
}

/// A sentence that is all but new, or all but gone.
fn tell_sentence(story: &Story<'_>, sides: &[Edited<'_>; 2]) -> Option<Told> {
    let [gone, new] =
        sides.each_ref().map(|side| best(side.sentences.iter().filter(|it| is_mostly(it, &side.ranges))));
    let place = clause(story);
    let mut statements = Vec::new();
    let main = match (gone, new) {
        (_, Some(new)) => {
            let shown = gist(new.text)?;
            let former = gone.filter(|gone| overlaps(gone.text, new.text));
            if let Some(former) = former.and_then(|gone| gist_of(gone.text, FORMER_WORDS)) {
                statements.push(format!("{place} now says {shown}, where it said {former}."));
            }
            statements.push(format!("{place} now says: {shown}."));
            new
        }
        (Some(gone), None) => {
            statements.push(format!("{place} no longer says: {}.", gist(gone.text)?));
            gone
        }
        (None, None) => return None,
    };
    let former = gone.filter(|_| statements.len() > 1).and_then(Sentence::quote);
    let quotes = former.into_iter().chain(main.quote()).collect();
    Some(Told {
        statements,
        quotes,
        points: main.points,
        is_event: telling::is_event(main.text),
        main: main.text.to_owned(),
    })
}

/// A short edit, with the sentences around it from the sides that have it.
fn tell_replacement(story: &Story<'_>, change: &Change, [older, newer]: &[Edited<'_>; 2]) -> Option<Told> {
    let Shown { gone, new, points } = replaced::most_telling(change)?;
    let former = gone.as_deref().map(|words| with_words(older, words));
    let latter = new.as_deref().map(|words| with_words(newer, words));
    // An edit across the end of a sentence cannot be shown within one.
    if former.is_some_and(|found| found.is_none()) || latter.is_some_and(|found| found.is_none()) {
        return None;
    }
    let (former, latter) = (former.flatten(), latter.flatten());
    let main = latter.or(former)?;
    let points = if telling::is_pointer(main.text) { points - 3.0 } else { points };
    let statement = match (gone, new) {
        (Some(gone), Some(new)) => format!("{}: “{gone}” became “{new}”.", place(story)),
        (None, Some(new)) => format!("{} now reads “{new}”.", clause(story)),
        (Some(gone), None) => format!("{} no longer reads “{gone}”.", clause(story)),
        (None, None) => return None,
    };
    Some(Told {
        statements: vec![statement],
        quotes: [former, latter].into_iter().flatten().filter_map(Sentence::quote).collect(),
        main: main.text.to_owned(),
        points,
        is_event: points > 3.0,
    })
}

/// The edited sentence that holds these words.
fn with_words<'s, 'a>(side: &'s Edited<'a>, words: &str) -> Option<&'s Sentence<'a>> {
    let words = bare(words);
    let edited = side.sentences.iter().filter(|it| edits_in(it, &side.ranges) > 0);
    edited.into_iter().find(|it| bare(it.text).contains(&words))
}

fn bare(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn edits_in(sentence: &Sentence<'_>, ranges: &[Range<usize>]) -> usize {
    let text = |at: Range<usize>| &sentence.text[at.start - sentence.at.start..at.end - sentence.at.start];
    ranges
        .iter()
        .map(|edit| overlap(&sentence.at, edit))
        .filter(|at| !at.is_empty())
        .map(|at| plain_words(text(at)))
        .sum()
}

fn is_mostly(sentence: &Sentence<'_>, ranges: &[Range<usize>]) -> bool {
    let share = |part: usize, all: usize| {
        f64::from(u32::try_from(part).unwrap_or(u32::MAX)) / f64::from(u32::try_from(all).unwrap_or(u32::MAX))
    };
    let words = plain_words(sentence.text);
    words > 7 && share(edits_in(sentence, ranges), words) >= NEW_SHARE
}

/// Whether two sentences speak of the same: a third of the longer words of one stand in the other.
fn overlaps(one: &str, other: &str) -> bool {
    let long = |text: &str| -> Vec<String> {
        bare(text).split(' ').filter(|word| word.len() > 5).map(str::to_lowercase).collect()
    };
    let (one, other) = (long(one), long(other));
    let shared = one.iter().filter(|word| other.contains(word)).count();
    shared >= 2 && 3 * shared >= one.len().min(other.len())
}

/// `Item 7, “Liquidity”`.
fn place(story: &Story<'_>) -> String {
    let item = story.section.item;
    match story.place() {
        Some(title) => format!("Item {item}, {}", heading(title, HEADING_WORDS[1])),
        None => format!("Item {item}"),
    }
}

/// The same before a verb.
fn clause(story: &Story<'_>) -> String {
    let comma = if story.place().is_some() { "," } else { "" };
    format!("{}{comma}", place(story))
}

/// A heading in quotation marks, on one line, cut when it is long.
pub(super) fn heading(title: &str, most_words: usize) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    let cut = if words.len() > most_words + 2 { " …" } else { "" };
    let kept = if cut.is_empty() { words.len() } else { most_words };
    let text = single_marks(&words[..kept].join(" "));
    format!("“{}{cut}”", text.trim_end_matches(['.', ':', ',']))
}
